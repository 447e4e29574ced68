using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Plans;
using ClusterNet.Projections;
using ClusterNet.Resources.Demand;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Skills;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Resources.Demand;

public sealed class DemandHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string FiveS = "http://data.europa.eu/esco/skill/a276b1ad-c0b7-4b33-899c-0fbfcdbe0eee", Accounting = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wishes_of_two_firms_become_one_session()
    {
        var c = await PoolCluster.Found(host);
        var (erna, pool) = (await PoolCluster.Employee(host, c.AcmeManager, c.Acme), $"/resources/clusters/{c.Id}");
        var (room, trainer) = (await c.Contribute(capacity: 10), await c.Contribute("trainer", 1));
        await Value(c, room, 2_500);
        await Value(c, trainer, 4_000);

        var wish = await Wishes_are_made_once(c, erna);
        (await c.BoltManager.Client.Post($"{pool}/wishes", new { skillUri = FiveS })).ShouldBe(HttpStatusCode.Created);
        var seen = await Proposal(c, c.Coordinator);
        $"{seen["firms"]} {seen["peopleAtLeast"]} {seen["peopleAtMost"]} {seen["wishes"]} {seen["standing"]}".ShouldBe("2 2 2 2 open");
        // Six hours of an hour's 65 euro, for two.
        $"{seen["costs"]?["aloneCents"]} {seen["costs"]?["totalCents"]} {seen["costs"]?["pooledCents"]}".ShouldBe("30000 39000 19500");
        $"{seen["earliest"]?["room"]} {seen["earliest"]?["trainer"]}".ShouldBe($"{room} {trainer}");
        (await c.Coordinator.Client.Get($"{pool}/demand")).Json["price"]?["assumed"]?.GetValue<bool>().ShouldBeTrue();
        (await c.Coordinator.Client.Put($"{pool}/training-price", new { hourCents = 6_800, hours = 5, source = "Three offers" })).ShouldBe(HttpStatusCode.OK);
        (await c.AcmeManager.Client.Put($"{pool}/training-price", new { hourCents = 1, hours = 5, source = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await Proposal(c, c.BoltManager))["costs"]?["aloneCents"]?.GetValue<long>().ShouldBe(34_000);
        var members = await Proposal(c, erna);
        (members["peopleAtLeast"]?.GetValue<int>(), members["costs"], members["earliest"]).ShouldBe((2, null, null));
        (await c.Outsider.Client.Get($"{pool}/demand")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");

        await A_proposal_is_set_aside_and_taken_up(c);
        await Planned_by_two_at_once_it_is_one_session(c, erna, room, trainer);
        (await erna.Client.Post($"/resources/wishes/{wish}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        (await erna.Client.Post($"/resources/wishes/{wish}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        (await Proposal(c, c.Coordinator))["wishes"]?.GetValue<int>().ShouldBe(1);
        (await host.Services.GetRequiredService<Replay>().Verify(null, Ct)).Where(r => !r.Equal).ShouldBeEmpty();
    }

    private static async Task<string> Wishes_are_made_once(PoolCluster c, Account erna)
    {
        var wishes = $"/resources/clusters/{c.Id}/wishes";
        var made = (await erna.Client.Post(wishes, new { skillUri = FiveS, sentence = "My bench is a mess", wantedBy = "2029-05-01" })).ShouldBe(HttpStatusCode.Created).Id;
        (await erna.Client.Post(wishes, new { skillUri = FiveS, sentence = "My bench is a mess", wantedBy = "2029-05-01" })).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(made);
        (await erna.Client.Post(wishes, new { skillUri = FiveS, sentence = "Otherwise" })).ShouldBeProblem(HttpStatusCode.Conflict, "wish-open");
        (await erna.Client.Post(wishes, new { skillUri = "urn:nothing" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        (await erna.Client.Post(wishes, new { skillUri = Accounting, firm = c.Bolt })).ShouldBeProblem(HttpStatusCode.Forbidden, "wish-for-people-of-firms");
        (await c.Coordinator.Client.Post(wishes, new { skillUri = FiveS })).ShouldBeProblem(HttpStatusCode.Forbidden, "wish-for-people-of-firms");
        (await c.Outsider.Client.Post(wishes, new { skillUri = FiveS })).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await c.AcmeManager.Client.Get(wishes)).Body.ShouldContain("My bench is a mess");
        foreach (var other in new[] { c.BoltManager, c.Coordinator }) (await other.Client.Get(wishes)).ShouldBe(HttpStatusCode.OK).Body.ShouldBe("[]");
        (await c.AcmeManager.Client.Post($"/resources/wishes/{made}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.NotFound, "wish-unknown");
        return made;
    }

    private static async Task A_proposal_is_set_aside_and_taken_up(PoolCluster c)
    {
        var demand = $"/resources/clusters/{c.Id}/demand";
        (await c.AcmeManager.Client.Post($"{demand}/set-aside", new { skillUri = FiveS, reason = "No" })).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await c.Coordinator.Client.Post($"{demand}/set-aside", new { skillUri = Accounting, reason = "No" })).ShouldBeProblem(HttpStatusCode.Conflict, "no-demand");
        (await c.Coordinator.Client.Post($"{demand}/set-aside", new { skillUri = FiveS, reason = "The chamber runs it" })).ShouldBe(HttpStatusCode.OK);
        var aside = await Proposal(c, c.AcmeManager);
        $"{aside["standing"]} {aside["reason"]}".ShouldBe("set-aside The chamber runs it");
        (await c.Coordinator.Client.Post($"{demand}/resumption", new { skillUri = FiveS })).ShouldBe(HttpStatusCode.OK);
        (await Proposal(c, c.AcmeManager))["standing"]?.ToString().ShouldBe("open");
    }

    private async Task Planned_by_two_at_once_it_is_one_session(PoolCluster c, Account erna, string room, string trainer)
    {
        var demand = $"/resources/clusters/{c.Id}/demand";
        object Body(string firm) => new
        {
            skillUri = FiveS,
            firm,
            title = "Order at work",
            start = PoolCluster.At(9),
            end = PoolCluster.At(12),
            seatCount = 8,
            resources = new[] { new { resource = room }, new { resource = trainer } },
        };
        (await c.BoltManager.Client.Post($"{demand}/sessions", Body(c.Acme))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.Outsider.Client.Post($"{demand}/sessions", Body(c.Acme))).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        var both = await Task.WhenAll(c.AcmeManager.Client.Post($"{demand}/sessions", Body(c.Acme)), c.Coordinator.Client.Post($"{demand}/sessions", Body(c.Acme)));
        var session = both.Single(a => a.Status == HttpStatusCode.Created).Id;
        both.Single(a => a.Status != HttpStatusCode.Created).ShouldBeProblem(HttpStatusCode.Conflict, "already-planned").Json["session"]?.ToString().ShouldBe(session);

        (await erna.Client.Get($"/resources/sessions/{session}")).Json["skillUris"]?[0]?.ToString().ShouldBe(FiveS);
        var planned = await Proposal(c, erna);
        $"{planned["standing"]} {planned["session"]}".ShouldBe($"planned {session}");
        var outcome = (await c.Coordinator.Client.Get($"{demand}/outcomes")).ShouldBe(HttpStatusCode.OK).Items.ShouldHaveSingleItem();
        $"{outcome["session"]} {outcome["standing"]} {outcome["peopleAtLeast"]} {outcome["seatsHeld"]} {outcome["aloneCents"]} {outcome["pooledCents"]}".ShouldBe($"{session} planned 2 0 20400 9750");
        (await c.Coordinator.Client.Get($"{demand}/outcomes?format=csv")).Body.ShouldContain($"{session},planned,");
        (await c.AcmeManager.Client.Get($"{demand}/outcomes")).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        await host.CaughtUp();
        (await Told(erna)).ShouldBe(["demand-wished"]);
        (await Told(c.BoltManager)).ShouldBe(["demand-firm", "demand-wished"]);
        (await c.BoltManager.Client.Get("/access/me/notices")).Items.Select(n => n["href"]?.ToString()).ShouldContain($"/sessions/{session}");
    }

    [Fact]
    public async Task Plans_are_counted_from_five_people_on_and_for_the_coordinator_alone_while_they_are_of_one_firm()
    {
        var c = await PoolCluster.Found(host);
        List<Account> people = [];
        for (var n = 0; n < 5; n++) people.Add(await PoolCluster.Employee(host, c.AcmeManager, c.Acme));
        var lastMonth = DateTimeOffset.UtcNow.AddDays(-60);
        foreach (var person in people[..4]) await HasGoal(person, lastMonth);
        await HasGoal(people[4], DateTimeOffset.UtcNow);
        // Four before the month began, and one since.
        (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/demand")).Items.ShouldBeEmpty();

        await HasGoal(people[4], lastMonth);

        var seen = await Proposal(c, c.Coordinator);
        $"{seen["firms"]} {seen["peopleAtLeast"]} {seen["peopleAtMost"]} {seen["plansAtLeast"]}".ShouldBe("1 5 9 5");
        foreach (var other in new[] { c.AcmeManager, c.BoltManager, people[0] })
            (await other.Client.Get($"/resources/clusters/{c.Id}/demand")).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();
        (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/demand/sessions", new
        {
            skillUri = FiveS,
            firm = c.Acme,
            title = "Order",
            start = PoolCluster.At(9),
            end = PoolCluster.At(10),
            seatCount = 2,
            resources = new[] { new { resource = await c.Contribute() } },
        })).ShouldBeProblem(HttpStatusCode.Conflict, "no-demand");
    }

    [Fact]
    public async Task Demand_counts_as_served_by_a_session_that_took_place_until_it_is_measured_anew()
    {
        var c = await PoolCluster.Found(host);
        var (room, erna) = (await c.Contribute(), await PoolCluster.Employee(host, c.AcmeManager, c.Acme));
        (await erna.Client.Post($"/resources/clusters/{c.Id}/wishes", new { skillUri = FiveS })).ShouldBe(HttpStatusCode.Created);
        await Ran(c, room, DateTimeOffset.UtcNow); // after the wish
        (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/demand")).Items.ShouldBeEmpty();

        var other = await PoolCluster.Found(host);
        await Ran(other, await other.Contribute(), DateTimeOffset.UtcNow.AddHours(-3));
        await host.CloseAudit(other.Id, [.. Enumerable.Range(0, 6).Select(n => new Found(Guid.NewGuid().ToString(), other.Acme, FiveS, 3, n < 2 ? 1 : 3))]);

        var again = await Proposal(other, other.Coordinator);
        $"{again["gaps"]} {again["peopleAtLeast"]} {again["standing"]}".ShouldBe("2 2 open");
        var outcome = (await other.Coordinator.Client.Get($"/resources/clusters/{other.Id}/demand/outcomes")).Items.ShouldHaveSingleItem();
        $"{outcome["standing"]} {outcome["before"]?["belowLevel"]} of {outcome["before"]?["people"]}, {outcome["after"]?["belowLevel"]} of {outcome["after"]?["people"]}".ShouldBe("ran 4 of 6, 2 of 6");
        // Two of one firm: nothing that another firm may see.
        (await other.BoltManager.Client.Get($"/resources/clusters/{other.Id}/demand")).Items.ShouldBeEmpty();
    }

    /// <summary>A session that was planned from a proposal and ended at an instant.</summary>
    private async Task Ran(PoolCluster c, string room, DateTimeOffset end)
    {
        var (cluster, by, firm) = (Id<Cluster>.Parse(c.Id, null), Id<Person>.Parse(c.Coordinator.Person, null), Id<Firm>.Parse(c.Acme, null));
        var (session, start) = (new Id<Session>(Guid.CreateVersion7()), end.AddMinutes(-30));
        await Say<Session, SessionEvent>(session.Value, new SessionBooked(
            cluster, firm, SessionKind.Workshop, "Order", start, end, 8, start, null, [new(Id<Resource>.Parse(room, null), [1])], by, start.AddDays(-9)));
        await Say<Proposal, DemandEvent>(
            ClusterNet.Resources.Demand.Proposal.IdOf(cluster, FiveS).Value, new DemandProposalPlanned(cluster, FiveS, session, 1, 4, 4, 8, 30_000, null, 6, 4, by, start.AddDays(-9)));
    }

    private async Task HasGoal(Account who, DateTimeOffset at)
    {
        var (person, coach) = (Id<Person>.Parse(who.Person, null), new Id<Person>(Guid.NewGuid()));
        await Say<Plan, PlanEvent>(
            Guid.CreateVersion7(), new PlanProposed(person, coach, person, "", at), new PlanAgreed(coach, at), new PlanGoalAdded(new(Guid.CreateVersion7()), person, person, "Order", FiveS, at));
    }

    private async Task Say<TState, TEvent>(Guid stream, params TEvent[] facts)
        where TState : IState<TState, TEvent>
        where TEvent : class =>
        (await host.Services.GetRequiredService<Streams<TState, TEvent>>().Execute(stream, new Said<TState, TEvent>(facts), new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<ClusterNet.EventStore.Outcome.Written>();

    private static async Task Value(PoolCluster c, string resource, int hourlyCents) =>
        (await c.Coordinator.Client.Put($"/resources/resources/{resource}/value", new { hourlyCents })).ShouldBe(HttpStatusCode.OK);

    private static async Task<JsonNode> Proposal(PoolCluster c, Account reader) =>
        (await reader.Client.Get($"/resources/clusters/{c.Id}/demand")).ShouldBe(HttpStatusCode.OK).Items.ShouldHaveSingleItem();

    private static async Task<IEnumerable<string?>> Told(Account who) =>
        (await who.Client.Get("/access/me/notices")).Items.Select(n => n["kind"]?.ToString()).Where(k => k?.StartsWith("demand", StringComparison.Ordinal) == true).Order(StringComparer.Ordinal);

    private sealed record Said<TState, TEvent>(TEvent[] Facts) : ICommand<TState, TEvent>
    {
        public Decision<TEvent> Decide(TState state) => Decision<TEvent>.Of(Facts);
    }
}
