using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Mentoring;
using ClusterNet.Projections;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;

namespace ClusterNet.Tests.Learning;

public sealed class MentoringHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private const string Pairs = "/learning/mentoring/pairs";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_of_two_firms_learn_together_and_each_has_a_record_of_it()
    {
        await Offers(world.Bernd, 5);
        var pair = await Ask(world.Albert, world.Bernd);
        (await Ties(world.Bernd, world.Albert)).ShouldBeEmpty();
        (await world.Bernd.Client.Post($"{Pairs}/{pair}/acceptance", null)).ShouldBe(HttpStatusCode.OK);

        // A tie from the beginning on, without any record.
        (await Ties(world.Bernd, world.Albert)).ShouldBe([(world.Bernd.Person, world.Albert.Person, "mentored")]);

        (await world.Albert.Client.Put($"{Pairs}/{pair}/goals", new { goals = (string[])["Lead a talk"], skillUris = (string[])[FiveS] })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Put($"{Pairs}/{pair}/next-session", new { startsAt = DateTimeOffset.UtcNow.AddDays(3), minutes = 30, place = "Canteen" })).ShouldBe(HttpStatusCode.OK);
        var log = new { what = "Sorted the tools", minutes = 30, nextStep = "Label them", withRecord = true };
        await Twice(world.Albert, $"{Pairs}/{pair}/sessions", log);
        var seen = (await world.Bernd.Client.Get($"{Pairs}/{pair}")).ShouldBe(HttpStatusCode.OK);
        var session = seen.Json["sessions"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        (seen.Text("needs"), seen.Text("rhythm"), session["what"]?.ToString()).ShouldBe(("Quiet rooms", "weekly", "Sorted the tools"));
        await Twice(world.Bernd, $"{Pairs}/{pair}/sessions/{session["id"]}/confirmation", new { withRecord = true });

        var alberts = (await world.Albert.Client.Get($"/learning/records?person={world.Albert.Person}&kind=mentoring")).Items.ShouldHaveSingleItem();
        (alberts["what"]?.ToString(), alberts["confirmedCount"]?.ToString(), alberts["minutes"]?.ToString()).ShouldBe(("Sorted the tools", "1", "30"));
        var bernds = (await world.Bernd.Client.Get($"/learning/records?person={world.Bernd.Person}&kind=mentoring")).Items.ShouldHaveSingleItem();
        (await world.Albert.Client.Get("/learning/to-confirm")).Items.Select(i => i["id"]?.ToString()).ShouldContain(bernds["id"]?.ToString());

        (await world.Albert.Client.Post($"{Pairs}/{pair}/feedback", new { text = "The walk through your hall helped most" })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Post($"{Pairs}/{pair}/help", new { words = "We find no time" })).ShouldBe(HttpStatusCode.OK);
        var calls = (await world.Conrad.Client.Get($"/learning/mentoring/clusters/{world.Cluster}/help")).ShouldBe(HttpStatusCode.OK);
        calls.Body.ShouldContain("We find no time");
        calls.Body.ShouldNotContain("helped most");
        (await world.Conrad.Client.Get($"{Pairs}/{pair}")).ShouldBeProblem(HttpStatusCode.NotFound, "mentoring-unknown");
        (await world.Bernd.Client.Post($"{Pairs}/{pair}/end", new { reason = "It is done" })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get($"{Pairs}/{pair}")).Text("reason").ShouldBe("It is done");
        (await Ties(world.Bernd, world.Albert)).ShouldContain((world.Bernd.Person, world.Albert.Person, "mentored"));
        (await world.Albert.Client.Post($"{Pairs}/{pair}/sessions", log)).ShouldBeProblem(HttpStatusCode.Conflict, "mentoring-not-active");
    }

    [Fact]
    public async Task Of_two_who_are_accepted_at_once_for_one_place_one_begins()
    {
        await Offers(world.Anna, 1, "peer-coach");
        var pairs = new[] { await Ask(world.Albert, world.Anna, "peer-coach"), await Ask(world.Bernd, world.Anna, "peer-coach") };

        var answers = await Task.WhenAll(pairs.Select(p => world.Anna.Client.Post($"{Pairs}/{p}/acceptance", null)));

        answers.Select(a => a.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        answers.Single(a => a.Status == HttpStatusCode.Conflict).ShouldBeProblem(HttpStatusCode.Conflict, "mentor-full");
        var begun = pairs[Array.FindIndex(answers, a => a.Status == HttpStatusCode.OK)];
        (await world.Anna.Client.Post($"{Pairs}/{begun}/end", new { reason = "Done" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"{Pairs}/{pairs.Single(p => p != begun)}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_database_gives_no_place_twice()
    {
        var (offer, database) = (Guid.NewGuid(), world.Host.Services.GetRequiredService<Database>());
        static Statement Take(Guid offer) => Statement.Of("insert into learning.mentor_places (offer, place, pair) values ($1, 1, $2)", offer, Guid.NewGuid());
        await database.Execute("learning", [Take(offer)], Ct);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => database.Execute("learning", [Take(offer)], Ct));
        await database.Execute("learning", [Statement.Of("delete from learning.mentor_places where offer = $1", offer)], Ct);
    }

    [Fact]
    public async Task Mentors_are_found_with_reasons_by_those_to_whom_they_show_themselves()
    {
        var offer = await Offers(world.Bernd, 4);
        var found = (await world.Anna.Client.Get($"/learning/mentoring/mentors?skill={Uri.EscapeDataString(FiveS)}&interest=exports&language=de")).ShouldBe(HttpStatusCode.OK);
        var match = found.Json.AsArray().Single(m => m?["mentor"]?["person"]?.ToString() == world.Bernd.Person).ShouldNotBeNull();
        match["reasons"].ShouldNotBeNull().AsArray().Select(r => r?["kind"]?.ToString()).ShouldBe(["skill", "interest", "language", "place-free"]);
        (await world.Anna.Client.Get($"/learning/mentoring/mentors?skill={Uri.EscapeDataString(Accounting)}")).Json.AsArray().ShouldBeEmpty();
        (await world.Clara.Client.Get($"/learning/mentoring/mentors/{offer}")).ShouldBeProblem(HttpStatusCode.NotFound, "mentor-unknown");
        (await world.Clara.Client.Get("/learning/mentoring/mentors")).Json.AsArray().ShouldBeEmpty();
        (await world.Clara.Client.Post(Pairs, new { mentor = world.Bernd.Person, words = "Help" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mentor-unknown");
        (await world.Bernd.Client.Post("/learning/mentoring/me/offers/mentor/pause", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post(Pairs, new { mentor = world.Bernd.Person, words = "Help" })).ShouldBeProblem(HttpStatusCode.Conflict, "mentor-paused");
        (await world.Bernd.Client.Post("/learning/mentoring/me/offers/mentor/resumption", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_stored()
    {
        var pair = await Ask(world.Bernd, world.Albert, "peer-coach");
        await world.Host.CaughtUp(); // what other tests set going
        var before = await world.Host.EventCount();

        (await world.Bernd.Client.Post(Pairs, new { mentor = world.Bernd.Person, words = "Help" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mentoring-oneself");
        (await world.Bernd.Client.Post(Pairs, new { mentor = world.Albert.Person, words = "Help", kind = "peer-coach" })).ShouldBeProblem(HttpStatusCode.Conflict, "mentoring-exists");
        (await world.Albert.Client.Post($"{Pairs}/{pair}/acceptance", null, ("If-Match", "\"7\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Anna.Client.Post($"{Pairs}/{pair}/acceptance", null, ("If-Match", "\"7\""))).ShouldBeProblem(HttpStatusCode.NotFound, "mentoring-unknown");
        (await world.Bernd.Client.Post($"{Pairs}/{pair}/acceptance", null)).ShouldBeProblem(HttpStatusCode.Conflict, "own-asking");
        (await world.Albert.Client.Post($"{Pairs}/{pair}/refusal", new { reason = " " })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Albert.Client.Post($"{Pairs}/{pair}/sessions", new { what = "x", minutes = 2401 })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Albert.Client.Put("/learning/mentoring/me/offers/guru", Offer(1))).ShouldBeProblem(HttpStatusCode.NotFound, "mentor-unknown");
        (await world.Albert.Client.Put("/learning/mentoring/me/offers/mentor", Offer(21))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Anna.Client.Get($"/learning/mentoring/clusters/{world.Cluster}/help")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task Who_is_erased_mentors_nobody_more_and_their_words_are_gone_from_every_table()
    {
        var nora = await world.Host.Newcomer(world.Operator, "Nora");
        await Offers(nora, 1, shown: "network");
        var pair = await Ask(world.Albert, nora);
        (await nora.Client.Post($"{Pairs}/{pair}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        (await nora.Client.Post($"{Pairs}/{pair}/sessions", new { what = "norasays hello", minutes = 30 })).ShouldBe(HttpStatusCode.OK);
        (await nora.Client.Post($"{Pairs}/{pair}/help", new { words = "norasays help", cluster = world.Cluster })).ShouldBe(HttpStatusCode.OK);
        (await nora.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        var seen = (await world.Albert.Client.Get($"{Pairs}/{pair}")).ShouldBe(HttpStatusCode.OK);
        seen.Text("status").ShouldBe("ended");
        seen.Body.ShouldNotContain("norasays");
        (await world.Conrad.Client.Get($"/learning/mentoring/clusters/{world.Cluster}/help")).Body.ShouldNotContain("norasays");
        (await world.Albert.Client.Get("/learning/mentoring/mentors")).Body.ShouldNotContain(nora.Person);
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }

    [Fact]
    public async Task A_calendar_reads_planned_and_cancelled_sessions_until_its_link_ends()
    {
        var pair = await Ask(world.Anna, world.Albert);
        (await world.Albert.Client.Post($"{Pairs}/{pair}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        var at = DateTimeOffset.UtcNow.AddDays(2);
        (await world.Albert.Client.Put($"{Pairs}/{pair}/next-session", new { startsAt = at, minutes = 30, place = "Canteen, hall 2" })).ShouldBe(HttpStatusCode.OK);
        var link = (await world.Anna.Client.Post("/learning/mentoring/me/calendar-link", null)).ShouldBe(HttpStatusCode.Created).Text("link");
        using var anybody = world.Host.Anonymous();

        var feed = await anybody.GetStringAsync(new Uri(link), Ct);
        feed.ShouldContain($"DTSTART:{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}\r\n");
        feed.ShouldContain("LOCATION:Canteen\\, hall 2\r\n");
        feed.ShouldContain("SEQUENCE:0\r\n");
        (await world.Anna.Client.Post($"{Pairs}/{pair}/next-session/cancellation", null)).ShouldBe(HttpStatusCode.OK);
        var cancelled = await anybody.GetStringAsync(new Uri(link), Ct);
        cancelled.ShouldContain("STATUS:CANCELLED\r\n");
        cancelled.ShouldContain("SEQUENCE:1\r\n");

        var renewed = (await world.Anna.Client.Post("/learning/mentoring/me/calendar-link", null)).ShouldBe(HttpStatusCode.Created).Text("link");
        (await anybody.GetAsync(new Uri(link), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync(new Uri(renewed), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post("/learning/mentoring/me/calendar-link/revocation", null)).ShouldBe(HttpStatusCode.OK);
        (await anybody.GetAsync(new Uri(renewed), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_missed_week_makes_one_notice_for_each_and_no_more()
    {
        var pair = await Ask(world.Anna, world.Bernd);
        (await world.Bernd.Client.Post($"{Pairs}/{pair}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        var pairs = world.Host.Services.GetRequiredService<Streams<Pair, PairEvent>>();
        for (var round = 0; round < 2; round++)
            await pairs.Execute(Guid.Parse(pair), new NoteMissedRhythm(DateTimeOffset.UtcNow.AddDays(8.1)), new(CommandMetadata.System("mentoring-rhythm")), Ct);
        await world.Host.CaughtUp();
        foreach (var one in new[] { world.Anna, world.Bernd })
            (await one.Client.Get("/access/me/notices")).Items.Count(n => n["kind"]?.ToString() == "mentoring-missed").ShouldBe(1);
    }

    private static object Offer(int capacity, string visibility = "cluster") => new
    {
        skillUris = (string[])[FiveS],
        languages = (string[])["de", "en"],
        interests = (string[])["Exports"],
        availability = "Fridays",
        hoursPerMonth = 4,
        capacity,
        reach = "everybody",
        visibility,
    };

    private static async Task<string> Offers(Account mentor, int capacity, string kind = "mentor", string shown = "cluster") =>
        (await mentor.Client.Put($"/learning/mentoring/me/offers/{kind}", Offer(capacity, shown))).ShouldBe(HttpStatusCode.OK).Id;

    private static async Task<string> Ask(Account mentee, Account mentor, string kind = "mentor") =>
        (await mentee.Client.Post(Pairs, new { mentor = mentor.Person, words = "Teach me to sort", needs = "Quiet rooms", kind })).ShouldBe(HttpStatusCode.Created).Id;

    /// <summary>The same request, sent once more.</summary>
    private static async Task Twice(Account who, string path, object body)
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        for (var i = 0; i < 2; i++) (await who.Client.Post(path, body, key)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<IReadOnlyList<(string, string, string)>> Ties(Account one, Account other)
    {
        var ties = await world.Host.Services.GetRequiredService<ILearningRecords>().Ties(
            Id<Person>.Parse(one.Person, null), [Id<Person>.Parse(other.Person, null)], DateTimeOffset.UtcNow.AddDays(-1), Ct);
        return [.. ties.Select(t => (t.From.ToString(), t.To.ToString(), t.Kind))];
    }
}
