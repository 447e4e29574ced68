using System.Globalization;
using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Auditors;

/// <summary>Every read by an auditor is recorded before it is answered, and told to whom it concerns.</summary>
public sealed class RecordedReadTests(StoryHost story) : IClassFixture<StoryHost>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Persons_see_who_read_what_about_them_and_why()
    {
        var (paula, wilma, august) = (await story.Entrepreneur(), await story.Entrepreneur(), await story.Newcomer());
        var id = await story.Submitted(paula, wilma);
        var grant = await story.Audits(august, new() { ["persons"] = new[] { paula.Person } });
        (await paula.Client.Get("/access/me/reads")).Items.ShouldBeEmpty();

        (await august.Client.Get($"/accreditation/clusters/{story.Cluster}/applications")).ShouldBe(HttpStatusCode.OK);
        (await august.Client.Get($"/accreditation/applications/{id}?asOfVersion=1&purpose=sample%20seven")).ShouldBe(HttpStatusCode.OK);
        (await august.Client.Get($"/accreditation/applications/{id}/events")).ShouldBe(HttpStatusCode.OK);

        var reads = await paula.Client.Get("/access/me/reads");
        reads.Items.Select(r => (Member(r, "kind"), Member(r, "what"), Member(r, "added"))).ShouldBe(
            [("events", "events", ""), ("application", "application as of version 1", "sample seven"), ("list", "list of applications", "")]);
        foreach (var read in reads.Items)
        {
            (Member(read, "reader"), Member(read, "readerName"), Member(read, "organisation"), Member(read, "purpose"), Member(read, "grant"))
                .ShouldBe((august.Person, "Person", "Chamber", "yearly audit", grant));
        }

        // Who was there and confirmed stands in the dossier, and learns of it as well; others learn nothing.
        (await wilma.Client.Get("/access/me/reads")).Items.Select(r => Member(r, "kind")).ShouldBe(["events", "application"]);
        (await story.Rosa.Client.Get("/access/me/reads")).Items.ShouldBeEmpty();
        using var anonymous = story.Host.Anonymous();
        (await anonymous.Get("/access/me/reads")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        await PageByPage(paula, reads);
    }

    private static async Task PageByPage(Account person, Answer whole)
    {
        var pages = new List<string>();
        for (var next = "/access/me/reads?limit=1"; next is not null;)
        {
            var page = (await person.Client.Get(next)).ShouldBe(HttpStatusCode.OK);
            pages.AddRange(page.Items.Select(i => i.ToJsonString()));
            next = page.Json["next"] is { } cursor ? $"/access/me/reads?limit=1&cursor={cursor}" : null;
        }

        pages.ShouldBe(whole.Items.Select(i => i.ToJsonString()));
    }

    [Fact]
    public async Task What_no_slice_records_is_recorded_by_its_address_and_own_affairs_are_not()
    {
        var (paula, august) = (await story.Entrepreneur(), await story.Newcomer());
        var grant = await story.Audits(august);
        var before = await Looks(august);
        foreach (var path in (string[])["/access/me", "/access/tokens", "/access/auditor-grants", "/access/me/reads", "/accreditation/me/applications", "/skills?q=weld"])
            (await august.Client.Get(path)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        (await paula.Client.Get("/clusters")).ShouldBe(HttpStatusCode.OK);
        (await Looks(august)).ShouldBe(before);

        (await august.Client.Get("/clusters")).ShouldBe(HttpStatusCode.OK);
        (await august.Client.Get($"/learning/records?person={paula.Person}")).ShouldBe(HttpStatusCode.OK);
        (await Looks(august)).ShouldBe([.. before, ("by address: ListClusters", "/api/v1/clusters", grant), ("by address: ListLearningRecords", "/api/v1/learning/records", grant)]);
    }

    [Theory]
    [InlineData("/accreditation/clusters/{0}/applications")]
    [InlineData("/clusters")]
    public async Task What_cannot_be_recorded_is_not_read(string path)
    {
        var august = await story.Newcomer();
        await story.Audits(august);
        var address = string.Format(CultureInfo.InvariantCulture, path, story.Cluster);
        (await august.Client.Get($"{address}?purpose={new string('x', 501)}")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "purpose-too-long");
        await Run("alter table access.auditor_looks rename to gone");
        try
        {
            var refused = (await august.Client.Get(address)).ShouldBeProblem(HttpStatusCode.InternalServerError, "internal-error");
            refused.Body.ShouldNotContain("Valley");
            (await story.Rosa.Client.Get(address)).ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await Run("alter table access.gone rename to auditor_looks");
        }
    }

    [Fact]
    public async Task Streams_of_the_grant_are_open_as_far_as_they_belong_to_it()
    {
        var (paula, wilma, august, other) = (await story.Entrepreneur(), await story.Entrepreneur(), await story.Newcomer(), await story.Newcomer());
        var record = await StoryHost.Record(paula, "event-or-fair", wilma);
        var unused = await StoryHost.Record(paula, "webinar");
        var id = await WithEvidence(paula, record);
        await story.Audits(august);
        await story.Audits(other, new() { ["persons"] = new[] { wilma.Person } });
        (await paula.Client.Put($"/learning/records/{record}", new { kind = "event-or-fair", what = "afterwards", minutes = 30, with = new[] { wilma.Person }, reason = "later" },
            ("If-Match", "\"2\""))).ShouldBe(HttpStatusCode.OK);
        await story.Host.Signed();

        var seen = (await august.Client.Get($"/audit/streams/{record}/events")).ShouldBe(HttpStatusCode.OK);
        seen.Body.ShouldContain("negotiated");
        seen.Items.Count.ShouldBe(2, "what came after the submission is no part of the dossier");
        var all = await paula.Client.Get($"/audit/streams/{record}/events");
        (await august.Client.Get($"/audit/events/{all.Items[^1]["id"]}")).ShouldBeProblem(HttpStatusCode.NotFound, "event-unknown");
        (await august.Client.Get($"/audit/streams/{story.Standard}/events")).Items.Count.ShouldBe(2);
        (await august.Client.Get($"/audit/streams/{story.Cluster}/events")).Items.ShouldHaveSingleItem();
        foreach (var (reader, stream) in new[] { (august, unused), (other, record), (story.Ahmed, record), (paula, story.Cluster) })
            (await reader.Client.Get($"/audit/streams/{stream}/events")).ShouldBeProblem(HttpStatusCode.NotFound, "stream-unknown");

        var kinds = (await paula.Client.Get("/access/me/reads")).Items.Select(r => (Member(r, "kind"), Member(r, "reader")));
        kinds.ShouldBe([("record", august.Person)], "a look that was refused is no read");
        id.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Rows_equal_what_the_events_say_also_after_the_auditor_is_erased()
    {
        var (paula, august) = (await story.Entrepreneur(), await story.Newcomer());
        var id = await story.Apply(paula);
        var grant = await story.Audits(august);
        (await august.Client.Get($"/accreditation/applications/{id}?purpose=zqsample")).ShouldBe(HttpStatusCode.OK);
        (await august.Client.Get("/clusters?purpose=zqsample")).ShouldBe(HttpStatusCode.OK);
        (await story.Operator.Client.Post($"/access/people/{august.Person}/erasure", new { confirm = "erase", basis = "no-longer-necessary", reason = "asked by letter" }))
            .Status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
        await Access.Life.Carried(story.Host);

        var over = await story.Rosa.Client.Get($"/access/auditor-grants/{grant}");
        (over.Json["inForce"]!.GetValue<bool>(), over.Json["organisation"]!["erased"]!.GetValue<bool>()).ShouldBe((false, true));
        var read = (await paula.Client.Get("/access/me/reads")).Items.ShouldHaveSingleItem();
        (Member(read, "reader"), Member(read, "purpose")).ShouldBe((august.Person, "yearly audit"));
        read.ToJsonString().ShouldNotContain("zqsample");
        (await story.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }

    private async Task<string> WithEvidence(Account person, string record)
    {
        var id = await story.Apply(person);
        var items = new[] { new { record, criteria = new[] { "N1", "N2" } }, new { record = await StoryHost.Record(person, "mistake-reflected"), criteria = new[] { "N2" } } };
        (await person.Client.Post($"/accreditation/applications/{id}/evidence", new { items })).ShouldBe(HttpStatusCode.OK);
        (await person.Client.Post($"/accreditation/applications/{id}/submission", null)).ShouldBe(HttpStatusCode.OK);
        return id;
    }

    private Task<List<(string What, string Target, string Grant)>> Looks(Account auditor) => story.Host.Services.GetRequiredService<Database>().Query(
        "access", Statement.Of("select what, target, granted::text from access.auditor_looks where auditor = $1 order by at", Guid.Parse(auditor.Person)),
        r => (r.GetString(0), r.GetString(1), r.GetString(2)), Ct);

    private async Task Run(string sql)
    {
        await using var command = story.Host.Services.GetRequiredService<Database>().Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static string Member(System.Text.Json.Nodes.JsonNode node, string name) => node[name]?.ToString() ?? "";
}
