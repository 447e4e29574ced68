using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources.Rules;

public sealed class LimitHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_rule_that_refuses_more_says_how_much_is_left_and_who_can_lift_it()
    {
        var c = await PoolCluster.Found(host);
        var session = await Booked(c);
        await Adopt(c, new { byContribution = 100, byHead = 0, solidarity = 0, limit = "refuse", freeDays = 1 });

        // Acme alone gives; a seat is a third of a session worth 18000.
        var refused = (await Reserve(c.BoltManager, c.Bolt, session, 1)).ShouldBeProblem(HttpStatusCode.Conflict, "over-entitlement");
        $"{refused.Text("entitledCents")} {refused.Text("usedCents")} {refused.Text("leftCents")} {refused.Text("neededCents")}".ShouldBe("0 0 0 6000");
        var lifted = (await Reserve(c.Coordinator, c.Bolt, session, 1)).ShouldBe(HttpStatusCode.Created);
        $"{lifted.Text("usedCents")} {lifted.Text("leftCents")} {lifted.Text("overEntitlement")}".ShouldBe("6000 -6000 true");
        // Who called the session bears its free seats already.
        var own = (await Reserve(c.AcmeManager, c.Acme, session, 1)).ShouldBe(HttpStatusCode.Created);
        $"{own.Text("usedCents")} {own.Text("leftCents")} {own.Text("overEntitlement")}".ShouldBe("12000 48000 false");

        // Near enough to the begin, seats that nobody waits for are for all.
        await Adopt(c, new { byContribution = 100, byHead = 0, solidarity = 0, limit = "refuse", freeDays = 365 });
        (await Reserve(c.BoltManager, c.Bolt, session, 1)).ShouldBe(HttpStatusCode.Created).Text("overEntitlement").ShouldBe("true");
        // None is free now: to wait beside others is no use of what would be wasted.
        (await Reserve(c.BoltManager, c.Bolt, session, 1)).ShouldBeProblem(HttpStatusCode.Conflict, "over-entitlement");
    }

    [Fact]
    public async Task A_rule_that_warns_tells_whoever_reserves()
    {
        var c = await PoolCluster.Found(host);
        var session = await Booked(c);
        (await Reserve(c.BoltManager, c.Bolt, session, 1)).ShouldBe(HttpStatusCode.Created).Json["leftCents"].ShouldBeNull();
        await Adopt(c, new { byContribution = 100, byHead = 0, solidarity = 0, limit = "warn", freeDays = 9 });
        (await Reserve(c.BoltManager, c.Bolt, session, 1)).ShouldBe(HttpStatusCode.Created).Text("overEntitlement").ShouldBe("true");
        var rule = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/rules")).Json["inForce"].ShouldNotBeNull()["rule"].ShouldNotBeNull();
        // Days stand for a rule that refuses.
        (rule["limit"]?.ToString(), rule["freeDays"]).ShouldBe(("warn", null));
        (await c.AcmeManager.Client.Post(
            $"/resources/clusters/{c.Id}/rules/proposals",
            new { rule = new { byContribution = 100, byHead = 0, solidarity = 0, limit = "refuse", freeDays = 366 }, grounds = "x", votesUntil = DateTimeOffset.UtcNow.AddDays(9) }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
    }

    private static async Task<string> Booked(PoolCluster c)
    {
        var room = await c.Contribute();
        (await c.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 6_000, hoursAYear = 10 })).ShouldBe(HttpStatusCode.OK);
        return (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, room))).ShouldBe(HttpStatusCode.Created).Id;
    }

    private static async Task Adopt(PoolCluster c, object rule)
    {
        var path = $"/resources/clusters/{c.Id}/rules/proposals";
        var proposal = (await c.AcmeManager.Client.Post(path, new { rule, grounds = "Nobody takes all", votesUntil = DateTimeOffset.UtcNow.AddDays(9) })).ShouldBe(HttpStatusCode.Created).Id;
        (await c.AcmeManager.Client.Post($"{path}/{proposal}/votes", new { firm = c.Acme, inFavour = true })).ShouldBe(HttpStatusCode.OK);
        (await c.BoltManager.Client.Post($"{path}/{proposal}/votes", new { firm = c.Bolt, inFavour = true })).ShouldBe(HttpStatusCode.OK);
    }

    private static Task<Answer> Reserve(Account by, string firm, string session, int count) => by.Client.Post($"/resources/sessions/{session}/seats", new { firm, count });
}
