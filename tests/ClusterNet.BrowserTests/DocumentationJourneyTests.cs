using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Somebody applies by a standard, puts records to its criteria, sees what is missing, and submits.</summary>
public sealed class DocumentationJourneyTests(Site site)
{
    private const string Keys = @"\b(Kind|Problem|Lack|Doc)-?\w*|\s(your)\s";
    private const string Skill = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf";

    [Fact]
    public async Task A_candidate_applies_documents_and_submits_without_script()
    {
        var (owner, paula, witness) = (await site.Newcomer(), await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Documentation valley");
        await paula.Join(cluster, owner, "Paula & Co", Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture)[..12]);
        await witness.Join(cluster, owner, "Witness & Co", Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture)[..12]);
        var standard = (await owner.Client.Post($"/accreditation/clusters/{cluster}/standards", StoryHost.StandardBody("Selling well"))).ShouldBe(HttpStatusCode.Created).Id;
        (await owner.Client.Post($"/accreditation/standards/{standard}/publication", null)).ShouldBe(HttpStatusCode.OK);
        await Learnt(paula, "webinar", null);
        await Learnt(paula, "observation", witness);

        await using (var visit = await site.VisitAs(paula, "/accreditation", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "What could become a credential" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Selling well" })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Enough to apply");
            await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByText("Watched an expert")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Read and apply" }).ClickAsync();
            await page.GetByLabel("What do you have that could count?").FillAsync("I sell at three fairs a year.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Begin the application" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Your draft is open.")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("Criteria without any record: 2")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Submit" })).ToHaveCountAsync(0);
            await page.GetByLabel("N1: prepares").First.CheckAsync();
            await Save(page);
            await Assertions.Expect(page.GetByText("Criteria without any record: 1")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("1 more of this skill")).ToBeVisibleAsync();
            await page.GetByLabel("N2: leads").Nth(0).CheckAsync();
            await page.GetByLabel("N2: leads").Nth(1).CheckAsync();
            await Save(page);
            await Assertions.Expect(page.GetByText("Your evidence is enough")).ToBeVisibleAsync();
            await page.GetByLabel("N2: leads").Nth(0).UncheckAsync();
            await page.GetByLabel("N1: prepares").Nth(0).UncheckAsync();
            await Save(page);
            await Assertions.Expect(page.GetByText("What is still missing", new() { Exact = true })).ToBeVisibleAsync();
            await page.GetByLabel("N1: prepares").Nth(0).CheckAsync();
            await Save(page);
        }

        var id = (await paula.Client.Get("/accreditation/me/applications")).Items.ShouldHaveSingleItem()["id"];
        await using (var visit = await site.VisitAs(paula, $"/accreditation/applications/{id}/evidence", Pages.Desk)) (await visit.Faults("evidence put to criteria", Keys)).ShouldBeEmpty();
        await Guided(witness, cluster, owner);
        await using (var visit = await site.VisitAs(paula, $"/accreditation/applications/{id}/evidence", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByLabel("I declare that these records").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Your application is submitted.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Read the standard" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Selling well" })).ToBeVisibleAsync();
        }
    }

    /// <summary>Who lacks something is told what, and where to go for it.</summary>
    private async Task Guided(Account person, string cluster, Account owner)
    {
        (await person.Client.Post("/skills/levels/claims", new { skillUri = Skill, level = 3 })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        await Learnt(person, "webinar", null);
        (await owner.Client.Get($"/accreditation/clusters/{cluster}/standards")).Items.ShouldHaveSingleItem();
        await using var visit = await site.VisitAs(person, "/accreditation/guidance", Pages.Desk);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("You say that you have level 3 of 5");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "ask who was there" })).ToHaveAttributeAsync("href", new Regex("^/learning/records/"));
        (await visit.Faults("guidance", Keys)).ShouldBeEmpty();
    }

    private static Task Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save and check" }).ClickAsync();

    private static async Task Learnt(Account person, string kind, Account? witness)
    {
        var with = witness is null ? [] : new[] { witness.Person };
        var record = (await person.Client.Post("/learning/records", new { kind, what = "sold", minutes = 40, with, skillUris = new[] { Skill } })).ShouldBe(HttpStatusCode.Created).Id;
        if (witness is not null) (await witness.Client.Post($"/learning/records/{record}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
    }
}
