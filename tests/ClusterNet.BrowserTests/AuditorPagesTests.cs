using System.Globalization;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Coordinators give and end grants, auditors see theirs, people see who read what; without script, at both widths.</summary>
public sealed class AuditorPagesTests(Site site)
{
    [Fact]
    public async Task A_grant_is_given_and_ended_on_the_page_without_script()
    {
        var auditor = await site.Newcomer();
        await using var visit = await site.VisitAs(site.Coordinator, "/auditor-grants", new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await page.GetByLabel("The auditor’s e-mail address").FillAsync("nobody@nowhere.example");
        await page.GetByLabel("Purpose").FillAsync("<b>Yearly</b> audit");
        await page.GetByLabel("Only of these people").FillAsync("stranger@nowhere.example");
        await page.GetByLabel("Last day of the grant").FillAsync(Day(30));
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the grant" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nobody has an account with this address");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("stranger@nowhere.example");
        await Assertions.Expect(page.GetByLabel("Purpose")).ToHaveValueAsync("<b>Yearly</b> audit");
        await Assertions.Expect(page.GetByLabel("Last day of the grant")).ToHaveValueAsync(Day(30));

        await page.GetByLabel("The auditor’s e-mail address").FillAsync(auditor.Email);
        await page.GetByLabel("Only of these people").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the grant" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Every read from now on is recorded")).ToBeVisibleAsync();
        (await auditor.Client.Get($"/accreditation/clusters/{site.Cluster}/applications")).Status.ShouldBe(System.Net.HttpStatusCode.OK);

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "<b>Yearly</b> audit" });
        await row.GetByText("End this grant").First.ClickAsync();
        await row.GetByLabel("Reason").FillAsync("Finished early");
        await row.GetByRole(AriaRole.Button, new() { Name = "End this grant" }).ClickAsync();
        await Assertions.Expect(page.GetByText("opens nothing any more")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Finished early")).ToBeVisibleAsync();
        (await auditor.Client.Get($"/accreditation/clusters/{site.Cluster}/applications")).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_pages_of_grants_and_reads_fit_and_break_no_rule()
    {
        var (auditor, nobody) = (await site.Newcomer(), await site.Entrepreneur());
        await Granted(auditor, []);
        (await auditor.Client.Get($"/accreditation/clusters/{site.Cluster}/applications?limit=200")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        (await auditor.Client.Get($"/clusters/people/{nobody.Person}")).Status.ShouldNotBe(System.Net.HttpStatusCode.InternalServerError);
        foreach (var (reader, address, words) in new[]
        {
            (site.Coordinator, "/auditor-grants", "Give a grant"), (auditor, "/", "What you may read as an auditor"),
            (await site.Entrepreneur(), "/my-data/reads", "No auditor has read data of you"), (auditor, "/my-data/reads?before=nonsense_x_y", "No auditor has read"),
        })
        {
            await using var visit = await site.VisitAs(reader, address, Pages.Desk);
            await Assertions.Expect(visit.Page.GetByText(words).First).ToBeVisibleAsync();
            (await visit.Faults("audit " + address)).ShouldBeEmpty(address);
        }
    }

    [Theory]
    [InlineData("en", "Who read my data", "Chamber", "That you applied")]
    [InlineData("de", "Wer meine Daten eingesehen hat", "Chamber", "Dass Sie einen Antrag gestellt haben")]
    [InlineData("fr", "Qui a consulté mes données", "Chamber", "Que vous avez déposé")]
    public async Task People_see_in_their_language_who_read_what_and_why(string language, string title, string organisation, string what)
    {
        var (auditor, person) = (await site.Newcomer(), await site.Applicant());
        await Granted(auditor, [person.Person]);
        (await auditor.Client.Get($"/accreditation/clusters/{site.Cluster}/applications?purpose=sample")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var window = Pages.Window(Pages.Phone);
        window.Locale = language;
        await using var visit = await site.VisitAs(person, "/my-data", window);
        await visit.Page.Locator("a[href='/my-data/reads']").First.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        foreach (var words in new[] { organisation, what, "yearly audit", "sample" })
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Table)).ToContainTextAsync(words);
        (await visit.Overhang()).ShouldBe(0);
    }

    [Theory]
    [InlineData(Pages.Phone)]
    [InlineData(Pages.Screen)]
    public async Task An_auditor_reads_what_a_grant_opens_and_the_person_sees_that(int width)
    {
        var (auditor, person, other) = (await site.Newcomer(), await site.Applicant(), await site.Applicant());
        await Granted(auditor, [person.Person]);
        await using var visit = await site.VisitAs(auditor, "/", Pages.Window(width));
        var page = visit.Page;
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "What you audit" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What you audit");
        await Assertions.Expect(page.GetByText("yearly audit").First).ToBeVisibleAsync();
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);

        await page.Locator("a[href^='/audits/applications/']").ClickAsync();
        await Assertions.Expect(page.GetByText("That you read it has been recorded")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("application_opened").First).ToBeVisibleAsync();
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);
        visit.Complaints.ShouldBeEmpty();
        var address = page.Url;

        await using var concerned = await site.VisitAs(person, "/my-data/reads", Pages.Window(width));
        await Assertions.Expect(concerned.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("yearly audit");
        await using var uninvolved = await site.VisitAs(other, address, Pages.Desk);
        await Assertions.Expect(uninvolved.Page.GetByText("application_opened")).ToHaveCountAsync(0);
        await using var refused = await site.VisitAs(other, "/audits", Pages.Window(width));
        await Assertions.Expect(refused.Page.GetByText("yearly audit")).ToHaveCountAsync(0);
    }

    private async Task Granted(Account auditor, string[] persons)
    {
        var body = new
        {
            auditor = auditor.Person,
            cluster = site.Cluster,
            purpose = "yearly audit",
            organisation = "Chamber",
            expiresAt = DateTimeOffset.UtcNow.AddDays(9),
            persons = persons.Length == 0 ? null : persons,
        };
        (await site.Coordinator.Client.Post("/access/auditor-grants", body)).ShouldBe(System.Net.HttpStatusCode.Created);
    }

    private static string Day(int ahead) => DateTime.UtcNow.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
