using System.Net;
using System.Text;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources;

public sealed class ResourcesOverHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly Dictionary<RunningHost, Task<Account>> Operators = [];

    private async Task<PoolCluster> Cluster()
    {
        if (!Operators.TryGetValue(host, out var known)) Operators[host] = known = host.Operator();
        return await PoolCluster.Found(host, await known);
    }

    [Fact]
    public async Task Two_firms_share_a_session_on_pooled_resources_and_nobody_books_over_it()
    {
        var c = await Cluster();
        var (room, licence) = (await c.Contribute(available: "Mon-Fri 08:00-18:00"), await c.Contribute("licence", 5));
        var booked = await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, room, licence));
        booked.ShouldBe(HttpStatusCode.Created).Headers["Location"].ShouldBe($"/api/v1/resources/sessions/{booked.Id}");
        var before = await host.EventCount();

        var refused = await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 11, 13, licence, room));

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
        var first = await c.AcmeManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Acme, count = 2, people = new[] { c.AcmeManager.Person } });
        first.ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("held");
        var second = await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 1 });
        second.ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("held");
        var third = await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 2 });
        third.ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("waiting");
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats/{first.Id}/cancellation", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/seats/{first.Id}/cancellation", null)).ShouldBe(HttpStatusCode.OK);

        var now = await c.BoltManager.Client.Get($"/resources/sessions/{session}");
        now.Json["seats"]!.AsArray().Select(s => $"{s!["reservation"]} {s["standing"]}").ShouldBe([$"{second.Id} held", $"{third.Id} held"]); // a list of seats
        now.Headers["ETag"].ShouldBe("\"6\"");
        var then = await c.BoltManager.Client.Get($"/resources/sessions/{session}?asOfVersion=2");
        var seat = then.Json["seats"]!.AsArray().ShouldHaveSingleItem()!; // a list of seats
        (seat["count"]!.GetValue<int>(), seat["people"]).ShouldBe((2, null)); // whom Acme sends is not Bolt's business
    }

    private static async Task The_room_shows_what_is_booked_and_what_is_free(PoolCluster c, string room, string session)
    {
        var shown = await c.BoltManager.Client.Get($"/resources/resources/{room}?from={PoolCluster.At(0)}&to={PoolCluster.At(24)}");
        shown.Json["bookings"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(session); // the one booking
        var free = await c.BoltManager.Client.Get($"/resources/resources/{room}/free?from={PoolCluster.At(8)}&to={PoolCluster.At(14)}");
        free.Json["free"]!.AsArray().Select(f => $"{f!["start"]} {f["end"]} {f["units"]}") // a list of slots
            .ShouldBe([$"{PoolCluster.At(8)} {PoolCluster.At(9)} 1", $"{PoolCluster.At(12)} {PoolCluster.At(14)} 1"]);
        var list = await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/sessions?from={PoolCluster.At(10)}&to={PoolCluster.At(11)}&limit=1");
        list.Json["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(session); // the one session
        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/sessions?from={PoolCluster.At(12)}")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/resources")).Json["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_32_clients_that_book_the_same_hour_over_HTTP_one_wins()
    {
        var c = await Cluster();
        var room = await c.Contribute();

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => n % 2 == 0
            ? c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room), ("Idempotency-Key", $"{n}"))
            : c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 9, 10, room), ("Idempotency-Key", $"{n}"))));

        var winner = all.Where(a => a.Status == HttpStatusCode.Created).ShouldHaveSingleItem();
        var losers = all.Where(a => a.Status != HttpStatusCode.Created).ToList();
        losers.ShouldAllBe(l => l.ShouldBeProblem(HttpStatusCode.Conflict, "already-booked").Body.Contains(winner.Id));
        losers.Count.ShouldBe(31);
    }

    [Fact]
    public async Task A_booking_sent_again_with_its_key_is_answered_as_before()
    {
        var c = await Cluster();
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
        var c = await Cluster();
        var room = await c.Contribute(available: "Mon-Fri 08:00-18:00");
        var session = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room))).Id;
        await host.CaughtUp();
        var instant = DateTimeOffset.UtcNow;
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/move", Move(13, 14))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(13, 14), ("If-Match", "\"7\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(18, 19))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "outside-availability");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(13, 14), ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "sold" })).ShouldBeProblem(HttpStatusCode.Conflict, "resource-booked")
            .Json["bookings"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(session); // the list that stands in the way
        (await c.Coordinator.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "Ill" })).ShouldBe(HttpStatusCode.OK);
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/move", Move(14, 15))).ShouldBeProblem(HttpStatusCode.Conflict, "session-cancelled");
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "sold" })).ShouldBe(HttpStatusCode.OK);
        await host.CaughtUp();

        var now = await c.AcmeManager.Client.Get($"/resources/sessions/{session}");
        (now.Text("standing"), now.Text("cancelReason"), now.Text("start")).ShouldBe(("cancelled", "Ill", PoolCluster.At(13)));
        var then = await c.AcmeManager.Client.Get($"/resources/sessions/{session}?asOf={Uri.EscapeDataString(instant.ToString("O"))}");
        (then.Text("standing"), then.Text("start")).ShouldBe(("booked", PoolCluster.At(9)));
        (await c.AcmeManager.Client.Get($"/resources/sessions/{session}?asOf=2001-01-01T00:00:00Z")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "as-of-out-of-range");
        (await c.AcmeManager.Client.Get($"/resources/sessions/{session}?asOf=2001-01-01T00:00:00Z&asOfVersion=1")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "as-of-twice");
    }

    [Fact]
    public async Task Strangers_see_nothing_and_members_may_only_act_for_their_firm()
    {
        var (c, foreign) = (await Cluster(), await Cluster());
        var (room, elsewhere) = (await c.Contribute(), await foreign.Contribute());
        var session = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room))).Id;
        var before = await host.EventCount();

        foreach (var path in (string[])[$"clusters/{c.Id}/resources", $"clusters/{c.Id}/sessions", $"resources/{room}", $"sessions/{session}"])
            (await c.Outsider.Client.Get($"/resources/{path}")).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await c.Outsider.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Stranger, 11, 12, room))).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await c.Outsider.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Stranger, count = 1 })).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.Outsider.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "x" })).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.Outsider.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "x" })).ShouldBeProblem(HttpStatusCode.NotFound, "resource-unknown");
        (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Stranger, 11, 12, room))).ShouldBeProblem(HttpStatusCode.Forbidden, "firm-not-admitted");
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 11, 12, room))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.BoltManager.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 11, 12, elsewhere))).ShouldBeProblem(HttpStatusCode.NotFound, "resource-unknown");
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Acme, count = 1, people = new[] { c.BoltManager.Person } }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-in-firm");
        (await host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task An_employee_reads_the_pool_and_books_nothing()
    {
        var c = await Cluster();
        var room = await c.Contribute();
        var employee = await PoolCluster.Employee(host, c.AcmeManager, c.Acme);

        (await employee.Client.Get($"/resources/resources/{room}")).ShouldBe(HttpStatusCode.OK);
        (await employee.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await employee.Client.Post($"/resources/clusters/{c.Id}/resources", PoolCluster.Resource(c.Acme, "room", 5, "always"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await employee.Client.PostCsv($"/resources/clusters/{c.Id}/imports/resources", [])).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Requests_that_can_never_succeed_say_what_to_change()
    {
        var c = await Cluster();
        var room = await c.Contribute();
        var (sessions, resources) = ($"/resources/clusters/{c.Id}/sessions", $"/resources/clusters/{c.Id}/resources");

        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, -24 * 400, (-24 * 400) + 1, room))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "starts-in-the-past");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 10, 9, room))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 9, 9.1, room))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 9, 10, room, room))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 9, 10))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(resources, PoolCluster.Resource(c.Acme, "room", 5, "Mo-Fr 8-18"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(resources, PoolCluster.Resource(c.Acme, "money", 5, "always"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Get($"/resources/resources/{room}/free?from={PoolCluster.At(9)}&to={PoolCluster.At(8)}")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-time-range");
        var twice = PoolCluster.Resource(c.Acme, "room", 5, "always");
        (await c.AcmeManager.Client.Post(resources, twice)).ShouldBe(HttpStatusCode.Created);
        (await c.AcmeManager.Client.Post(resources, twice)).ShouldBeProblem(HttpStatusCode.Conflict, "resource-exists");
    }

    [Fact]
    public async Task The_shipped_list_goes_in_once_however_often_it_is_sent()
    {
        var c = await Cluster();
        var demo = Path.Combine(TestServer.HostDirectory(), "Demo", "cluster");
        (await c.Coordinator.Client.PostCsv($"/clusters/{c.Id}/imports/firms", await File.ReadAllBytesAsync(Path.Combine(demo, "firms.csv"), TestContext.Current.CancellationToken))).ShouldBe(HttpStatusCode.OK);
        var csv = await File.ReadAllBytesAsync(Path.Combine(demo, "resources.csv"), TestContext.Current.CancellationToken);
        var path = $"/resources/clusters/{c.Id}/imports/resources";

        Counts(await c.Coordinator.Client.PostCsv($"{path}?dryRun=true", csv)).ShouldBe("14 accepted, 0 already there, 0 rejected");
        (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/resources")).Json["items"]!.AsArray().ShouldBeEmpty(); // nothing was written
        Counts(await c.Coordinator.Client.PostCsv(path, csv)).ShouldBe("14 accepted, 0 already there, 0 rejected");
        Counts(await c.Coordinator.Client.PostCsv(path, csv)).ShouldBe("0 accepted, 14 already there, 0 rejected");
        (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/resources")).Json["items"]!.AsArray().Count.ShouldBe(14); // a page of resources
    }

    [Fact]
    public async Task Bad_rows_are_named_and_good_ones_go_in()
    {
        var c = await Cluster();
        const string Csv = """
            firm;kind;name;capacity;unit;amount;available;time_zone
            Acme;room;Hall;12;seats;;Mon-Fri 08:00-18:00;Europe/Berlin
            acme;room;hall;12;seats;;always;
            Akme;room;Shed;12;seats;;always;
            Bolt;boat;Shed;12;seats;;always;
            Bolt;money;Fund;3;;405000;always;
            Bolt;room;Shed;;seats;5;Mo-Fr 8-18;Berlin
            """;

        var report = await c.Coordinator.Client.PostCsv($"/resources/clusters/{c.Id}/imports/resources", Encoding.UTF8.GetBytes(Csv));

        Counts(report).ShouldBe("1 accepted, 1 already there, 4 rejected");
        report.Json["faults"]!.AsArray().Select(f => $"{f!["line"]} {f["column"]} {f["code"]}").ShouldBe( // a list of faults
        [
            "4 firm firm-not-in-cluster", "5 kind cell-not-allowed", "6 capacity capacity", "7 capacity cell-empty", "7 amount amount",
            "7 available malformed-hours", "7 time_zone unknown-time-zone",
        ]);
    }

    private static string Counts(Answer report) => $"{report.Json["accepted"]} accepted, {report.Json["alreadyThere"]} already there, {report.Json["rejected"]} rejected";

    private static object Move(double from, double until) => new { start = PoolCluster.At(from), end = PoolCluster.At(until) };
}
