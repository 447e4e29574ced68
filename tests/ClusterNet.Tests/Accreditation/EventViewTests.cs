using System.Net;
using System.Security.Cryptography;
using System.Text;
using ClusterNet.Ledger;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Accreditation;

/// <summary>Stored events with what their seals can be checked with, for those who may read them.</summary>
public sealed class EventViewTests(StoryHost story) : IClassFixture<StoryHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_auditor_checks_an_events_seal_and_its_place_in_the_log()
    {
        var id = await story.Apply(await story.Entrepreneur());
        await story.Host.Signed();

        var opened = await FirstOf(story.Audrey, id);
        var header = Encoding.UTF8.GetBytes(opened.Text("header"));
        var commitment = HMACSHA256.HashData(Convert.FromHexString(opened.Text("salt")), header);
        Convert.ToHexStringLower(commitment).ShouldBe(opened.Text("commitment"));
        Convert.ToHexStringLower(EventSeal.LeafHash(commitment)).ShouldBe(opened.Text("leafHash"));
        opened.Json["personal"]!.AsArray().ShouldHaveSingleItem()!["members"]!["Statement"]!.GetValue<string>().ShouldBe("I negotiate.");

        using var anyone = story.Host.Anonymous();
        var proof = LogProof.Parse(await anyone.GetStringAsync(opened.Text("proof"), Ct)).ShouldNotBeNull();
        var policy = LogPolicy.Parse(await anyone.GetStringAsync("/log/policy", Ct));
        (proof.Index, proof.Fault(Convert.FromHexString(opened.Text("leafHash")), policy)).ShouldBe((opened.Json["position"]!.GetValue<long>(), null));
        var reads = await story.Audrey.Client.Get($"/accreditation/applications/{id}/reads");
        opened.Json["fault"].ShouldBeNull();
        await using (var change = story.Host.Services.GetRequiredService<ClusterNet.EventStore.Database>().Source.CreateCommand("update events.mt_events set user_name = user_name || 'x' where id = $1"))
        {
            change.Parameters.Add(new() { Value = Guid.Parse(opened.Id) });
            await change.ExecuteNonQueryAsync(Ct);
        }

        (await story.Audrey.Client.Get($"/audit/events/{opened.Id}")).Text("fault").ShouldContain("changed after");
        reads.Items.ShouldContain(r => r["what"]!.GetValue<string>() == $"event {opened.Id}");
    }

    [Fact]
    public async Task Who_has_nothing_to_do_with_an_event_does_not_learn_that_there_is_one()
    {
        var (paula, stranger) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Apply(paula);
        await story.Host.Signed();
        var opened = await FirstOf(paula, id);

        (await stranger.Client.Get($"/audit/events/{opened.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "event-unknown");
        (await stranger.Client.Get($"/audit/events/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "event-unknown");
        (await stranger.Client.Get($"/audit/streams/{id}/events")).ShouldBeProblem(HttpStatusCode.NotFound, "stream-unknown");
        (await stranger.Client.Get($"/audit/streams/{id}/events?asOfVersion=99")).ShouldBeProblem(HttpStatusCode.NotFound, "stream-unknown");
        (await story.Rosa.Client.Get($"/audit/events/{opened.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "event-unknown");
        using var anonymous = story.Host.Anonymous();
        (await anonymous.Get($"/audit/events/{opened.Id}")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await anonymous.Get($"/audit/events/{Guid.NewGuid()}/proof")).ShouldBeProblem(HttpStatusCode.NotFound, "event-unknown");
    }

    [Fact]
    public async Task A_person_reads_own_events_and_others_parts_stay_withheld()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var record = await StoryHost.Record(paula, "event-or-fair");
        (await paula.Client.Post($"/learning/records/{record}/correction", new { kind = "event-or-fair", what = "talked", minutes = 40, with = new[] { witness.Person }, reason = "forgot one" }))
            .Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        await story.Host.Signed();

        var own = await paula.Client.Get($"/audit/streams/{record}/events");
        own.Items.ShouldNotBeEmpty();
        own.Items.ShouldAllBe(e => e["personal"]!.AsArray().All(p => p!["state"]!.GetValue<string>() == "readable"));
        (await story.Audrey.Client.Get($"/audit/streams/{record}/events")).ShouldBeProblem(HttpStatusCode.NotFound, "stream-unknown");
    }

    [Fact]
    public async Task Who_imported_for_others_does_not_read_their_events_by_that()
    {
        var paula = await story.Entrepreneur();
        var csv = $"record_ref,person_email,kind,happened_at,what\nZQ-1,{paula.Email},webinar,2026-03-02T10:00:00Z,zqimported secret\n";
        (await story.Rosa.Client.PostCsv($"/learning/clusters/{story.Cluster}/imports/records", System.Text.Encoding.UTF8.GetBytes(csv)))
            .ShouldBe(HttpStatusCode.OK);
        await story.Host.Signed();
        var record = (await paula.Client.Get("/learning/records")).Items.Single(r => r.ToJsonString().Contains("zqimported", StringComparison.Ordinal))["id"]!.ToString();
        var own = await paula.Client.Get($"/audit/streams/{record}/events");
        own.Body.ShouldContain("zqimported");
        own.Items.ShouldAllBe(e => e["actor"]!.ToString() == story.Rosa.Person);

        (await story.Rosa.Client.Get($"/audit/streams/{record}/events")).ShouldBeProblem(HttpStatusCode.NotFound, "stream-unknown");
        (await story.Rosa.Client.Get($"/audit/events/{own.Items[0]["id"]}")).ShouldBeProblem(HttpStatusCode.NotFound, "event-unknown");
    }

    [Fact]
    public async Task A_look_that_was_refused_is_not_recorded_as_a_read()
    {
        var id = await story.Apply(await story.Entrepreneur());
        await story.Host.Signed();
        var path = $"/audit/streams/{id}/events";
        (await story.Audrey.Client.Get($"{path}?asOf=yesterday")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-moment");
        (await story.Audrey.Client.Get($"{path}?asOfVersion=1&asOfPosition=1")).ShouldBeProblem(HttpStatusCode.BadRequest, "one-moment-only");
        (await story.Audrey.Client.Get($"{path}?asOfVersion=9")).ShouldBeProblem(HttpStatusCode.Conflict, "version-outside-stream");
        (await story.Audrey.Client.Get($"{path}?asOf=1999-01-01T00:00:00Z")).ShouldBeProblem(HttpStatusCode.Conflict, "time-outside-log");
        (await story.Audrey.Client.Get($"{path}?asOfVersion=1")).ShouldBe(HttpStatusCode.OK);

        var reads = await story.Audrey.Client.Get($"/accreditation/applications/{id}/reads");
        reads.Items.Select(r => r["what"]!.GetValue<string>()).ShouldBe(["audit trail", $"stream {id} as of version 1"]);
    }

    [Fact]
    public async Task A_streams_events_are_read_as_of_a_version_a_time_and_a_position()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Apply(paula);
        await story.Host.Signed();
        var then = DateTimeOffset.UtcNow.ToString("O", System.Globalization.CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal);
        var items = new[] { new { record = await StoryHost.Record(paula, "event-or-fair", witness), criteria = new[] { "N1" } } };
        (await paula.Client.Post($"/accreditation/applications/{id}/evidence", new { items })).ShouldBe(HttpStatusCode.OK);
        await story.Host.Signed();

        var path = $"/audit/streams/{id}/events";
        var now = await paula.Client.Get(path);
        now.Items.Count.ShouldBe(2);
        (await paula.Client.Get($"{path}?asOfVersion=1")).Items.ShouldHaveSingleItem();
        var byTime = await paula.Client.Get($"{path}?asOf={then}");
        byTime.Items.ShouldHaveSingleItem();
        long.Parse(byTime.Headers["ClusterNet-As-Of-Checkpoint"], System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(long.Parse(byTime.Headers["ClusterNet-As-Of-Position"], System.Globalization.CultureInfo.InvariantCulture));
        var first = now.Items[0]["position"]!.GetValue<long>();
        (await paula.Client.Get($"{path}?asOfPosition={first}")).Items.ShouldHaveSingleItem();
        (await paula.Client.Get($"{path}?asOfPosition={first - 1}")).Items.ShouldBeEmpty();
        (await paula.Client.Get($"{path}?asOfVersion=9")).ShouldBeProblem(HttpStatusCode.Conflict, "version-outside-stream");
        (await paula.Client.Get($"{path}?limit=1")).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_credential_is_verified_as_it_stood_at_a_moment()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Assessed(paula, witness);
        var number = (await StoryHost.Decide(id, story.Dora)).ShouldBe(HttpStatusCode.OK).Text("number");
        await story.Host.Signed();
        var then = DateTimeOffset.UtcNow.ToString("O", System.Globalization.CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal);
        (await story.Dora.Client.Post($"/accreditation/credentials/{number}/suspension", new { reason = "doubts" })).ShouldBe(HttpStatusCode.OK);
        await story.Host.Signed();

        using var anyone = story.Host.Anonymous();
        var path = $"/accreditation/credentials/{number}";
        (await anyone.Get(path)).Text("status").ShouldBe("suspended");
        (await anyone.Get($"{path}?asOf={then}")).Text("status").ShouldBe("active");
        (await anyone.Get($"{path}?asOfVersion=1")).Text("status").ShouldBe("active");
        (await anyone.Get($"{path}?asOfPosition=0")).ShouldBeProblem(HttpStatusCode.NotFound, "credential-not-yet");
        (await anyone.Get($"{path}?asOf=1999-01-01T00:00:00Z")).ShouldBeProblem(HttpStatusCode.Conflict, "time-outside-log");
    }

    private static async Task<Answer> FirstOf(Account reader, string stream)
    {
        var events = await reader.Client.Get($"/audit/streams/{stream}/events");
        events.ShouldBe(HttpStatusCode.OK);
        return (await reader.Client.Get($"/audit/events/{events.Items[0]["id"]}")).ShouldBe(HttpStatusCode.OK);
    }
}
