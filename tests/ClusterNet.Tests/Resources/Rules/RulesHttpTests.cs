using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources.Rules;

public sealed class RulesHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Member_firms_adopt_a_rule_and_see_what_each_of_them_may_use()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        (await c.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 5_000, hoursAYear = 20 })).ShouldBe(HttpStatusCode.OK);
        var before = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/entitlements")).ShouldBe(HttpStatusCode.OK).Json;
        before["rule"].ShouldBeNull();
        before["poolCents"].ShouldNotBeNull().GetValue<long>().ShouldBe(100_000);

        var proposed = (await Propose(c, c.AcmeManager, 50, 0, 50)).ShouldBe(HttpStatusCode.Created).Id;
        (await Propose(c, c.BoltManager, 100, 0, 0)).ShouldBeProblem(HttpStatusCode.Conflict, "proposal-open");
        (await Vote(c, c.AcmeManager, proposed, c.Acme)).ShouldBe(HttpStatusCode.OK);
        (await Vote(c, c.AcmeManager, proposed, c.Bolt)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await Vote(c, c.Coordinator, proposed, c.Bolt)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await Vote(c, c.Outsider, proposed, c.Stranger)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        var open = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/rules")).Json["proposal"].ShouldNotBeNull();
        $"{open["inFavour"]} {open["against"]} {open["needed"]} {open["grounds"]}".ShouldBe("1 0 2 Nobody is left out");
        (await Vote(c, c.BoltManager, proposed, c.Bolt)).ShouldBe(HttpStatusCode.OK);

        var rules = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/rules")).Json;
        rules["proposal"].ShouldBeNull();
        rules["inForce"].ShouldNotBeNull()["version"].ShouldNotBeNull().GetValue<int>().ShouldBe(1);
        var shares = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/entitlements")).Json["firms"].ShouldNotBeNull().AsArray();
        // Half goes to Acme, which alone gives; the other half in equal parts, for both are of unknown size.
        shares.Select(f => $"{f!["name"]} {f["contributedCents"]} {f["entitledCents"]} {f["usedCents"]} {f["leftCents"]}").ShouldBe(["Acme 100000 75000 0 75000", "Bolt 0 25000 0 25000"]); // a list of firms
        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/entitlements?format=csv")).Body.ShouldContain(",Acme,,1,100000,75000,0,75000");
    }

    [Fact]
    public async Task What_is_booked_counts_for_the_firms_that_hold_the_seats()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute(available: "Mon-Fri 08:00-20:00");
        (await c.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 6_000, hoursAYear = 10 })).ShouldBe(HttpStatusCode.OK);
        var session = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, room))).ShouldBe(HttpStatusCode.Created).Id;
        var year = PoolCluster.Tuesday.Year;
        (await Used(c, year)).ShouldBe(["Acme 18000", "Bolt 0"]);
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 2 })).ShouldBe(HttpStatusCode.Created);
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Acme, count = 1 })).ShouldBe(HttpStatusCode.Created);
        (await Used(c, year)).ShouldBe(["Acme 6000", "Bolt 12000"]);

        var simulated = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/rules/simulation?byContribution=90&byHead=10&year={year}")).ShouldBe(HttpStatusCode.OK).Json["firms"].ShouldNotBeNull().AsArray();
        simulated.Select(f => $"{f!["name"]} {f["usedCents"]} {f["nowCents"]} {f["thenCents"]} {f["overThen"]}").ShouldBe(["Acme 6000  57000 false", "Bolt 12000  3000 true"]); // a list of firms
    }

    [Fact]
    public async Task What_counts_as_given_is_what_the_pool_has_of_it()
    {
        var c = await PoolCluster.Found(host);
        var today = DateTimeOffset.UtcNow;
        var (room, gone) = (await c.Contribute(), await c.Contribute());
        foreach (var one in (string[])[room, gone]) (await c.Coordinator.Client.Put($"/resources/resources/{one}/value", new { hourlyCents = 100_000, hoursAYear = 8_760 })).ShouldBe(HttpStatusCode.OK);
        (await c.AcmeManager.Client.Post($"/resources/resources/{gone}/withdrawal", new { reason = "Sold" })).ShouldBe(HttpStatusCode.OK);
        await Pay("in", 50_000);
        await Pay("out", 20_000);
        // Taken back on the day it came, it has been there for no whole day; money that is paid out again is not given.
        (await Given(today.Year)).ShouldBe(["Acme 876030000", "Bolt 0"]);
        (await Given(today.Year - 1)).ShouldBe(["Acme 0", "Bolt 0"]);
        (await Given(today.Year + 1)).ShouldBe(["Acme 876000000", "Bolt 0"]);

        async Task Pay(string direction, long cents) => (await c.Coordinator.Client.Post(
            $"/resources/clusters/{c.Id}/payments", new { direction, amountCents = cents, on = DateOnly.FromDateTime(today.UtcDateTime), text = "Fee", firm = c.Acme })).ShouldBe(HttpStatusCode.Created);

        async Task<IReadOnlyList<string>> Given(int year) => [.. (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/entitlements?year={year}")).Json["firms"].ShouldNotBeNull().AsArray()
            .Select(f => $"{f!["name"]} {f["contributedCents"]}")]; // a list of firms
    }

    [Fact]
    public async Task What_is_no_rule_is_refused_and_nobody_from_outside_looks_in()
    {
        var c = await PoolCluster.Found(host);
        var erna = await PoolCluster.Employee(host, c.AcmeManager, c.Acme);
        (await Propose(c, c.AcmeManager, 50, 20, 31)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Text("detail").ShouldNotBeEmpty();
        (await Propose(c, c.AcmeManager, 50, 20, 30, days: 0)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "voting-time");
        (await Propose(c, erna, 50, 20, 30)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await Propose(c, c.Outsider, 50, 20, 30)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await c.AcmeManager.Client.Get($"/resources/clusters/{c.Id}/rules/simulation?byContribution=90")).ShouldBeProblem(HttpStatusCode.BadRequest, "rule-unsound");
        (await c.AcmeManager.Client.Get($"/resources/clusters/{c.Id}/entitlements?year=1")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-year");
        foreach (var path in new[] { "rules", "entitlements", "rules/simulation?byHead=100" })
        {
            (await erna.Client.Get($"/resources/clusters/{c.Id}/{path}")).ShouldBe(HttpStatusCode.OK);
            (await c.Outsider.Client.Get($"/resources/clusters/{c.Id}/{path}")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        }

        var proposed = (await Propose(c, c.AcmeManager, 50, 20, 30)).Id;
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/rules/proposals/{proposed}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-proposal");
        (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/rules/proposals/{proposed}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        (await Vote(c, c.BoltManager, proposed, c.Bolt)).ShouldBeProblem(HttpStatusCode.NotFound, "proposal-unknown");
    }

    private static Task<Answer> Propose(PoolCluster c, Account by, int byContribution, int byHead, int solidarity, int days = 14) => by.Client.Post(
        $"/resources/clusters/{c.Id}/rules/proposals",
        new { rule = new { byContribution, byHead, solidarity }, grounds = "Nobody is left out", votesUntil = DateTimeOffset.UtcNow.AddDays(days) });

    private static Task<Answer> Vote(PoolCluster c, Account by, string proposal, string firm) =>
        by.Client.Post($"/resources/clusters/{c.Id}/rules/proposals/{proposal}/votes", new { firm, inFavour = true });

    private static async Task<IReadOnlyList<string>> Used(PoolCluster c, int year) =>
        [.. (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/entitlements?year={year}")).Json["firms"].ShouldNotBeNull().AsArray().Select(f => $"{f!["name"]} {f["usedCents"]}")]; // a list of firms
}
