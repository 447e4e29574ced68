using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

public sealed class ClustersHttpTests(ClustersHttpTests.House house) : IClassFixture<ClustersHttpTests.House>
{
    public sealed class House : IAsyncLifetime
    {
        public RunningHost Host { get; } = new();

        internal Account Operator { get; private set; } = null!; // set before any test

        public async ValueTask InitializeAsync()
        {
            await Host.InitializeAsync();
            Operator = await Host.Operator();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private Task<Account> Somebody(string name) => house.Host.Newcomer(house.Operator, name);

    [Fact]
    public async Task Who_founds_a_cluster_coordinates_it()
    {
        var founder = await Somebody("Cora Coordinator");
        var cluster = await founder.Found("Metalworkers");
        var shown = await founder.Client.Get($"/clusters/{cluster}");
        shown.Text("name").ShouldBe("Metalworkers");
        shown.Headers["ETag"].ShouldBe("\"1\"");
        (await founder.Client.Get("/access/me")).Body.ShouldContain($"\"coordinator\"");
        (await founder.Client.Get("/clusters?limit=1")).ShouldBe(HttpStatusCode.OK).Json["items"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        (await founder.Client.Get($"/clusters/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await founder.Client.Get("/clusters/nonsense")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var bad = await founder.Client.Post("/clusters", new { name = "", nuts = "xx", sectors = (string[])["nope"], charter = "c", businessObjective = "o" });
        bad.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Json["errors"].ShouldNotBeNull().AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_firm_applies_and_is_admitted_and_suspended_by_the_coordinator_only()
    {
        var (coordinator, owner, stranger) = (await Somebody("Cora Coord"), await Somebody("Olga Owner"), await Somebody("Stan Stranger"));
        var cluster = await coordinator.Found();
        var firm = await owner.Register("Acme");
        var apply = new { firm, reason = "To learn" };
        (await stranger.Client.Post($"/clusters/{cluster}/memberships", apply)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await owner.Client.Post($"/clusters/{Guid.NewGuid()}/memberships", apply)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await owner.Client.Post($"/clusters/{cluster}/memberships", new { firm = Guid.NewGuid(), reason = "x" }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "firm-unknown");
        (await owner.Client.Post($"/clusters/{cluster}/memberships", apply)).ShouldBe(HttpStatusCode.Created);
        (await owner.Client.Post($"/clusters/{cluster}/memberships/{firm}/admission", new { reason = "Me" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await coordinator.Client.Get($"/clusters/{cluster}/memberships?state=applied")).Body.ShouldContain(firm);
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/suspension", new { reason = "No" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "membership-not-admitted");
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/admission", new { reason = "Yes" })).ShouldBe(HttpStatusCode.OK);
        (await stranger.Client.Get($"/clusters/{cluster}/firms")).Body.ShouldContain(firm);
        var stale = await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/suspension", new { reason = "Dues" }, ("If-Match", "\"1\""));
        stale.ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/suspension", new { reason = "Dues" }, ("If-Match", "\"2\""))).ShouldBe(HttpStatusCode.OK);
        (await stranger.Client.Get($"/clusters/{cluster}/firms")).Body.ShouldNotContain(firm);
        (await owner.Client.Get($"/clusters/{cluster}/memberships/{firm}")).Text("reason").ShouldBe("Dues");
        (await stranger.Client.Get($"/clusters/{cluster}/memberships/{firm}")).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await owner.Client.Post($"/clusters/{cluster}/memberships/{firm}/departure", new { reason = "Then we go" })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_firm_is_registered_once_and_the_second_try_names_it()
    {
        var (owner, other) = (await Somebody("Olga One"), await Somebody("Otto Other"));
        var first = (await owner.Client.Post("/clusters/firms", World.FirmBody("Twin", "HRB 77", "Hagen"))).ShouldBe(HttpStatusCode.Created);
        var before = await house.Host.EventCount();
        var again = await other.Client.Post("/clusters/firms", World.FirmBody("Twin 2", "hrb-77", "HAGEN"));
        again.ShouldBeProblem(HttpStatusCode.Conflict, "firm-already-registered").Text("firm").ShouldBe(first.Id);
        (await house.Host.EventCount()).ShouldBe(before);
        (await other.Client.Post("/clusters/firms", World.FirmBody("Elsewhere", "HRB 77", "Altena"))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Figures_are_seen_by_the_manager_and_coordinators_and_nobody_else()
    {
        var (coordinator, owner, rival) = (await Somebody("Cora Sees"), await Somebody("Olga Figures"), await Somebody("Rita Rival"));
        var cluster = await coordinator.Found();
        var firm = await owner.Join(cluster, coordinator, "Figures Ltd");
        await rival.Join(cluster, coordinator, "Rival Ltd");
        var figures = new { headCount = 9, turnoverCents = 200_000_000L, balanceSheetCents = 900_000_000L, reportedOn = "2026-01-31" };
        (await rival.Client.Post($"/clusters/firms/{firm}/figures", figures)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Client.Post($"/clusters/firms/{firm}/figures", figures)).ShouldBe(HttpStatusCode.OK);
        foreach (var insider in (Account[])[owner, coordinator])
            (await insider.Client.Get($"/clusters/firms/{firm}")).Json["figures"].ShouldNotBeNull()["headCount"].ShouldNotBeNull().GetValue<int>().ShouldBe(9);
        var seen = await rival.Client.Get($"/clusters/firms/{firm}");
        seen.Json["figures"].ShouldBeNull();
        seen.Body.ShouldNotContain("900000000");
        seen.Text("sizeClass").ShouldBe("micro");
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/suspension", new { reason = "Dues" })).ShouldBe(HttpStatusCode.OK);
        (await coordinator.Client.Get($"/clusters/firms/{firm}")).Json["figures"].ShouldBeNull();
    }

    [Fact]
    public async Task My_firms_are_those_in_which_I_have_a_role()
    {
        var owner = await Somebody("Olga Mine");
        var firm = await owner.Register("Mine");
        await (await Somebody("Otto Else")).Register("Not mine");
        var mine = (await owner.Client.Get("/clusters/firms/mine")).ShouldBe(HttpStatusCode.OK).Json.AsArray();
        mine.Count.ShouldBe(1);
        mine[0].ShouldNotBeNull()["firm"].ShouldNotBeNull()["firm"].ShouldNotBeNull().ToString().ShouldBe(firm);
    }

    [Fact]
    public async Task The_same_founding_sent_twice_with_a_key_founds_one_cluster()
    {
        var founder = await Somebody("Ida Idempotent");
        var body = new { name = "Once", nuts = "DE", sectors = (string[])["C"], charter = "c", businessObjective = "o" };
        var first = await founder.Client.Post("/clusters", body, ("Idempotency-Key", "found-1"));
        (await founder.Client.Post("/clusters", body, ("Idempotency-Key", "found-1"))).Id.ShouldBe(first.Id);
    }
}
