using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Leaving;

/// <summary>
/// What a firm that leaves a cluster has of its pool: seats of sessions to come and waiting places are given back, its resources are withdrawn
/// after the last session that lies on them. Money and the sessions that it organises are for the coordinator.
/// </summary>
internal sealed class FirmLeaving(
    Database database, IFirmDirectory directory, Books books, Timetables timetables, Streams<Departure, DepartureEvent> departures, Streams<Session, SessionEvent> sessions,
    Streams<Resource, ResourceEvent> resources, TimeProvider clock) : ISubscription
{
    private const int Attempts = 8;

    private static readonly Execution Execution = new(CommandMetadata.System("firm-left-the-cluster"));

    public string Name => "resources-firms-left";

    public string Module => ResourcesModule.Name;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        if (fact.Fact is not MembershipHasEnded ended) return;
        // Told late, or told again: a firm that came back has its part anew.
        if ((await directory.ClustersOf(ended.Firm, ct)).Contains(ended.Cluster)) return;
        var reserved = await Ids(
            """
            select id from resources.sessions where cluster = $1 and standing = 'booked' and starts_at > $3
                and reservations @> jsonb_build_array(jsonb_build_object('firm', $2::text)) order by starts_at, id
            """, ended, ct, clock.GetUtcNow());
        var given = await Ids("select id from resources.pool where cluster = $1 and firm = $2 and active order by id", ended, ct);
        var organised = await Ids("select id from resources.sessions where cluster = $1 and firm = $2 and standing = 'booked' and ends_at > $3 limit 1", ended, ct, clock.GetUtcNow());
        var asked = await Ids("select id from resources.sessions where cluster = $1 and firm = $2 and standing in ('requested', 'declined') order by starts_at, id", ended, ct);
        if (reserved.Count + given.Count + organised.Count + asked.Count == 0 && !(await books.Balances(ended.Cluster, ct)).ContainsKey(Account.Firm(ended.Firm.Value))) return;
        await departures.Execute(Departure.IdOf(ended.Cluster, ended.Firm), new NoteDeparture(ended.Cluster, ended.Firm, ended.At), Execution, ct);
        foreach (var session in reserved) await sessions.Execute(session, new ReleaseSeats(ended.Firm, ended.By, clock.GetUtcNow()), Execution, ct);
        foreach (var request in asked) await sessions.Execute(request, new CancelSession("", ended.By, clock.GetUtcNow()), Execution, ct);
        foreach (var resource in given) await Withdraw(new(resource), ended, ct);
    }

    /// <summary>After the last session on it; again when one is booked in between.</summary>
    private async Task Withdraw(Id<Resource> resource, MembershipHasEnded ended, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var now = clock.GetUtcNow();
            var lying = await timetables.LiesOn(resource, new(now, DateTimeOffset.MaxValue), ct);
            var command = new WithdrawResource("", WithdrawResourceEndpoint.Named(lying), ended.By, now) { KeptUntil = lying.Count == 0 ? null : lying.Max(o => o.During.End) };
            if (await resources.Execute(resource.Value, command, Execution, ct) is not Outcome.GuardViolated) return;
        }

        throw new TimeoutException($"Resource {resource} is booked again and again, so it could not be withdrawn yet.");
    }

    private Task<List<Guid>> Ids(string sql, MembershipHasEnded ended, CancellationToken ct, params object[] more) =>
        database.Query(ResourcesModule.Name, Statement.Of(sql, [ended.Cluster.Value, ended.Firm.Value, .. more]), r => r.GetGuid(0), ct);
}
