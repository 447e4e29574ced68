using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>From a firm's registration to a colleague who is found: what people do on the pages of firms, clusters and people.</summary>
public sealed class PeopleJourneyTests(Site site)
{
    private static int _numbers;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_firm_is_registered_admitted_and_staffed_and_its_person_fills_in_a_profile(bool script)
    {
        var (owner, window) = (await site.Newcomer(), new BrowserNewContextOptions { JavaScriptEnabled = script });
        await using var visit = await site.VisitAs(owner, "/firms/new", window);
        var page = visit.Page;
        var firm = await Register(page, $"Übermut & Söhne {Interlocked.Increment(ref _numbers)}");
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("The firm is registered");

        await page.GotoAsync($"/clusters/{site.Cluster}");
        await page.GetByLabel("Why do you want to join?").FillAsync("We want to learn together");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(page.GetByText("has applied and waits")).ToBeVisibleAsync();

        await Admit(firm, window);

        await page.GotoAsync($"/firms/{firm}/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a person" }).ClickAsync();
        await page.GetByLabel("Given name").FillAsync("Ada");
        await page.GetByLabel("Family name").FillAsync("Zylinder");
        await page.GetByLabel("Job title").FillAsync("Turner");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Employee" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a person" }).ClickAsync();
        // The browser itself asks for the address; with the attribute gone, the server does, and nothing typed is lost.
        await page.GetByLabel("E-mail address").FillAsync($"ada{Guid.NewGuid():n}@firm.example");
        await Assertions.Expect(page.GetByLabel("Family name")).ToHaveValueAsync("Zylinder");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a person" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("Ada Zylinder");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ada Zylinder", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ada Zylinder");
        await InviteToSignIn(page, firm);
        if (script) visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_edits_the_profile_and_only_whom_it_is_shown_to_reads_it()
    {
        var (owner, stranger) = (await site.Newcomer(), await site.Newcomer());
        await using var visit = await site.VisitAs(owner, "/account/profile");
        var page = visit.Page;
        await page.GetByLabel("Given name").FillAsync("Quirin");
        await page.GetByLabel("Family name").FillAsync("Quitte");
        await page.GetByLabel("What I can help with").FillAsync("Quarzschleifen\n<script>alert(1)</script>\nמחרטה");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Your profile is saved");
        await page.GetByRole(AriaRole.Link, new() { Name = "View my profile" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("<script>alert(1)</script>");
        (await visit.Barriers()).ShouldBeEmpty();
        var address = page.Url;

        await using var other = await site.VisitAs(stranger, address);
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        await page.GotoAsync("/account/profile");
        await page.GetByRole(AriaRole.Radio, new() { Name = "The whole network" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save who sees it" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Everybody signed in");
        await other.Page.GotoAsync(address);
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Quarzschleifen");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_tabs_the_second_sees_what_changed_and_keeps_its_text()
    {
        var owner = await site.Newcomer();
        await using var first = await site.VisitAs(owner, "/account/profile");
        await using var second = await site.VisitAs(owner, "/account/profile");
        await Tell(first.Page, "From the first tab");
        await Assertions.Expect(first.Page.Locator("main [role=status]")).ToContainTextAsync("saved");
        await Tell(second.Page, "From the second tab");
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("From the first tab");
        await Assertions.Expect(second.Page.GetByLabel("About me")).ToHaveValueAsync("From the second tab");
        (await second.Barriers()).ShouldBeEmpty();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(second.Page.Locator("main [role=status]")).ToContainTextAsync("saved");
        await Assertions.Expect(second.Page.GetByLabel("About me")).ToHaveValueAsync("From the second tab");

        static async Task Tell(IPage page, string text)
        {
            await page.GetByLabel("Family name").FillAsync("Tabs");
            await page.GetByLabel("About me").FillAsync(text);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        }
    }

    [Fact]
    public async Task Two_managers_who_report_figures_at_once_hear_of_each_other_and_faults_keep_what_was_typed()
    {
        var owner = await site.Newcomer();
        await using var first = await site.VisitAs(owner, "/firms/new");
        var firm = await Register(first.Page, $"Figures {Interlocked.Increment(ref _numbers)}");
        await using var second = await site.VisitAs(owner, $"/firms/{firm}", new() { JavaScriptEnabled = false });
        await Report(first.Page, "12", "1.250.000");
        await Assertions.Expect(first.Page.Locator("main [role=status]")).ToContainTextAsync("saved");
        await Report(second.Page, "13", "12,5");
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A sum in euro");
        await Assertions.Expect(second.Page.GetByLabel("Head count")).ToHaveValueAsync("13");
        await Report(second.Page, "13", "1 300 000,50");
        var alert = second.Page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("1250000");
        await Assertions.Expect(alert).ToContainTextAsync("1300000.50");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(second.Page.GetByLabel("Head count")).ToHaveValueAsync("13");
        await Assertions.Expect(second.Page.Locator("main [role=status]")).ToContainTextAsync("saved");

        static async Task Report(IPage page, string persons, string euro)
        {
            await page.GetByLabel("Head count").FillAsync(persons);
            await page.GetByLabel("Turnover a year (euro)").FillAsync(euro);
            await page.GetByLabel("As of").FillAsync("2026-01-31");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        }
    }

    /// <summary>Without a mail server the page shows the link once; whoever opens it chooses a password and is in.</summary>
    private async Task InviteToSignIn(IPage page, string firm)
    {
        await page.GotoAsync($"/firms/{firm}/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite to sign in Ada Zylinder" }).ClickAsync();
        var link = await page.Locator("main [role=status] .code").InnerTextAsync();
        await using var guest = await site.Visit(new Uri(link).PathAndQuery);
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Ada Zylinder");
        (await guest.Barriers()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_hundred_characters_are_refused_with_the_text_kept()
    {
        var owner = await site.Newcomer();
        await using var visit = await site.VisitAs(owner, "/firms/new", new() { JavaScriptEnabled = false });
        var name = string.Concat(Enumerable.Repeat("👩🏽‍🔧 '; drop table x; -- <b>", 20));
        await visit.Page.GetByLabel("Name of the firm").FillAsync(name);
        await visit.Page.GetByLabel("Registration number").FillAsync("HRB 1");
        await visit.Page.GetByLabel("Place").FillAsync("Menden");
        await visit.Page.GetByLabel("Region (NUTS)").FillAsync("Sauerland");
        await visit.Page.GetByLabel("Sector (NACE)").FillAsync("25.62");
        await visit.Page.GetByLabel("Given name").FillAsync("Ida");
        await visit.Page.GetByLabel("Family name").FillAsync("Noll");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Register a firm" }).ClickAsync();
        var alert = visit.Page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("characters are possible; these are");
        await Assertions.Expect(alert).ToContainTextAsync("A NUTS code such as DEA58");
        await Assertions.Expect(visit.Page.GetByLabel("Name of the firm")).ToHaveValueAsync(name);
        (await visit.Overhang()).ShouldBe(0);
    }

    [Fact]
    public async Task A_colleague_confirms_what_somebody_learnt_with_one_tap()
    {
        var (writer, witness) = (await site.Entrepreneur(), await site.Entrepreneur());
        (await writer.Client.Post("/learning/records", new { kind = "webinar", what = "Read a drawing", with = (string[])[witness.Person] })).Status
            .ShouldBe(System.Net.HttpStatusCode.Created);
        await using var visit = await site.VisitAs(witness, "/learning/confirmations", new() { JavaScriptEnabled = false });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Read a drawing");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, it was so" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Nothing waits for you");
        await using var own = await site.VisitAs(writer, "/learning");
        await Assertions.Expect(own.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Confirmed");
        await own.Page.GetByRole(AriaRole.Link, new() { Name = "Read a drawing" }).ClickAsync();
        await own.Page.GetByRole(AriaRole.Radio, new() { Name = "Whole network" }).CheckAsync();
        await own.Page.GetByRole(AriaRole.Region, new() { Name = "Who sees this record" }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(own.Page.Locator("main [role=status]")).ToContainTextAsync("saved");
        (await own.Barriers()).ShouldBeEmpty();
    }

    private async Task Admit(string firm, BrowserNewContextOptions window)
    {
        await using var visit = await site.VisitAs(site.Coordinator, $"/clusters/{site.Cluster}", new() { JavaScriptEnabled = window.JavaScriptEnabled });
        await visit.Page.Locator($"a[href$='/applications/{firm}']").ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("We want to learn together");
        await visit.Page.GetByLabel("Reason of your decision").FillAsync("Welcome");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Admit" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main [role=status]")).ToContainTextAsync("The firm is admitted");
    }

    /// <summary>Fills in the form and sends it; the firm's id.</summary>
    private static async Task<string> Register(IPage page, string name)
    {
        await page.GetByLabel("Name of the firm").FillAsync(name);
        await page.GetByLabel("Registration number").FillAsync($"HRB {Guid.NewGuid().ToString("n")[..12]}");
        await page.GetByLabel("Place").FillAsync("Menden");
        await page.GetByLabel("Region (NUTS)").FillAsync("dea58");
        await page.GetByLabel("Sector (NACE)").FillAsync("25.62");
        if (await page.GetByLabel("Given name").CountAsync() > 0)
        {
            await page.GetByLabel("Given name").FillAsync("Otto");
            await page.GetByLabel("Family name").FillAsync("Owner");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Register a firm" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        return new Uri(page.Url).Segments[^1];
    }
}
