using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>
/// A week on a phone that is not always connected: capturing costs two taps beside the sentence, nothing that was written is lost or sent twice or
/// by somebody else, a colleague confirms it from the notice, and a correction asks anew.
/// </summary>
public sealed class WeekJourneyTests(Site site)
{
    private static readonly BrowserNewContextOptions Phone = new(Pages.Window(Pages.Phone)) { HasTouch = true, IsMobile = true };

    [Fact]
    public async Task A_sentence_costs_two_taps_comes_back_as_a_colleagues_word_and_is_corrected()
    {
        var (owner, colleague) = await Colleagues("Nadezhda");
        await using var visit = await site.VisitAs(owner, "/help", Phone);
        var page = visit.Page;
        var taps = 0;

        await Tap(page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Record", Exact = true })); // under the thumb, on every page
        await Assertions.Expect(page.GetByLabel("What happened?")).ToBeFocusedAsync(); // the sentence needs no tap
        await page.Keyboard.TypeAsync("Nadezhda showed me accounting techniques for half an hour");
        await Assertions.Expect(page.GetByLabel("Nadezhda")).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByLabel("accounting").First).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("#form-minutes")).ToHaveValueAsync("30");
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save" });
        await Assertions.Expect(save).ToBeInViewportAsync(new() { Ratio = 1 });
        (await page.EvaluateAsync<int>("() => scrollY")).ShouldBe(0);
        await visit.Picture("week-capture", whole: false);
        await Tap(save);
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Recorded");
        taps.ShouldBe(2);

        await site.Host.CaughtUp();
        await using var other = await site.VisitAs(colleague, "/notices", Phone);
        await Assertions.Expect(other.Page.GetByText("accounting techniques for half an hour")).ToBeVisibleAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).First.TapAsync();
        await Assertions.Expect(other.Page.Locator("main [role=status]")).ToContainTextAsync("Your confirmation is recorded");

        await page.GetByRole(AriaRole.Link, new() { Name = "accounting techniques" }).First.TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Somebody who was there confirmed it");
        await page.GetByRole(AriaRole.Link, new() { Name = "Complete or correct" }).TapAsync();
        await page.Locator("#form-minutes").FillAsync("45");
        await page.GetByLabel("Why").FillAsync("It took longer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).TapAsync();
        var main = page.GetByRole(AriaRole.Main);
        await Assertions.Expect(main).ToContainTextAsync("It took longer");
        await Assertions.Expect(main).ToContainTextAsync("30 min"); // what was confirmed stays in sight
        await Assertions.Expect(main).Not.ToContainTextAsync("Somebody who was there confirmed it");
        await other.Page.GotoAsync("/notices");
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" })).ToHaveCountAsync(1); // asked anew
        visit.Complaints.ShouldBeEmpty();

        async Task Tap(ILocator what)
        {
            taps++;
            await what.TapAsync();
        }
    }

    [Fact]
    public async Task What_was_written_while_the_sign_in_ran_out_waits_for_its_writer_and_for_nobody_else()
    {
        var (owner, colleague) = await Colleagues("Nadia");
        await using var visit = await site.VisitAs(owner, "/learning/new", Phone);
        var page = visit.Page;
        await page.GetByLabel("What happened?").FillAsync("Learnt to read the plan of the new hall");
        await page.Context.ClearCookiesAsync(); // it ran out while the sentence was written
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are no longer signed in");

        await site.SignIn(page.Context, colleague); // the next one at the same phone
        await page.GotoAsync("/learning");
        await Assertions.Expect(page.GetByText("You have recorded nothing yet")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-waiting]")).ToBeHiddenAsync();

        (await colleague.Client.Get("/learning/mine/figures")).Text("records").ShouldBe("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Account menu" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Account menu" })).ToHaveCountAsync(0);
        await site.SignIn(page.Context, owner);
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("[data-sent]")).ToBeVisibleAsync();
        (await visit.Barriers()).ShouldBeEmpty();
        await page.GotoAsync("/learning");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "plan of the new hall" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Two_sentences_and_a_photo_without_a_connection_arrive_once()
    {
        var (owner, _) = await Colleagues("Nadia");
        await using var visit = await site.VisitAs(owner, "/learning/new", Phone);
        var page = visit.Page;
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => null)");
        await page.ReloadAsync(); // the worker answers from now on
        await page.Context.SetOfflineAsync(true);
        // The form was open already: its photo waits as well.
        await page.GetByLabel("What happened?").FillAsync("Saw how the crane is hung");
        await page.Locator("summary", new() { HasText = "a photo" }).TapAsync();
        await page.Locator("#form-file").SetInputFilesAsync(new FilePayload { Name = "crane.png", MimeType = "image/png", Buffer = Picture });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).TapAsync();
        await Assertions.Expect(page.Locator("[data-waiting] li")).ToHaveCountAsync(1);
        await page.GotoAsync("/learning/new");
        await page.GetByLabel("What happened?").FillAsync("Helped to hang the crane");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep on this device" }).TapAsync();
        await Assertions.Expect(page.Locator("[data-waiting] li")).ToHaveCountAsync(2);

        await page.Context.SetOfflineAsync(false);
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("[data-sent]")).ToBeVisibleAsync();
        await page.GotoAsync("/learning");
        await Assertions.Expect(page.Locator("[data-waiting]")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "crane" })).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Saw how the crane is hung" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "crane.png" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_waits_for_ones_word_stands_apart_from_what_is_over()
    {
        await using var visit = await site.Open(Pages.Tasks, Phone);
        await Assertions.Expect(visit.Page.Locator(".card", new() { HasText = "Waiting for my word" }).GetByRole(AriaRole.Link, new() { Name = "Sort the tools of the hall" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_the_tabs_of_ones_learning_one_is_the_current_one()
    {
        await using var visit = await site.VisitAs(await site.Entrepreneur(), "/learning?show=unfinished", Phone);
        var current = visit.Page.GetByRole(AriaRole.Main).Locator(".tabs a[aria-current]");
        await Assertions.Expect(current).ToHaveCountAsync(1);
        await Assertions.Expect(current).ToContainTextAsync("To complete");
    }

    /// <summary>The smallest picture: a transparent point.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private async Task<(Account Owner, Account Colleague)> Colleagues(string name)
    {
        var owner = await site.Newcomer();
        var firm = await owner.Register("Week works", $"HRB {Guid.NewGuid():n}");
        var email = World.NewEmail();
        var id = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email, givenName: name))).ShouldBe(HttpStatusCode.Created).Id;
        return (owner, await site.Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{id}/invitation", null), email));
    }
}
