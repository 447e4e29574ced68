using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
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
        (record.Text("minutes"), record.Text("part"), record.Text("firm"), record.Text("source"))
            .ShouldBe(("15", "information-gathering", world.Acme, "app"));
        record.Headers["ETag"].ShouldBe("\"1\"");
        answer.Headers["Location"].ShouldEndWith($"/learning/records/{answer.Id}");
    }

    [Fact]
    public async Task Who_was_there_confirms_and_endorses_across_firms()
    {
        var id = await Record(world.Anna, new
        {
            kind = "peer-help-received",
            what = "Press brake",
            minutes = 40,
            with = (string[])[world.Bernd.Person],
            skillUris = (string[])[FiveS]
        });
        (await Waiting(world.Bernd)).ShouldContain(id);

        (await world.Bernd.Client.Post($"/learning/records/{id}/confirmation", null, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK)
            .Text("version").ShouldBe("2");
        (await world.Bernd.Client.Post($"/learning/records/{id}/endorsements", new { skillUri = FiveS })).ShouldBe(HttpStatusCode.OK);

        (await Waiting(world.Bernd)).ShouldNotContain(id);
        var record = await world.Anna.Client.Get($"/learning/records/{id}");
        var confirmation = record.Json["confirmations"].ShouldNotBeNull()[0].ShouldNotBeNull();
        (confirmation["person"].ShouldNotBeNull().ToString(), confirmation["firm"].ShouldNotBeNull().ToString())
            .ShouldBe((world.Bernd.Person, world.Bolt));
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
        (await world.Bernd.Client.Post($"/learning/records/{id}/dispute", new { reason = "It was somebody else" }))
            .ShouldBe(HttpStatusCode.OK);

        var dispute = (await world.Anna.Client.Get($"/learning/records/{id}")).Json["disputes"].ShouldNotBeNull()[0].ShouldNotBeNull();
        dispute["reason"].ShouldNotBeNull().ToString().ShouldBe("It was somebody else");
    }

    [Fact]
    public async Task What_only_others_may_do_is_refused_and_nothing_is_stored()
    {
        var id = await Record(world.Anna,
            new { kind = "observation", what = "Watched Bernd", with = (string[])[world.Bernd.Person], visibility = "cluster" });
        var hidden = await Record(
            world.Anna, new { kind = "observation", what = "Mine alone", with = (string[])[world.Bernd.Person], visibility = "private" });
        var before = await world.Host.EventCount();

        (await world.Anna.Client.Post($"/learning/records/{id}/confirmation", null))
            .ShouldBeProblem(HttpStatusCode.Conflict, "own-confirmation");
        (await world.Albert.Client.Post($"/learning/records/{id}/confirmation", null))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-named");
        (await world.Clara.Client.Post($"/learning/records/{id}/confirmation", null))
            .ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Bernd.Client.Post($"/learning/records/{hidden}/confirmation", null))
            .ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Bernd.Client.Post($"/learning/records/{id}/endorsements", new { skillUri = FiveS }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "not-confirmed-by-you");
        (await world.Bernd.Client.Put($"/learning/records/{id}", new { kind = "observation", what = "No" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-record");
        (await world.Bernd.Client.Put($"/learning/records/{id}/visibility", new { visibility = "network" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-record");
        (await world.Bernd.Client.Post($"/learning/records/{id}/confirmation", null, ("If-Match", "\"9\"")))
            .ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        using var anonymous = world.Host.Anonymous();
        (await anonymous.Get($"/learning/records/{id}")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await world.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task A_record_does_not_tell_where_somebody_works_who_does_not_show_it()
    {
        var named = await Record(world.Anna, new { kind = "webinar", what = "x", with = (string[])[world.Bernd.Person] });
        await Show("private");
        try
        {
            foreach (var person in (string[])[world.Bernd.Person, Guid.NewGuid().ToString()])
                (await world.Anna.Client.Post("/learning/records", new { kind = "webinar", what = "x", with = (string[])[person] })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "companion-unknown");
            // Who was named before stays named.
            (await world.Anna.Client.Put($"/learning/records/{named}", new { kind = "webinar", what = "y", with = (string[])[world.Bernd.Person] })).ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await Show("cluster");
        }

        async Task Show(string visibility) => (await world.Bernd.Client.Put("/clusters/me/profile/visibility", new { visibility })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_refused_with_a_way_on()
    {
        var before = await world.Host.EventCount();

        await Refused(world.Conrad, new { kind = "webinar", what = "x" }, "not-employed");
        await Refused(world.Anna, new { kind = "webinar", what = "x", firm = world.Bolt }, "not-your-firm");
        await Refused(world.Anna, new { kind = "webinar", what = "x", with = (string[])[world.Clara.Person] }, "companion-unknown");
        await Refused(world.Anna, new { kind = "webinar", what = "x", with = (string[])[world.Anna.Person] }, "with-oneself");
        await Refused(world.Anna, new { kind = "webinar", what = "x", happenedAt = DateTimeOffset.UtcNow.AddHours(1) },
            "happened-in-the-future");
        await Refused(world.Anna, new { kind = "webinar", what = "", minutes = 1441 }, "invalid-request");
        var skill = await Refused(
            world.Anna, new { kind = "webinar", what = "x", skillUris = (string[])[Accounting, "acounting"] }, "skill-unknown");
        skill.Json["nearMatches"].ShouldNotBeNull()[0].ShouldNotBeNull()["near"].ShouldNotBeNull()[0].ShouldNotBeNull()["uri"]
            .ShouldNotBeNull().ToString().ShouldBe(Accounting);
        (await world.Host.EventCount()).ShouldBe(before);

        static async Task<Answer> Refused(Account who, object body, string code) =>
            (await who.Client.Post("/learning/records", body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task A_correction_asks_again_and_the_history_keeps_what_was()
    {
        var id = await Record(
            world.Anna, new { kind = "peer-help-received", what = "Press brake", minutes = 40, with = (string[])[world.Bernd.Person] });
        await world.Bernd.Client.Post($"/learning/records/{id}/confirmation", null);
        (await world.Anna.Client.Put(
            $"/learning/records/{id}", new { kind = "peer-help-received", what = "Press brake", minutes = 90 }, ("If-Match", "\"1\"")))
            .ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");

        (await world.Anna.Client.Put($"/learning/records/{id}",
            new { kind = "peer-help-received", what = "Press brake", minutes = 90, reason = "Longer" }, ("If-Match", "\"2\"")))
            .ShouldBe(HttpStatusCode.OK);

        (await Waiting(world.Bernd)).ShouldContain(id);
        var now = await world.Bernd.Client.Get($"/learning/records/{id}");
        (now.Text("minutes"), now.Json["confirmations"].ShouldNotBeNull().AsArray().Count).ShouldBe(("90", 0));
        var then = await world.Bernd.Client.Get($"/learning/records/{id}?asOfVersion=2");
        (then.Text("minutes"), then.Json["confirmations"].ShouldNotBeNull().AsArray().Count, then.Headers["ETag"])
            .ShouldBe(("40", 1, "\"2\""));
        (await world.Anna.Client.Get($"/learning/records/{id}?asOfVersion=4"))
            .ShouldBeProblem(HttpStatusCode.Conflict, "version-outside-stream").Text("last").ShouldBe("3");
        (await Types(world.Anna, id)).ShouldBe(["learning_record_recorded", "learning_record_confirmed", "learning_record_corrected"]);
    }

    private static IEnumerable<JsonNode> Items(Answer page) =>
        page.Json["items"].ShouldNotBeNull().AsArray().Select(i => i.ShouldNotBeNull());

    private static async Task<List<string>> Waiting(Account who) =>
        [.. Items((await who.Client.Get("/learning/to-confirm?limit=200")).ShouldBe(HttpStatusCode.OK)).Select(i => $"{i["id"]}")];

    private static async Task<List<string>> Types(Account who, string id) =>
        [.. Items((await who.Client.Get($"/learning/records/{id}/events")).ShouldBe(HttpStatusCode.OK)).Select(i => $"{i["type"]}")];
}
