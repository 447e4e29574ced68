using System.Globalization;
using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources.Bookings;

/// <summary>Own use, requests, series and their fairness, as firms meet them.</summary>
public sealed class BookingsOverHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_firm_uses_a_room_for_itself_and_nobody_signs_up()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        (await c.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 1_000, hoursAYear = 100 })).ShouldBe(HttpStatusCode.OK);
        (await Book(c, c.BoltManager, Own(c.Bolt, room, 9, 10, seats: 4))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Body.ShouldContain("no-seats");

        var session = (await Book(c, c.BoltManager, Own(c.Bolt, room, 9, 10))).ShouldBe(HttpStatusCode.Created).Id;

        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Acme, count = 1 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "too-many-seats");
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/move", new { start = PoolCluster.At(12), end = PoolCluster.At(14) })).ShouldBe(HttpStatusCode.OK);
        var year = PoolCluster.Tuesday.Year;
        var firms = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/entitlements?year={year}")).ShouldBe(HttpStatusCode.OK).Json["firms"]!.AsArray(); // as the answer's record has them
        firms.Select(f => $"{f!["firm"]} {f["usedCents"]}").ShouldBe([$"{c.Acme} 0", $"{c.Bolt} 2000"], ignoreOrder: true); // as above
        var refused = (await Book(c, c.AcmeManager, PoolCluster.Session(c.Acme, 13, 15, room))).ShouldBeProblem(HttpStatusCode.Conflict, "already-booked").Json["bookings"]![0]!["session"]!; // the one in the way
        $"{refused["id"]} {refused["firmName"]}".ShouldBe($"{session} Bolt");
        DateTimeOffset.Parse(refused["bookedAt"]!.ToString(), CultureInfo.InvariantCulture).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5)); // it is always said
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "off" })).ShouldBe(HttpStatusCode.OK);
        (await Book(c, c.AcmeManager, PoolCluster.Session(c.Acme, 13, 15, room))).ShouldBe(HttpStatusCode.Created);

        var later = (await Book(c, c.AcmeManager, PoolCluster.Session(c.Acme, 16, 18, room))).ShouldBe(HttpStatusCode.Created).Id;
        var offered = (await c.AcmeManager.Client.Post($"/resources/sessions/{later}/move", new { start = PoolCluster.At(14), end = PoolCluster.At(16) })).ShouldBeProblem(HttpStatusCode.Conflict, "already-booked").Json["alternatives"]!; // as a refusal has them
        offered["resources"]!.AsArray().ShouldBeEmpty("a session keeps its resources"); // always there
        var time = offered["times"]![0]!; // the room is free for weeks
        (await c.AcmeManager.Client.Post($"/resources/sessions/{later}/move", new { start = $"{time["start"]}", end = $"{time["end"]}" })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_lent_on_approval_is_booked_when_its_firm_has_approved()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var asked = new { asked = true };
        foreach (var other in new[] { c.BoltManager, c.Coordinator })
            (await other.Client.Put($"/resources/resources/{room}/approval", asked)).ShouldBeProblem(HttpStatusCode.Forbidden, "owner-only");
        (await c.Outsider.Client.Put($"/resources/resources/{room}/approval", asked)).ShouldBeProblem(HttpStatusCode.NotFound, "resource-unknown");
        (await c.AcmeManager.Client.Put($"/resources/resources/{room}/approval", asked)).ShouldBe(HttpStatusCode.OK);

        var first = await Book(c, c.BoltManager, PoolCluster.Session(c.Bolt, 9, 11, room));
        first.ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("requested");
        var second = await Book(c, c.Coordinator, PoolCluster.Session(c.Bolt, 10, 12, room));
        second.Text("standing").ShouldBe("requested");
        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/requests")).Items.Select(i => i["id"]!.ToString()).ShouldBe([first.Id, second.Id]); // in order of asking
        (await c.Outsider.Client.Get($"/resources/clusters/{c.Id}/requests")).ShouldBe(HttpStatusCode.NotFound);
        (await c.BoltManager.Client.Post($"/resources/sessions/{first.Id}/seats", new { firm = c.Bolt, count = 1 })).ShouldBeProblem(HttpStatusCode.Conflict, "session-not-booked");

        foreach (var other in new[] { c.BoltManager, c.Coordinator })
            (await Approve(other, first.Id, c.Acme)).ShouldBeProblem(HttpStatusCode.Forbidden, "owner-only");
        (await Approve(c.BoltManager, first.Id, c.Bolt)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-asked");
        (await Approve(c.Outsider, first.Id, c.Stranger)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await Approve(c.AcmeManager, second.Id, c.Acme)).ShouldBe(HttpStatusCode.OK).Text("standing").ShouldBe("booked");
        (await Approve(c.AcmeManager, first.Id, c.Acme)).ShouldBeProblem(HttpStatusCode.Conflict, "already-booked").Json["bookings"]![0]!["session"]!["id"]!.ToString().ShouldBe(second.Id); // the one in the way

        var moved = new { start = PoolCluster.At(14), end = PoolCluster.At(15) };
        (await c.BoltManager.Client.Post($"/resources/sessions/{first.Id}/move", moved)).ShouldBe(HttpStatusCode.OK);
        (await c.BoltManager.Client.Post($"/resources/sessions/{second.Id}/move", moved)).ShouldBeProblem(HttpStatusCode.Conflict, "approval-needed");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{first.Id}/request/decline", new { firm = c.Acme, reason = "We need it" })).ShouldBe(HttpStatusCode.OK);
        var declined = (await c.BoltManager.Client.Get($"/resources/sessions/{first.Id}")).Json;
        $"{declined["standing"]} {declined["request"]!["declineReason"]}".ShouldBe("declined We need it"); // as the view has it
        (await c.BoltManager.Client.Post($"/resources/sessions/{first.Id}/cancellation", new { reason = "Then not" })).ShouldBe(HttpStatusCode.OK);
        (await Approve(c.AcmeManager, first.Id, c.Acme)).ShouldBeProblem(HttpStatusCode.Conflict, "session-cancelled");
        var third = await Book(c, c.BoltManager, PoolCluster.Session(c.Bolt, 16, 17, room));
        (await c.BoltManager.Client.Post($"/resources/sessions/{third.Id}/cancellation", new { reason = "Not needed" })).ShouldBe(HttpStatusCode.OK);
        await host.CaughtUp();
        (await c.AcmeManager.Client.Get("/access/me/notices")).Items.Count(n => $"{n["kind"]}" == "session-request-withdrawn").ShouldBe(1, "who has declined hears no more of it");
        foreach (var (reader, kinds) in new[] { (c.AcmeManager, (string[])["session-requested"]), (c.BoltManager, ["session-request-approved", "session-request-declined"]) })
        {
            var told = (await reader.Client.Get("/access/me/notices")).Body;
            foreach (var kind in kinds) told.ShouldContain($"\"{kind}\"");
        }
    }

    [Fact]
    public async Task A_series_is_booked_whole_or_without_what_is_taken()
    {
        var c = await PoolCluster.Found(host);
        var (room, trainer) = (await c.Contribute(available: "Mon-Fri 08:00-18:00"), await c.Contribute("trainer", 1));
        var taken = (await Book(c, c.AcmeManager, PoolCluster.Session(c.Acme, 9, 10, room))).ShouldBe(HttpStatusCode.Created).Id;
        (await c.Outsider.Client.Post($"/resources/clusters/{c.Id}/series", Body(false))).ShouldBe(HttpStatusCode.NotFound);
        (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/series", Body(false))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        var events = await host.EventCount();
        var refused = (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/series", Body(false))).ShouldBeProblem(HttpStatusCode.Conflict, "series-conflicts");
        refused.Json["free"]!.ToString().ShouldBe("2"); // two Tuesdays that nobody has
        refused.Json["dates"]!.AsArray().Select(d => d!["code"]!.ToString()).ShouldBe(["already-booked", "outside-availability", "outside-availability", "outside-availability"]); // a Tuesday and the Sundays
        refused.Json["dates"]![0]!["why"]!["bookings"]![0]!["session"]!["id"]!.ToString().ShouldBe(taken); // the one in the way
        (await host.EventCount()).ShouldBe(events);

        var preview = (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/series?dryRun=true", Body(false))).ShouldBe(HttpStatusCode.OK).Json;
        $"{preview["free"]} of {preview["dates"]!.AsArray().Count}".ShouldBe("2 of 6"); // as the preview has it
        var booked = (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/series", Body(true))).ShouldBe(HttpStatusCode.Created);
        booked.Json["leftOut"]!.AsArray().Count.ShouldBe(4); // as told before
        var sessions = (await c.AcmeManager.Client.Get($"/resources/series/{booked.Id}")).ShouldBe(HttpStatusCode.OK).Json["sessions"]!.AsArray(); // as above
        sessions.Count.ShouldBe(2);
        sessions.ShouldAllBe(s => s!["series"]!.ToString() == booked.Id && s["resources"]!.AsArray().Count == 2); // as above
        (await c.Outsider.Client.Get($"/resources/series/{booked.Id}")).ShouldBe(HttpStatusCode.NotFound);

        var from = sessions[1]!["start"]!.ToString(); // the second of two
        (await c.AcmeManager.Client.Post($"/resources/series/{booked.Id}/cancellation", new { reason = "off", from })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.BoltManager.Client.Post($"/resources/series/{booked.Id}/cancellation", new { reason = "off", from })).ShouldBe(HttpStatusCode.OK).Json["cancelled"]!.ToString().ShouldBe("1"); // the rest
        (await c.BoltManager.Client.Post($"/resources/series/{booked.Id}/cancellation", new { reason = "off", from })).ShouldBeProblem(HttpStatusCode.Conflict, "series-over");
        (await c.Coordinator.Client.Post($"/resources/sessions/{sessions[0]!["id"]}/organiser", new { firm = c.Acme })).ShouldBe(HttpStatusCode.OK); // the first of two
        (await c.BoltManager.Client.Post($"/resources/series/{booked.Id}/cancellation", new { reason = "off" })).ShouldBeProblem(HttpStatusCode.Conflict, "series-over");
        (await c.AcmeManager.Client.Post($"/resources/series/{booked.Id}/cancellation", new { reason = "off" })).Json["cancelled"]!.ToString().ShouldBe("1"); // the first, too

        object Body(bool skipConflicts) => Series(
            c.Bolt, "10:00", new { first = Day(0), rhythm = "weekly", weekdays = (string[])["tuesday", "sunday"], count = 6 }, skipConflicts, room, trainer);
    }

    [Fact]
    public async Task A_series_that_is_asked_for_is_answered_as_a_whole()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        (await c.AcmeManager.Client.Put($"/resources/resources/{room}/approval", new { asked = true })).ShouldBe(HttpStatusCode.OK);
        var asked = await Ask("10:00");
        var rival = await Ask("11:00");
        var all = new { firm = c.Acme, wholeSeries = true };

        (await c.AcmeManager.Client.Post($"/resources/sessions/{asked[1]}/request/approval", all)).ShouldBe(HttpStatusCode.OK).Text("standing").ShouldBe("booked");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{rival[0]}/request/approval", all)).ShouldBeProblem(HttpStatusCode.Conflict, "already-booked");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{rival[2]}/request/decline", new { firm = c.Acme, reason = "Taken", wholeSeries = true })).ShouldBe(HttpStatusCode.OK);

        foreach (var (sessions, standing) in new[] { (asked, "booked"), (rival, "declined") })
            foreach (var session in sessions) (await c.BoltManager.Client.Get($"/resources/sessions/{session}")).Text("standing").ShouldBe(standing);
        await host.CaughtUp();
        foreach (var (reader, kind, times) in new[] { (c.AcmeManager, "session-requested", 2), (c.BoltManager, "session-request-approved", 1), (c.BoltManager, "session-request-declined", 1) })
            (await reader.Client.Get("/access/me/notices")).Body.Split($"\"{kind}\"").Length.ShouldBe(times + 1);

        async Task<List<string>> Ask(string from)
        {
            var body = Series(c.Bolt, from, new { first = Day(0), rhythm = "weekly", count = 3 }, false, room);
            var answer = (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/series", body)).ShouldBe(HttpStatusCode.Created);
            return [.. answer.Json["sessions"]!.AsArray().Select(s => s!["id"]!.ToString())]; // as the answer has them
        }
    }

    [Fact]
    public async Task Series_and_bookings_at_the_same_moment_share_no_hour()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var body = Series(c.Bolt, "10:00", new { first = Day(0), rhythm = "weekly", count = 10 }, false, room);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/series", body)));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(a => a.Status != HttpStatusCode.Created).ShouldAllBe(a => a.Status == HttpStatusCode.Conflict && a.Text("code") == "series-nothing-free");
    }

    [Fact]
    public async Task All_see_who_asked_first_and_why_somebody_waits()
    {
        var c = await PoolCluster.Found(host);
        var session = (await Book(c, c.AcmeManager, PoolCluster.Session(c.Acme, 9, 10, await c.Contribute()))).ShouldBe(HttpStatusCode.Created).Id; // three seats
        var first = (await Seats(c.BoltManager, c.Bolt, 2)).Id;
        await Seats(c.AcmeManager, c.Acme, 2);
        await Seats(c.BoltManager, c.Bolt, 1);
        await Seats(c.AcmeManager, c.Acme, 1);
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats/{first}/cancellation", null)).ShouldBe(HttpStatusCode.OK);

        var order = (await c.Coordinator.Client.Get($"/resources/sessions/{session}")).Json["seatOrder"]!.AsArray(); // one session shows it
        order.Select(o => $"{(o!["firm"]!.ToString() == c.Acme ? "Acme" : "Bolt")} {o["count"]} of {o["seatsFree"]}: {o["why"]?.ToString() ?? "got"}{(o["movedUpAt"] is null ? "" : ", moved up")}{(o["givenBackAt"] is null ? "" : ", gave back")}")
            .ShouldBe(["Bolt 2 of 3: got, gave back", "Acme 2 of 1: too-few-free, moved up", "Bolt 1 of 1: others-waited, moved up", "Acme 1 of 1: others-waited"]); // as the record has it

        async Task<Answer> Seats(Account who, string firm, int count) =>
            (await who.Client.Post($"/resources/sessions/{session}/seats", new { firm, count })).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Bookings_over_midnight_and_a_change_of_clocks_are_what_they_say()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        (await Book(c, c.BoltManager, Between(c.Bolt, room, "2031-03-29T21:00:00Z", "2031-03-30T06:00:00Z"))).ShouldBe(HttpStatusCode.Created); // the clocks of Berlin go forward
        (await Book(c, c.AcmeManager, Between(c.Acme, room, "2031-03-30T01:30:00Z", "2031-03-30T02:00:00Z"))).ShouldBeProblem(HttpStatusCode.Conflict, "already-booked");
        (await Book(c, c.AcmeManager, Between(c.Acme, room, "2031-03-30T08:00:00+02:00", "2031-03-30T09:00:00+02:00"))).ShouldBe(HttpStatusCode.Created); // touches it
        var open = await c.Contribute(available: "Mon-Sun 08:00-20:00");
        (await Book(c, c.AcmeManager, Between(c.Acme, open, "2031-03-29T07:00:00Z", "2031-03-29T08:00:00Z"))).ShouldBe(HttpStatusCode.Created); // at eight in winter
        (await Book(c, c.AcmeManager, Between(c.Acme, open, "2031-03-31T05:00:00Z", "2031-03-31T06:00:00Z"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "outside-availability"); // at seven in summer
        (await Book(c, c.AcmeManager, Between(c.Acme, open, "2031-03-31T06:00:00Z", "2031-03-31T07:00:00Z"))).ShouldBe(HttpStatusCode.Created); // at eight in summer
        (await Book(c, c.AcmeManager, Between(c.Acme, open, "2031-03-31T17:00:00Z", "2031-04-01T07:00:00Z"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "outside-availability"); // the night is closed
    }

    [Fact]
    public async Task Bookings_that_make_no_sense_are_told_what_is_wrong()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        foreach (var (start, end, code) in new[]
        {
            ("2031-03-29T21:00:00Z", "2031-03-29T21:00:00Z", "end"), // no time at all
            ("2031-03-29T21:00:00Z", "2031-03-29T20:00:00Z", "end"),
            ("2031-03-29T21:00:00Z", "2041-03-29T21:00:00Z", "too-long"), // ten years
            ("2031-03-29T21:00:00Z", "2031-03-29T21:05:00Z", "too-short"),
        })
            (await Book(c, c.BoltManager, Between(c.Bolt, room, start, end))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Body.ShouldContain(code);
        (await Book(c, c.BoltManager, Between(c.Bolt, room, "2020-03-29T21:00:00Z", "2020-03-29T22:00:00Z"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "starts-in-the-past");
        foreach (var (series, code) in new[]
        {
            (Series(c.Bolt, "10:00", new { first = "2031-01-01", rhythm = "weekly" }, false, room), "until-or-count"),
            (Series(c.Bolt, "25:00", new { first = "2031-01-01", rhythm = "weekly", count = 2 }, false, room), "clock-expected"),
            (Series(c.Bolt, "10:00", new { first = "2031-01-01", rhythm = "weekly", until = "2041-01-01" }, false, room), "series-too-long"),
            (Series(c.Bolt, "10:00", new { first = "2020-01-01", rhythm = "weekly", count = 2 }, false, room), "starts-in-the-past"),
            (Series(c.Bolt, "10:00", new { first = "2031-01-01", rhythm = "weekly", count = 2 }, false, Guid.NewGuid().ToString()), "resource-unknown"),
        })
            (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/series", series)).Body.ShouldContain(code);
    }

    private static Task<Answer> Book(PoolCluster c, Account who, object body) => who.Client.Post($"/resources/clusters/{c.Id}/sessions", body);

    private static Task<Answer> Approve(Account who, string session, string firm) => who.Client.Post($"/resources/sessions/{session}/request/approval", new { firm });

    private static object Own(string firm, string room, double from, double until, int seats = 0) => new
    {
        firm,
        kind = "own-use",
        title = "Stocktaking",
        start = PoolCluster.At(from),
        end = PoolCluster.At(until),
        seatCount = seats,
        resources = new[] { new { resource = room } },
    };

    private static object Between(string firm, string room, string start, string end) =>
        new { firm, kind = "workshop", title = "Night shift", start, end, seatCount = 3, resources = new[] { new { resource = room } } };

    private static object Series(string firm, string from, object repeat, bool skipConflicts, params string[] resources) => new
    {
        firm,
        kind = "course",
        title = "Welding",
        from,
        minutes = 120,
        repeat,
        seatCount = 3,
        resources = resources.Select(resource => new { resource }),
        skipConflicts,
    };

    private static string Day(int after) => PoolCluster.Tuesday.AddDays(after).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
