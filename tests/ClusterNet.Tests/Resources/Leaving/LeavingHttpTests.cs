using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Projections;
using ClusterNet.Resources;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Resources.Leaving;

public sealed class LeavingHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_firm_that_leaves_gives_back_what_it_has_and_is_settled_with()
    {
        var c = await PoolCluster.Found(host);
        var (room, idle) = (await c.Contribute(), await c.Contribute());
        var hall = (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/resources", PoolCluster.Resource(c.Bolt, "room", 20, "always"))).Id;
        (await Pay(c, "in", 9_000, c.Acme)).ShouldBe(HttpStatusCode.Created);
        var own = await Book(c, c.AcmeManager, c.Acme, room, 9);
        var other = await Book(c, c.BoltManager, c.Bolt, hall, 9);
        var seats = (await Reserve(c.AcmeManager, c.Acme, other, 3)).ShouldBe(HttpStatusCode.Created).Id;
        var waiting = (await Reserve(c.BoltManager, c.Bolt, other, 2)).ShouldBe(HttpStatusCode.Created).Id;
        (await Reserve(c.AcmeManager, c.Acme, other, 1)).ShouldBe(HttpStatusCode.Created).Text("standing").ShouldBe("waiting");
        (await c.BoltManager.Client.Put($"/resources/resources/{hall}/approval", new { asked = true })).ShouldBe(HttpStatusCode.OK);
        var request = await Book(c, c.AcmeManager, c.Acme, hall, 14);

        (await c.AcmeManager.Client.Post($"/clusters/{c.Id}/memberships/{c.Acme}/departure", new { reason = "We closed the plant" })).ShouldBe(HttpStatusCode.OK);
        await host.CaughtUp();

        (await Json(c, $"/resources/sessions/{other}"))["seats"].ShouldNotBeNull().AsArray().Select(s => $"{s!["reservation"]} {s["standing"]}").ShouldBe([$"{waiting} held"], $"without {seats}"); // a list of seats
        var last = (await Json(c, $"/resources/resources/{room}"))["resource"].ShouldNotBeNull();
        last["active"].ShouldNotBeNull().GetValue<bool>().ShouldBeFalse();
        last["withdrawnAt"].ShouldNotBeNull().GetValue<DateTimeOffset>().ShouldBe(PoolCluster.Tuesday.AddHours(12));
        var gone = (await Json(c, $"/resources/resources/{idle}"))["resource"].ShouldNotBeNull();
        gone["withdrawnAt"].ShouldNotBeNull().GetValue<DateTimeOffset>().ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow);
        (await Json(c, $"/resources/sessions/{own}"))["standing"].ShouldNotBeNull().ToString().ShouldBe("booked");
        (await c.BoltManager.Client.Post($"/resources/sessions/{request}/request/approval", new { firm = c.Bolt })).ShouldBeProblem(HttpStatusCode.Conflict, "session-cancelled");

        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/departures")).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await c.AcmeManager.Client.Get($"/resources/clusters/{c.Id}/departures")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        var left = (await Json(c, $"/resources/clusters/{c.Id}/departures")).AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        $"{left["name"]} {left["balanceCents"]} {left["isSettled"]}".ShouldBe("Acme 9000 false");
        left["sessions"].ShouldNotBeNull().AsArray().Select(s => $"{s!["id"]}").ShouldBe([own]); // a list of sessions

        (await c.BoltManager.Client.Post($"/resources/sessions/{own}/organiser", new { firm = c.Bolt })).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await c.Coordinator.Client.Post($"/resources/sessions/{own}/organiser", new { firm = c.Acme })).ShouldBeProblem(HttpStatusCode.Forbidden, "firm-not-admitted");
        (await c.Coordinator.Client.Post($"/resources/sessions/{own}/organiser", new { firm = c.Bolt })).ShouldBe(HttpStatusCode.OK);
        (await c.BoltManager.Client.Put($"/resources/sessions/{own}/details", new { agenda = "As planned" })).ShouldBe(HttpStatusCode.OK);
        // Its statement stays the firm's to read, and what stands in its favour is paid out.
        (await c.AcmeManager.Client.Get($"/resources/clusters/{c.Id}/accounts/firms/{c.Acme}")).ShouldBe(HttpStatusCode.OK).Text("closingCents").ShouldBe("9000");
        (await c.AcmeManager.Client.Get($"/resources/clusters/{c.Id}/accounts/firms/{c.Bolt}")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await Pay(c, "out", 9_001, c.Acme)).ShouldBeProblem(HttpStatusCode.Conflict, "account-too-low");
        (await Pay(c, "out", 9_000, c.Acme)).ShouldBe(HttpStatusCode.Created);
        $"{(await Json(c, $"/resources/clusters/{c.Id}/departures"))[0].ShouldNotBeNull()["isSettled"]}".ShouldBe("true");
        await TablesEqualEvents();

        (await c.AcmeManager.Client.Post($"/clusters/{c.Id}/memberships", new { firm = c.Acme, reason = "back" })).ShouldBe(HttpStatusCode.Created);
        (await c.Coordinator.Client.Post($"/clusters/{c.Id}/memberships/{c.Acme}/admission", new { reason = "welcome" })).ShouldBe(HttpStatusCode.OK);
        (await Json(c, $"/resources/clusters/{c.Id}/departures")).AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Sessions_on_a_resource_that_is_withdrawn_are_kept_or_cancelled_as_the_owner_says()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var (own, other) = (await Book(c, c.AcmeManager, c.Acme, room, 9), await Book(c, c.BoltManager, c.Bolt, room, 13));

        var refused = (await Withdraw(c.AcmeManager, room, null)).ShouldBeProblem(HttpStatusCode.Conflict, "resource-booked");
        foreach (var session in new[] { own, other }) refused.Body.ShouldContain(session);
        (await Withdraw(c.AcmeManager, room, "cancel")).ShouldBeProblem(HttpStatusCode.Forbidden, "bookings-of-others").Body.ShouldContain(other);
        (await Withdraw(c.BoltManager, room, "keep")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        foreach (var session in new[] { own, other }) (await Json(c, $"/resources/sessions/{session}"))["standing"].ShouldNotBeNull().ToString().ShouldBe("booked");

        (await Withdraw(c.AcmeManager, room, "keep")).ShouldBe(HttpStatusCode.OK);
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 6, 8, room))).ShouldBeProblem(HttpStatusCode.Conflict, "resource-withdrawn");
        foreach (var session in new[] { own, other }) (await Json(c, $"/resources/sessions/{session}"))["standing"].ShouldNotBeNull().ToString().ShouldBe("booked");

        var hall = await c.Contribute();
        var third = await Book(c, c.BoltManager, c.Bolt, hall, 9);
        (await c.Coordinator.Client.Post($"/resources/resources/{hall}/withdrawal", new { reason = "The roof leaks", bookings = "cancel" }, ("If-Match", "\"0\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await Json(c, $"/resources/sessions/{third}"))["standing"].ShouldNotBeNull().ToString().ShouldBe("booked");
        (await Withdraw(c.Coordinator, hall, "cancel")).ShouldBe(HttpStatusCode.OK);
        (await Json(c, $"/resources/sessions/{third}"))["cancelReason"].ShouldNotBeNull().ToString().ShouldBe("The roof leaks");
        await TablesEqualEvents();
    }

    private async Task TablesEqualEvents()
    {
        var reports = (await host.Services.GetRequiredService<Replay>().Verify(null, Ct)).Where(r => r.Table.StartsWith(ResourcesModule.Name + ".", StringComparison.Ordinal)).ToList();
        reports.Select(r => r.Table).ShouldContain("resources.pool_departures");
        reports.Where(r => !r.Equal).ShouldBeEmpty();
    }

    private static async Task<JsonNode> Json(PoolCluster c, string path) => (await c.Coordinator.Client.Get(path)).ShouldBe(HttpStatusCode.OK).Json;

    private static async Task<string> Book(PoolCluster c, Account by, string firm, string room, double from) =>
        (await by.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(firm, from, from + 3, room))).ShouldBe(HttpStatusCode.Created).Id;

    private static Task<Answer> Reserve(Account by, string firm, string session, int count) => by.Client.Post($"/resources/sessions/{session}/seats", new { firm, count });

    private static Task<Answer> Withdraw(Account by, string resource, string? bookings) => by.Client.Post($"/resources/resources/{resource}/withdrawal", new { reason = "The roof leaks", bookings });

    private static Task<Answer> Pay(PoolCluster c, string direction, long cents, string firm) =>
        c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/payments", new { direction, amountCents = cents, on = Today, text = "Money", firm });
}
