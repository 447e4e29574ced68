using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Who is told that a record names them answers there, and what is learnt again and again is kept as a template.</summary>
public sealed class NoticeJourneyTests(Site site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_is_confirmed_from_its_notice_by_one_tap(bool script)
    {
        var (owner, named) = await Pair();
        var record = (await owner.Client.Post(
            "/learning/records", new { kind = "peer-help-received", what = "Nadia showed me the lathe", learnt = "Slow feed", minutes = 20, with = new[] { named.Person }, visibility = "firm" }))
            .ShouldBe(HttpStatusCode.Created).Id;
        await site.Host.CaughtUp();
        await using var visit = await site.VisitAs(named, "/notices", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = script });
        await Assertions.Expect(visit.Page.GetByText("Nadia showed me the lathe Slow feed (20")).ToBeVisibleAsync();
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);

        // What was corrected after it was shown is not confirmed by the tap.
        (await owner.Client.Put($"/learning/records/{record}", new { kind = "peer-help-received", what = "Nadia showed me the mill", minutes = 20, with = new[] { named.Person }, reason = "It was the mill" }))
            .ShouldBe(HttpStatusCode.OK);
        await Tap();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        (await owner.Client.Get($"/learning/records/{record}")).Body.ShouldNotContain("\"kind\":\"confirmed\"");
        await visit.Page.GotoAsync("/notices");
        await Tap();

        await Assertions.Expect(visit.Page.Locator("main [role=status]")).ToContainTextAsync("Your confirmation is recorded");
        (await owner.Client.Get($"/learning/records/{record}")).Json["confirmedCount"]?.ToString().ShouldBe("1");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" })).ToHaveCountAsync(0);

        Task Tap() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).First.ClickAsync();
    }

    [Fact]
    public async Task What_is_learnt_again_and_again_is_kept_and_begun_from_without_typing()
    {
        var (owner, named) = await Pair();
        var record = (await owner.Client.Post(
            "/learning/records", new { kind = "observation", what = "Walked the line", minutes = 25, with = new[] { named.Person }, visibility = "firm" })).ShouldBe(HttpStatusCode.Created).Id;
        await using var visit = await site.VisitAs(owner, $"/learning/records/{record}", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false });
        await visit.Page.GetByLabel("Name of the template").FillAsync("Friday <round>");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Keep as a template" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Friday <round>" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("What happened?")).ToHaveValueAsync("Walked the line");
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main [role=status]")).ToBeVisibleAsync();
        (await owner.Client.Get("/learning/mine/figures")).Text("minutes").ShouldBe("50");
        await visit.Page.GotoAsync("/learning");
        await visit.Page.Locator("summary", new() { HasText = "Which records" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await visit.Page.WaitForURLAsync(url => url.Contains("kind=all", StringComparison.Ordinal));
        await Assertions.Expect(visit.Page.GetByText("Walked the line").First).ToBeVisibleAsync();

        await visit.Page.GotoAsync("/learning/new");
        await visit.Page.Locator("summary", new() { HasText = "Remove templates" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the template Friday <round>" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Friday <round>" })).ToHaveCountAsync(0);
    }

    private async Task<(Account Owner, Account Named)> Pair()
    {
        var owner = await site.Newcomer();
        var firm = await owner.Register("Notice works", $"HRB {Guid.NewGuid():n}");
        var email = World.NewEmail();
        var id = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email, givenName: "Nadia"))).ShouldBe(HttpStatusCode.Created).Id;
        return (owner, await site.Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{id}/invitation", null), email));
    }
}
