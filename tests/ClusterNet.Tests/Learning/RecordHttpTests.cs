using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Learning;

public sealed class RecordHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kind_and_what_are_enough()
    {
        var answer = await world.Anna.Client.Post("/learning/records", new { kind = "event-or-fair", what = "Hannover fair" });

        answer.ShouldBe(HttpStatusCode.Created).Text("visibility").ShouldBe("private");
        var record = (await world.Anna.Client.Get($"/learning/records/{answer.Id}")).ShouldBe(HttpStatusCode.OK);
        (record.Text("minutes"), record.Text("part"), record.Text("firm"), record.Text("source")).ShouldBe(("15", "information-gathering", world.Acme, "app"));
        record.Headers["ETag"].ShouldBe("\"1\"");
        answer.Headers["Location"].ShouldEndWith($"/learning/records/{answer.Id}");
    }

    [Fact]
    public async Task Who_was_there_confirms_and_endorses_across_firms()
    {
        var id = await Record(world.Anna, new { kind = "peer-help-received", what = "Press brake", minutes = 40, with = (string[])[world.Bernd.Person], skillUris = (string[])[FiveS] });
        (await Waiting(world.Bernd)).ShouldContain(id);

        (await world.Bernd.Client.Post($"/learning/records/{id}/confirmation", null, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK).Text("version").ShouldBe("2");
        (await world.Bernd.Client.Post($"/learning/records/{id}/endorsements", new { skillUri = FiveS })).ShouldBe(HttpStatusCode.OK);

        (await Waiting(world.Bernd)).ShouldNotContain(id);
        var record = await world.Anna.Client.Get($"/learning/records/{id}");
        var confirmation = record.Json["confirmations"].ShouldNotBeNull()[0].ShouldNotBeNull();
        (confirmation["person"].ShouldNotBeNull().ToString(), confirmation["firm"].ShouldNotBeNull().ToString()).ShouldBe((world.Bernd.Person, world.Bolt));
        record.Json["endorsements"].ShouldNotBeNull()[0].ShouldNotBeNull()["skillUri"].ShouldNotBeNull().ToString().ShouldBe(FiveS);
        await As_evidence_it_tells_who_confirmed_and_who_taught_whom(id);
    }

    private async Task As_evidence_it_tells_who_confirmed_and_who_taught_whom(string id)
    {
        var port = world.Host.Services.GetRequiredService<ILearningRecords>();
        var record = Id<LearningRecord>.Parse(id, null);
        var (anna, bernd) = (Id<Person>.Parse(world.Anna.Person, null), Id<Person>.Parse(world.Bernd.Person, null));

        var facts = (await port.Find([record, Id<LearningRecord>.New(TimeProvider.System)], Ct)).ShouldHaveSingleItem().Value;
        facts.ConfirmedBy.ShouldHaveSingleItem().Person.ShouldBe(bernd);
        (facts.Person, facts.Minutes, facts.Disputed, facts.Version).ShouldBe((anna, 40, false, 3));
        var ties = (await port.Ties(bernd, [anna], DateTimeOffset.UtcNow.AddDays(-1), Ct)).Where(t => t.Record == record);
        ties.Select(t => (t.From, t.To, t.Kind)).ShouldBe([(bernd, anna, "taught"), (bernd, anna, "confirmed")], ignoreOrder: true);
        (await port.Ties(bernd, [anna], DateTimeOffset.UtcNow.AddDays(1), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dispute_shows_with_its_reason()
    {
        var id = await Record(world.Anna, new { kind = "observation", what = "Watched Bernd", with = (string[])[world.Bernd.Person] });
        (await world.Bernd.Client.Post($"/learning/records/{id}/dispute", new { reason = "It was somebody else" })).ShouldBe(HttpStatusCode.OK);

        var dispute = (await world.Anna.Client.Get($"/learning/records/{id}")).Json["disputes"].ShouldNotBeNull()[0].ShouldNotBeNull();
        dispute["reason"].ShouldNotBeNull().ToString().ShouldBe("It was somebody else");
    }

    [Fact]
    public async Task What_only_others_may_do_is_refused_and_nothing_is_stored()
    {
        var id = await Record(world.Anna, new { kind = "observation", what = "Watched Bernd", with = (string[])[world.Bernd.Person], visibility = "cluster" });
        var hidden = await Record(world.Anna, new { kind = "observation", what = "Mine alone", with = (string[])[world.Bernd.Person], visibility = "private" });
        var before = await world.Host.EventCount();

        (await world.Anna.Client.Post($"/learning/records/{id}/confirmation", null)).ShouldBeProblem(HttpStatusCode.Conflict, "own-confirmation");
        (await world.Albert.Client.Post($"/learning/records/{id}/confirmation", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-named");
        (await world.Clara.Client.Post($"/learning/records/{id}/confirmation", null)).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Bernd.Client.Post($"/learning/records/{hidden}/confirmation", null)).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Bernd.Client.Post($"/learning/records/{id}/endorsements", new { skillUri = FiveS })).ShouldBeProblem(HttpStatusCode.Conflict, "not-confirmed-by-you");
        (await world.Bernd.Client.Put($"/learning/records/{id}", new { kind = "observation", what = "No" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-record");
        (await world.Bernd.Client.Put($"/learning/records/{id}/visibility", new { visibility = "network" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-record");
        (await world.Bernd.Client.Post($"/learning/records/{id}/confirmation", null, ("If-Match", "\"9\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        using var anonymous = world.Host.Anonymous();
        (await anonymous.Get($"/learning/records/{id}")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await world.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_refused_with_a_way_on()
    {
        var before = await world.Host.EventCount();

        await Refused(world.Conrad, new { kind = "webinar", what = "x" }, "not-employed");
        await Refused(world.Anna, new { kind = "webinar", what = "x", firm = world.Bolt }, "not-your-firm");
        await Refused(world.Anna, new { kind = "webinar", what = "x", with = (string[])[world.Clara.Person] }, "companion-unknown");
        await Refused(world.Anna, new { kind = "webinar", what = "x", with = (string[])[world.Anna.Person] }, "with-oneself");
        await Refused(world.Anna, new { kind = "webinar", what = "x", happenedAt = DateTimeOffset.UtcNow.AddHours(1) }, "happened-in-the-future");
        await Refused(world.Anna, new { kind = "webinar", what = "", minutes = 1441 }, "invalid-request");
        var skill = await Refused(world.Anna, new { kind = "webinar", what = "x", skillUris = (string[])[Accounting, "acounting"] }, "skill-unknown");
        skill.Json["nearMatches"].ShouldNotBeNull()[0].ShouldNotBeNull()["near"].ShouldNotBeNull()[0].ShouldNotBeNull()["uri"].ShouldNotBeNull().ToString().ShouldBe(Accounting);
        (await world.Host.EventCount()).ShouldBe(before);

        static async Task<Answer> Refused(Account who, object body, string code) =>
            (await who.Client.Post("/learning/records", body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task A_correction_asks_again_and_the_history_keeps_what_was()
    {
        var id = await Record(world.Anna, new { kind = "peer-help-received", what = "Press brake", minutes = 40, with = (string[])[world.Bernd.Person] });
        await world.Bernd.Client.Post($"/learning/records/{id}/confirmation", null);
        (await world.Anna.Client.Put($"/learning/records/{id}", new { kind = "peer-help-received", what = "Press brake", minutes = 90 }, ("If-Match", "\"1\"")))
            .ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");

        (await world.Anna.Client.Put($"/learning/records/{id}", new { kind = "peer-help-received", what = "Press brake", minutes = 90, reason = "Longer" }, ("If-Match", "\"2\"")))
            .ShouldBe(HttpStatusCode.OK);

        (await Waiting(world.Bernd)).ShouldContain(id);
        var now = await world.Bernd.Client.Get($"/learning/records/{id}");
        (now.Text("minutes"), now.Json["confirmations"].ShouldNotBeNull().AsArray().Count).ShouldBe(("90", 0));
        var then = await world.Bernd.Client.Get($"/learning/records/{id}?asOfVersion=2");
        (then.Text("minutes"), then.Json["confirmations"].ShouldNotBeNull().AsArray().Count, then.Headers["ETag"]).ShouldBe(("40", 1, "\"2\""));
        (await world.Anna.Client.Get($"/learning/records/{id}?asOfVersion=4")).ShouldBeProblem(HttpStatusCode.Conflict, "version-outside-stream").Text("last").ShouldBe("3");
        (await Types(world.Anna, id)).ShouldBe(["learning_record_recorded", "learning_record_confirmed", "learning_record_corrected"]);
    }

    [Fact]
    public async Task A_record_is_read_as_of_a_time_and_a_position()
    {
        var id = await Record(world.Anna, new { kind = "webinar", what = "First" });
        await world.Host.CaughtUp();
        var between = DateTimeOffset.UtcNow;
        await world.Anna.Client.Put($"/learning/records/{id}", new { kind = "webinar", what = "Second" });
        await world.Host.CaughtUp();

        var then = (await AsOf($"{between:O}")).ShouldBe(HttpStatusCode.OK);
        then.Text("what").ShouldBe("First");
        (await AsOf(then.Text("position"), "asOfPosition")).Text("what").ShouldBe("First");
        (await AsOf($"{DateTimeOffset.UtcNow:O}")).Text("what").ShouldBe("Second");
        (await AsOf("2001-01-01T00:00:00Z")).ShouldBeProblem(HttpStatusCode.Conflict, "time-outside-log").Text("first").Length.ShouldBeGreaterThan(10);
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

        (await world.Albert.Client.Get($"/learning/records/{id}")).ShouldBe(HttpStatusCode.OK).Text("what").ShouldBe("Offers are now read by two");
        (await world.Albert.Client.Get($"/learning/records/{id}?asOfVersion=1")).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-not-yet");
        (await Types(world.Albert, id)).ShouldBe(["learning_record_visibility_changed"]);
        (await Types(world.Anna, id)).Count.ShouldBe(3);
        (await world.Bernd.Client.Get($"/learning/records/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Conrad.Client.Get($"/learning/records/{id}/events")).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
    }

    [Fact]
    public async Task The_list_shows_what_one_may_see_page_by_page()
    {
        var skill = "http://data.europa.eu/esco/skill/c09bf6d4-f8a7-40f3-aead-ef01643f2352";
        foreach (var visibility in (string[])["private", "firm", "cluster", "network"])
            await Record(world.Anna, new { kind = "reading-or-market-scan", what = visibility, skillUris = (string[])[skill], visibility, happenedAt = DateTimeOffset.UtcNow.AddYears(-1) });

        (await Seen(world.Anna)).ShouldBe(["cluster", "firm", "network", "private"]);
        (await Seen(world.Albert)).ShouldBe(["cluster", "firm", "network"]);
        (await Seen(world.Bernd)).ShouldBe(["cluster", "network"]);
        (await Seen(world.Conrad)).ShouldBe(["cluster", "network"]);
        (await Seen(world.Clara)).ShouldBe(["network"]);
        (await world.Anna.Client.Get("/learning/records?kind=sleeping")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-kind");

        async Task<List<string>> Seen(Account reader)
        {
            var filter = $"/learning/records?limit=1&person={world.Anna.Person}&firm={world.Acme}&kind=reading-or-market-scan&skill={Uri.EscapeDataString(skill)}" +
                $"&from=2000-01-01T00:00:00Z&to={Uri.EscapeDataString($"{DateTimeOffset.UtcNow:O}")}";
            var found = new List<string>();
            for (string? next = null; ; )
            {
                var page = (await reader.Client.Get(filter + (next is null ? "" : $"&cursor={Uri.EscapeDataString(next)}"))).ShouldBe(HttpStatusCode.OK);
                found.AddRange(Items(page).Select(i => $"{i["what"]}"));
                if ((next = page.Json["next"]?.ToString()) is null) return [.. found.Order(StringComparer.Ordinal)];
            }
        }
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
        await Record(world.Anna, new { kind = "webinar", what = "unmistakable-phrase", learnt = "unmistakable-phrase", links = (string[])["https://example.org/unmistakable-phrase"] });

        await using var command = world.Host.Services.GetRequiredService<Database>().Source.CreateCommand(
            "select count(*) from events.mt_events where data::text || headers::text like '%unmistakable-phrase%'");
        (await command.ExecuteScalarAsync(Ct)).ShouldBe(0L);
    }

    private static IEnumerable<JsonNode> Items(Answer page) => page.Json["items"].ShouldNotBeNull().AsArray().Select(i => i.ShouldNotBeNull());

    private static async Task<List<string>> Waiting(Account who) => [.. Items((await who.Client.Get("/learning/to-confirm?limit=200")).ShouldBe(HttpStatusCode.OK)).Select(i => $"{i["id"]}")];

    private static async Task<List<string>> Types(Account who, string id) => [.. Items((await who.Client.Get($"/learning/records/{id}/events")).ShouldBe(HttpStatusCode.OK)).Select(i => $"{i["type"]}")];
}
