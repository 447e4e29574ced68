using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Learning;

public sealed class RecordReadsHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_read_as_of_a_time_and_a_position()
    {
        var id = await Record(world.Anna, new { kind = "webinar", what = "First" });
        await world.Host.Signed();
        var between = DateTimeOffset.UtcNow;
        await world.Anna.Client.Put($"/learning/records/{id}", new { kind = "webinar", what = "Second" });
        await world.Host.Signed();

        var then = (await AsOf($"{between:O}")).ShouldBe(HttpStatusCode.OK);
        then.Text("what").ShouldBe("First");
        (await AsOf(then.Text("position"), "asOfPosition")).Text("what").ShouldBe("First");
        (await AsOf($"{DateTimeOffset.UtcNow:O}")).Text("what").ShouldBe("Second");
        (await AsOf("2001-01-01T00:00:00Z")).ShouldBeProblem(HttpStatusCode.Conflict, "time-outside-log").Text("first")
            .Length.ShouldBeGreaterThan(10);
        (await AsOf($"{DateTimeOffset.UtcNow.AddDays(1):O}")).ShouldBeProblem(HttpStatusCode.Conflict, "time-outside-log");
        (await AsOf("999999999", "asOfPosition")).ShouldBeProblem(HttpStatusCode.Conflict, "position-outside-log").Text("last").ShouldNotBe("");
        (await AsOf("0", "asOfPosition")).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-not-yet");
        (await AsOf("yesterday")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-moment");

        Task<Answer> AsOf(string point, string name = "asOf") => world.Anna.Client.Get($"/learning/records/{id}?{name}={Uri.EscapeDataString(point)}");
    }

    [Fact]
    public async Task What_was_said_in_private_stays_private_when_the_record_is_shared_later()
    {
        var id = await Record(world.Anna, new { kind = "mistake-reflected", what = "Wrong offer sent", visibility = "private" });
        await world.Anna.Client.Put($"/learning/records/{id}", new { kind = "mistake-reflected", what = "Offers are now read by two" });
        (await world.Albert.Client.Get($"/learning/records/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Anna.Client.Put($"/learning/records/{id}/visibility", new { visibility = "firm" })).ShouldBe(HttpStatusCode.OK);

        (await world.Albert.Client.Get($"/learning/records/{id}")).ShouldBe(HttpStatusCode.OK).Text("what")
            .ShouldBe("Offers are now read by two");
        (await world.Albert.Client.Get($"/learning/records/{id}?asOfVersion=1"))
            .ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-not-yet");
        (await Types(world.Albert, id)).ShouldBe(["learning_record_visibility_changed"]);
        (await Types(world.Anna, id)).Count.ShouldBe(3);
        (await world.Bernd.Client.Get($"/learning/records/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Conrad.Client.Get($"/learning/records/{id}/events"))
            .ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
    }

    [Fact]
    public async Task The_list_shows_what_one_may_see_page_by_page()
    {
        var skill = "http://data.europa.eu/esco/skill/c09bf6d4-f8a7-40f3-aead-ef01643f2352";
        foreach (var visibility in (string[])["private", "firm", "cluster", "network"])
            await Record(world.Anna, new
            {
                kind = "reading-or-market-scan",
                what = visibility,
                skillUris = (string[])[skill],
                visibility,
                happenedAt = DateTimeOffset.UtcNow.AddYears(-1)
            });

        (await Seen(world.Anna)).ShouldBe(["cluster", "firm", "network", "private"]);
        (await Seen(world.Albert)).ShouldBe(["cluster", "firm", "network"]);
        (await Seen(world.Bernd)).ShouldBe(["cluster", "network"]);
        (await Seen(world.Conrad)).ShouldBe(["cluster", "network"]);
        (await Seen(world.Clara)).ShouldBe(["network"]);
        (await world.Anna.Client.Get("/learning/records?kind=sleeping")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-kind");

        async Task<List<string>> Seen(Account reader)
        {
            var filter = $"/learning/records?limit=1&person={world.Anna.Person}&firm={world.Acme}&kind=reading-or-market-scan" +
                $"&skill={Uri.EscapeDataString(skill)}" +
                $"&from=2000-01-01T00:00:00Z&to={Uri.EscapeDataString($"{DateTimeOffset.UtcNow:O}")}";
            var found = new List<string>();
            for (string? next = null; ;)
            {
                var page = (await reader.Client.Get(filter + (next is null ? "" : $"&cursor={Uri.EscapeDataString(next)}")))
                    .ShouldBe(HttpStatusCode.OK);
                found.AddRange(Items(page).Select(i => $"{i["what"]}"));
                if ((next = page.Json["next"]?.ToString()) is null) return [.. found.Order(StringComparer.Ordinal)];
            }
        }
    }

    [Fact]
    public async Task Records_of_a_skill_come_newest_first_and_a_corrected_one_is_of_its_new_skills()
    {
        var (old, now) = ("http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", "http://data.europa.eu/esco/skill/c09bf6d4-f8a7-40f3-aead-ef01643f2352");
        var ids = new List<string>();
        foreach (var days in (int[])[3, 1, 2])
            ids.Add(await Record(world.Anna, new { kind = "observation", what = $"{days} ago", skillUris = (string[])[old], happenedAt = DateTimeOffset.UtcNow.AddDays(-days) }));
        (await Of(old)).ShouldBe([ids[1], ids[2], ids[0]]);

        await world.Anna.Client.Put($"/learning/records/{ids[2]}", new { kind = "observation", what = "two ago", skillUris = (string[])[now], happenedAt = DateTimeOffset.UtcNow.AddDays(-2) });
        (await Of(old)).ShouldBe([ids[1], ids[0]]);
        (await Of(now)).ShouldContain(ids[2]);
        var reports = await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct);
        reports.Single(r => r.Table == "learning.record_skills").Equal.ShouldBeTrue();

        async Task<IReadOnlyList<string>> Of(string skill) =>
            [.. Items((await world.Anna.Client.Get($"/learning/records?kind=observation&skill={Uri.EscapeDataString(skill)}")).ShouldBe(HttpStatusCode.OK)).Select(i => $"{i["id"]}")];
    }

    [Fact]
    public async Task Read_models_equal_their_replay()
    {
        await Record(world.Anna, new { kind = "webinar", what = "Replayed", links = (string[])["https://example.org/a"] });

        var reports = await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct);

        var ours = reports.Single(r => r.Table == "learning.records");
        ours.Equal.ShouldBeTrue(string.Join(", ", ours.Differences));
        ours.LiveRows.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_somebody_wrote_is_nowhere_in_the_stored_events()
    {
        await Record(world.Anna, new
        {
            kind = "webinar",
            what = "unmistakable-phrase",
            learnt = "unmistakable-phrase",
            links = (string[])["https://example.org/unmistakable-phrase"]
        });

        await using var command = world.Host.Services.GetRequiredService<Database>().Source.CreateCommand(
            "select count(*) from events.mt_events where data::text || headers::text like '%unmistakable-phrase%'");
        (await command.ExecuteScalarAsync(Ct)).ShouldBe(0L);
    }

    private static IEnumerable<JsonNode> Items(Answer page) =>
        page.Json["items"].ShouldNotBeNull().AsArray().Select(i => i.ShouldNotBeNull());

    private static async Task<List<string>> Types(Account who, string id) =>
        [.. Items((await who.Client.Get($"/learning/records/{id}/events")).ShouldBe(HttpStatusCode.OK)).Select(i => $"{i["type"]}")];
}
