using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Accreditation.StoryHost;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Accreditation;

/// <summary>What an auditor sees, now and of the past, and that it is recorded; what others see.</summary>
public sealed class AuditTests(StoryHost story) : IClassFixture<StoryHost>
{
    [Fact]
    public async Task An_application_is_read_as_it_was_at_a_version_a_time_and_a_position()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Submitted(paula, witness);
        await story.Host.Signed();
        var then = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal);
        var submitted = await story.Audrey.Client.Get($"/accreditation/applications/{id}");
        (await story.Assign(id, story.Ahmed)).ShouldBe(HttpStatusCode.OK);
        (await Rate(id, story.Ahmed)).ShouldBe(HttpStatusCode.OK);
        (await Decide(id, story.Dora)).ShouldBe(HttpStatusCode.OK);
        await story.Host.CaughtUp();

        var path = $"/accreditation/applications/{id}";
        var now = await story.Audrey.Client.Get(path);
        (now.Text("phase"), now.Headers["ETag"]).ShouldBe(("granted", $"\"{now.Text("version")}\""));
        (await story.Audrey.Client.Get($"{path}?asOfVersion=1")).Text("phase").ShouldBe("draft");
        var byTime = await story.Audrey.Client.Get($"{path}?asOf={then}");
        (byTime.Text("phase"), byTime.Text("version")).ShouldBe(("submitted", submitted.Text("version")));
        byTime.Json["ratings"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        var byPosition = await story.Audrey.Client.Get($"{path}?asOfPosition={submitted.Text("position")}");
        (byPosition.Text("phase"), byPosition.Text("position")).ShouldBe(("submitted", submitted.Text("position")));
        (await story.Audrey.Client.Get($"{path}?asOfPosition=0")).ShouldBeProblem(HttpStatusCode.NotFound, "application-not-yet");
    }

    [Theory]
    [InlineData("asOf=2001-01-01T00:00:00Z", HttpStatusCode.Conflict, "time-outside-log")]
    [InlineData("asOf=2901-01-01T00:00:00Z", HttpStatusCode.Conflict, "time-outside-log")]
    [InlineData("asOf=2026-01-01T00:00:00", HttpStatusCode.BadRequest, "malformed-moment")]
    [InlineData("asOf=yesterday", HttpStatusCode.BadRequest, "malformed-moment")]
    [InlineData("asOfPosition=99999999", HttpStatusCode.Conflict, "position-outside-log")]
    [InlineData("asOfPosition=-1", HttpStatusCode.BadRequest, "malformed-moment")]
    [InlineData("asOfVersion=99", HttpStatusCode.Conflict, "version-outside-stream")]
    [InlineData("asOfVersion=0", HttpStatusCode.BadRequest, "malformed-moment")]
    [InlineData("asOfVersion=1&asOfPosition=1", HttpStatusCode.BadRequest, "one-moment-only")]
    public async Task A_moment_that_the_history_does_not_know_is_refused(string query, HttpStatusCode status, string code)
    {
        var paula = await story.Entrepreneur();
        var id = await story.Apply(paula);
        await story.Host.CaughtUp();
        (await paula.Client.Get($"/accreditation/applications/{id}?{query}")).ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task A_dossier_holds_all_on_which_a_credential_rests_and_every_look_is_recorded()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Assessed(paula, witness);
        var number = (await Decide(id, story.Dora)).Text("number");
        await story.Host.CaughtUp();

        (await story.Audrey.Client.Get($"/accreditation/applications/{id}/events?purpose=sample")).ShouldBe(HttpStatusCode.OK);
        var dossier = (await story.Audrey.Client.Get($"/accreditation/credentials/{number}/dossier")).ShouldBe(HttpStatusCode.OK);
        dossier.Json["credential"]?["number"]?.ToString().ShouldBe(number);
        dossier.Json["standard"]?["criteria"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        dossier.Json["application"]?["evidence"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        dossier.Json["application"]?["decision"]?["ratingsUsed"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        TypesOf(dossier.Json["events"]).ShouldBe(
        [
            "standard_drafted", "standard_published", "application_opened", "application_evidence_put", "application_evidence_put",
            "application_submitted",
            "application_assessor_assigned", "application_criterion_rated", "application_criterion_rated", "application_assessed",
            "application_granted",
            "credential_issued", "auditor_read_within_grant", "auditor_read_within_grant",
        ]);

        var reads = (await paula.Client.Get($"/accreditation/applications/{id}/reads")).Json["items"].ShouldNotBeNull().AsArray();
        reads.Select(r => (r?["auditor"]?.ToString(), r?["what"]?.ToString(), r?["purpose"]?.ToString()))
            .ShouldBe([(story.Audrey.Person, "dossier", ""), (story.Audrey.Person, "events", "sample")]);
    }

    [Fact]
    public async Task Events_come_page_by_page_with_positions_actors_and_texts()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Assessed(paula, witness);
        (await Decide(id, story.Dora)).ShouldBe(HttpStatusCode.OK);
        await story.Host.CaughtUp();
        var all = new List<JsonNode?>();
        var path = $"/accreditation/applications/{id}/events?limit=4";
        for (var next = path; next is not null;)
        {
            var page = (await story.Audrey.Client.Get(next)).ShouldBe(HttpStatusCode.OK);
            all.AddRange(page.Json["items"].ShouldNotBeNull().AsArray());
            next = page.Json["next"] is { } cursor ? $"{path}&cursor={cursor}" : null;
        }

        all.Count.ShouldBe(10);
        all.Select(e => e?["position"]?.GetValue<long>()).ShouldAllBe(p => p != null);
        all.Select(e => e?["position"]?.GetValue<long>()).ShouldBe(all.Select(e => e?["position"]?.GetValue<long>()).Order());
        var opened = all[0].ShouldNotBeNull();
        (opened["type"]?.ToString(), opened["version"]?.GetValue<long>(), opened["actor"]?.ToString(), opened["module"]?.ToString())
            .ShouldBe(("application_opened", 1, paula.Person, "accreditation"));
        opened["data"]?["Statement"]?.ToString().ShouldBe("I negotiate.");
        all[^1]?["type"]?.ToString().ShouldBe("credential_issued");
    }

    [Fact]
    public async Task A_coordinator_sees_how_it_goes_and_not_what_is_in_it()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Assessed(paula, witness);
        var seen = (await story.Rosa.Client.Get($"/accreditation/applications/{id}")).ShouldBe(HttpStatusCode.OK);
        seen.Text("phase").ShouldBe("assessed");
        seen.Json["evidence"].ShouldBeNull();
        seen.Json["ratings"].ShouldBeNull();
        seen.Json["statement"].ShouldBeNull();
        seen.Body.ShouldNotContain("I negotiate.");
        (await story.Rosa.Client.Get($"/accreditation/applications/{id}/events")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task For_outsiders_an_application_does_not_exist()
    {
        var paula = await story.Entrepreneur();
        var id = await story.Apply(paula);
        var outsider = await story.Entrepreneur();
        foreach (var path in (string[])["", "/events", "/reads"])
            (await outsider.Client.Get($"/accreditation/applications/{id}{path}"))
                .ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await outsider.Client.Post($"/accreditation/applications/{id}/submission", null))
            .ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await outsider.Client.Get("/accreditation/applications/0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"))
            .ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
    }

    [Fact]
    public async Task Lists_show_everybody_their_own_part()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Assessed(paula, witness);
        var cluster = $"/accreditation/clusters/{story.Cluster}";
        Ids(await paula.Client.Get("/accreditation/me/applications")).ShouldBe([id]);
        Ids(await story.Ahmed.Client.Get("/accreditation/me/assignments")).ShouldContain(id);
        Ids(await story.Dora.Client.Get($"{cluster}/decisions-due?limit=200")).ShouldContain(id);
        Ids(await story.Audrey.Client.Get($"{cluster}/applications?phase=assessed&limit=200")).ShouldContain(id);
        Ids(await story.Rosa.Client.Get($"{cluster}/applications?phase=draft&limit=200")).ShouldNotContain(id);
        (await story.Rosa.Client.Get($"{cluster}/applications?phase=lost")).ShouldBeProblem(HttpStatusCode.BadRequest, "phase-unknown");
        (await paula.Client.Get($"{cluster}/applications")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_read()
    {
        var id = await story.Apply(await story.Entrepreneur());
        var database = story.Host.Services.GetRequiredService<Database>();
        async Task Rename(string from, string to)
        {
            await using var command = database.Source.CreateCommand($"alter table accreditation.{from} rename to {to}");
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Rename("auditor_reads", "gone");
        try
        {
            var refused = await story.Audrey.Client.Get($"/accreditation/applications/{id}");
            refused.ShouldBeProblem(HttpStatusCode.InternalServerError, "internal-error");
            refused.Body.ShouldNotContain("I negotiate.");
        }
        finally
        {
            await Rename("gone", "auditor_reads");
        }
    }

    [Fact]
    public async Task The_read_models_equal_what_the_events_say()
    {
        await Decide(await story.Assessed(await story.Entrepreneur(), await story.Entrepreneur()), story.Dora);
        await story.Host.CaughtUp();
        var reports = (await story.Host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken))
            .Where(r => r.Table.StartsWith("accreditation.", StringComparison.Ordinal)).ToList();
        reports.Count.ShouldBe(6);
        reports.ShouldAllBe(r => r.Equal);
        reports.Single(r => r.Table == "accreditation.credentials").LiveRows.ShouldBeGreaterThan(0);
    }

    private static IEnumerable<string?> Ids(Answer answer) =>
        answer.ShouldBe(HttpStatusCode.OK).Json["items"].ShouldNotBeNull().AsArray().Select(i => i?["id"]?.ToString());

    private static IEnumerable<string?> TypesOf(JsonNode? events) => events.ShouldNotBeNull().AsArray().Select(e => e?["type"]?.ToString());
}
