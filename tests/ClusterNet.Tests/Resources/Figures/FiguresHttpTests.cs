using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources.Figures;

public sealed class FiguresHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task All_firms_see_who_gives_and_who_takes_and_each_what_its_own_learning_costs()
    {
        var pool = await PoolCluster.Found(host);
        var room = await pool.Contribute();
        (await pool.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 2_500, hoursAYear = 100 })).ShouldBe(HttpStatusCode.OK);
        var session = (await pool.AcmeManager.Client.Post($"/resources/clusters/{pool.Id}/sessions", PoolCluster.Session(pool.Acme, 9, 11, room))).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var (manager, firm, count) in new[] { (pool.BoltManager, pool.Bolt, 3), (pool.AcmeManager, pool.Acme, 1) })
            (await manager.Client.Post($"/resources/sessions/{session}/seats", new { firm, count })).ShouldBe(HttpStatusCode.Created);
        var address = $"/resources/clusters/{pool.Id}/figures?year={PoolCluster.Tuesday.Year}";

        var seen = (await pool.BoltManager.Client.Get(address)).ShouldBe(HttpStatusCode.OK);

        var firms = seen.Json["firms"]!.AsArray().ToDictionary(f => f!["firm"]!.ToString()); // as the API tells, here and below
        ((long)firms[pool.Acme]!["balanceCents"]!, (long)firms[pool.Bolt]!["balanceCents"]!).ShouldBe((5_000, -5_000));
        (firms[pool.Acme]!["costCents"], (long?)firms[pool.Bolt]!["costCents"]).ShouldBe((null, 0));
        ((int)seen.Json["seats"]!["held"]!, (int)seen.Json["waits"]!["waiting"]!, (int)seen.Json["waits"]!["atOnce"]!).ShouldBe((3, 1, 1));
        ((long)seen.Json["resources"]![0]!["bookedMinutes"]!).ShouldBe(120);
        (await pool.Coordinator.Client.Get(address)).Json["firms"]!.AsArray().ShouldAllBe(f => f!["costCents"] != null);
        (await pool.Outsider.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");

        (await pool.BoltManager.Client.Get($"{address}&format=csv&table=firms")).Body.ShouldContain("given_cents,taken_cents,balance_cents");
        (await pool.BoltManager.Client.Get($"{address}&table=people")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-table");
        (await pool.BoltManager.Client.Get($"{address}&outsideCents=0")).ShouldBeProblem(HttpStatusCode.BadRequest, "out-of-range");
        (await pool.BoltManager.Client.Get($"/resources/clusters/{pool.Id}/figures?year=1999")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-year");

        // The pool's free times over HTTP, and what is asked wrongly.
        var free = $"/resources/clusters/{pool.Id}/availability?from={PoolCluster.At(0)}&to={PoolCluster.At(24)}";
        (await pool.BoltManager.Client.Get($"{free}&kind=room&minutes=600")).ShouldBe(HttpStatusCode.OK).Items.ShouldHaveSingleItem()["free"]!.AsArray().Count.ShouldBe(1);
        (await pool.BoltManager.Client.Get($"{free}&kind=money")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-kind");
        (await pool.BoltManager.Client.Get($"{free}&minutes=0")).ShouldBeProblem(HttpStatusCode.BadRequest, "out-of-range");
        (await pool.BoltManager.Client.Get($"/resources/clusters/{pool.Id}/availability?from={PoolCluster.At(24)}&to={PoolCluster.At(0)}"))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-time-range");
        (await pool.Outsider.Client.Get(free)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
    }
}
