using System.Net;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

public sealed class ReplayTests(ClustersHttpTests.House house) : IClassFixture<ClustersHttpTests.House>
{
    [Fact]
    public async Task Every_read_table_is_the_same_when_made_again_from_the_facts()
    {
        var (cora, olga) = (await house.Host.Newcomer(house.Operator, "Cora"), await house.Host.Newcomer(house.Operator, "Olga"));
        var cluster = await cora.Found();
        var firm = await olga.Join(cluster, cora, "Acme");
        var people = $"/clusters/firms/{firm}/people";
        var figures = new { headCount = 9, turnoverCents = 100L, reportedOn = "2026-01-31" };
        (await olga.Client.Post($"/clusters/firms/{firm}/figures", figures)).ShouldBe(HttpStatusCode.OK);
        var ben = (await olga.Client.Post(people, World.PersonBody(World.NewEmail()))).Id;
        (await olga.Client.Post($"{people}/{ben}/position", new { position = "manager", jobTitle = "Head" })).ShouldBe(HttpStatusCode.OK);
        (await olga.Client.Post($"{people}/{ben}/departure", new { reason = "Moved" })).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", World.Csv(Mixed.Firms(20, seed: 3)))).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", World.Csv(Mixed.People(20, seed: 3)))).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.Post($"/clusters/{cluster}/memberships/{firm}/suspension", new { reason = "Dues" })).ShouldBe(HttpStatusCode.OK);
        await house.Host.CaughtUp();
        var reports = await house.Host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken);
        var ours = reports.Where(r => r.Table.StartsWith("clusters.", StringComparison.Ordinal)).ToList();
        ours.Count.ShouldBe(8);
        ours.ShouldAllBe(r => r.Equal);
        ours.Count(r => r.LiveRows > 0).ShouldBeGreaterThanOrEqualTo(5);
    }
}
