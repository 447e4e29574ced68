using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources;

public sealed class ResourcesOverHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Two_firms_share_a_session_on_pooled_resources_and_nobody_books_over_it()
    {
        var c = await PoolCluster.Found(host);
        var (room, licence) = (await c.Contribute(available: "Mon-Fri 08:00-18:00"), await c.Contribute("licence", 5));
        var booked = await c.AcmeManager.Client.Post(
            $"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, room, licence));
        booked.ShouldBe(HttpStatusCode.Created).Headers["Location"].ShouldBe($"/api/v1/resources/sessions/{booked.Id}");
        var before = await host.EventCount();

        var refused = await c.BoltManager.Client.Post(
            $"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 11, 13, licence, room));

        refused.ShouldBeProblem(HttpStatusCode.Conflict, "already-booked");
        var other = refused.Json["bookings"]!.AsArray().ShouldHaveSingleItem()!["session"]!; // named by the problem
        $"{other["id"]} {other["title"]} {other["start"]} {other["end"]} {other["firm"]} {other["firmName"]}"
            .ShouldBe($"{booked.Id} Data protection {PoolCluster.At(9)} {PoolCluster.At(12)} {c.Acme} Acme");
        (await host.EventCount()).ShouldBe(before);
        await Both_firms_take_seats_and_a_third_wait_moves_up(c, booked.Id);
        await The_room_shows_what_is_booked_and_what_is_free(c, room, booked.Id);
    }

    private static async Task Both_firms_take_seats_and_a_third_wait_moves_up(PoolCluster c, string session)
    {
        var first = await c.AcmeManager.Client.Post(
            $"/resources/sessions/{session}/seats", new { firm = c.Acme, count = 2, people = new[] { c.AcmeManager.Person } });
        first.ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("held");
        var second = await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 1 });
        second.ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("held");
        var third = await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 2 });
        third.ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("waiting");
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats/{first.Id}/cancellation", null))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/seats/{first.Id}/cancellation", null)).ShouldBe(HttpStatusCode.OK);

        var now = await c.BoltManager.Client.Get($"/resources/sessions/{session}");
        // a list of seats
        now.Json["seats"]!.AsArray().Select(s => $"{s!["reservation"]} {s["standing"]}")
            .ShouldBe([$"{second.Id} held", $"{third.Id} held"]);
        now.Headers["ETag"].ShouldBe("\"6\"");
        var then = await c.BoltManager.Client.Get($"/resources/sessions/{session}?asOfVersion=2");
        var seat = then.Json["seats"]!.AsArray().ShouldHaveSingleItem()!; // a list of seats
        (seat["count"]!.GetValue<int>(), seat["people"]).ShouldBe((2, null)); // whom Acme sends is not Bolt's business
    }

    private static async Task The_room_shows_what_is_booked_and_what_is_free(PoolCluster c, string room, string session)
    {
        (await c.BoltManager.Client.Get($"/resources/resources/{room}?from=9999-12-31T23:59:59Z")).ShouldBe(HttpStatusCode.OK); // there are no days after it
        var shown = await c.BoltManager.Client.Get($"/resources/resources/{room}?from={PoolCluster.At(0)}&to={PoolCluster.At(24)}");
        shown.Json["bookings"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(session); // the one booking
        var free = await c.BoltManager.Client.Get($"/resources/resources/{room}/free?from={PoolCluster.At(8)}&to={PoolCluster.At(14)}");
        free.Json["free"]!.AsArray().Select(f => $"{f!["start"]} {f["end"]} {f["units"]}") // a list of slots
            .ShouldBe([$"{PoolCluster.At(8)} {PoolCluster.At(9)} 1", $"{PoolCluster.At(12)} {PoolCluster.At(14)} 1"]);
        var list = await c.BoltManager.Client.Get(
            $"/resources/clusters/{c.Id}/sessions?from={PoolCluster.At(10)}&to={PoolCluster.At(11)}&limit=1");
        list.Json["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(session); // the one session
        var later = await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/sessions?from={PoolCluster.At(12)}");
        later.Json["items"]!.AsArray().ShouldBeEmpty(); // a page of sessions
        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/resources")).Json["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_32_clients_that_book_the_same_hour_over_HTTP_one_wins()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => n % 2 == 0
            ? c.AcmeManager.Client.Post(
                $"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room), ("Idempotency-Key", $"{n}"))
            : c.BoltManager.Client.Post(
                $"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 9, 10, room), ("Idempotency-Key", $"{n}"))));

        var winner = all.Where(a => a.Status == HttpStatusCode.Created).ShouldHaveSingleItem();
        var losers = all.Where(a => a.Status != HttpStatusCode.Created).ToList();
        losers.ShouldAllBe(l => l.ShouldBeProblem(HttpStatusCode.Conflict, "already-booked").Body.Contains(winner.Id));
        losers.Count.ShouldBe(31);
    }

    [Fact]
    public async Task A_booking_sent_again_with_its_key_is_answered_as_before()
    {
        var c = await PoolCluster.Found(host);
        var (room, body) = (await c.Contribute(), (Func<string, object>)(room => PoolCluster.Session(c.Acme, 9, 10, room)));
        var path = $"/resources/clusters/{c.Id}/sessions";

        var first = await c.AcmeManager.Client.Post(path, body(room), ("Idempotency-Key", "again"));
        var second = await c.AcmeManager.Client.Post(path, body(room), ("Idempotency-Key", "again"));

        (first.Status, second.Status, second.Body).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created, first.Body));
        (await c.AcmeManager.Client.Post(path, PoolCluster.Session(c.Acme, 10, 11, room), ("Idempotency-Key", "again")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_session_is_moved_cancelled_and_seen_as_it_was()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute(available: "Mon-Fri 08:00-18:00");
        var booked = await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room));
        var session = booked.ShouldBe(HttpStatusCode.Created).Id;
        await host.CaughtUp();
        await host.Signed();
        var instant = DateTimeOffset.UtcNow;
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/move", Move(13, 14)))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(13, 14), ("If-Match", "\"7\"")))
            .ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(18, 19)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "outside-availability");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(13, 14), ("If-Match", "\"1\"")))
            .ShouldBe(HttpStatusCode.OK);
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "sold" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "resource-booked")
            .Json["bookings"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(session); // the list that stands in the way
        (await c.Coordinator.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "Ill" }))
            .ShouldBe(HttpStatusCode.OK);
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(14, 15)))
            .ShouldBeProblem(HttpStatusCode.Conflict, "session-cancelled");
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "sold" })).ShouldBe(HttpStatusCode.OK);
        await host.CaughtUp();

        var now = await c.AcmeManager.Client.Get($"/resources/sessions/{session}");
        (now.Text("standing"), now.Text("cancelReason"), now.Text("start")).ShouldBe(("cancelled", "Ill", PoolCluster.At(13)));
        var then = await c.AcmeManager.Client.Get($"/resources/sessions/{session}?asOf={Uri.EscapeDataString(instant.ToString("O"))}");
        (then.Text("standing"), then.Text("start")).ShouldBe(("booked", PoolCluster.At(9)));
        (await c.AcmeManager.Client.Get($"/resources/sessions/{session}?asOf=2001-01-01T00:00:00Z"))
            .ShouldBeProblem(HttpStatusCode.Conflict, "time-outside-log");
        (await c.AcmeManager.Client.Get($"/resources/sessions/{session}?asOf=2001-01-01T00:00:00Z&asOfVersion=1"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "one-moment-only");
    }

    private static object Move(double from, double until) => new { start = PoolCluster.At(from), end = PoolCluster.At(until) };
}
