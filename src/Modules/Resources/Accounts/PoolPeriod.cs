using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Resources.Accounts;

internal abstract record PoolPeriodEvent;

/// <summary>No more entries go into the month's books. Its control totals say what was in them.</summary>
/// <param name="DebitCents">All debits of the month together; the credits are as much.</param>
[StoredAs("pool_period_closed")]
internal sealed record PoolPeriodClosed(Id<Cluster> Cluster, string Period, int Entries, long DebitCents, Id<Person> By, DateTimeOffset At) : PoolPeriodEvent;

/// <summary>The books of one month of one pool: open until they are closed for good.</summary>
internal abstract record PoolPeriod : IState<PoolPeriod, PoolPeriodEvent>
{
    public sealed record Open : PoolPeriod;

    public sealed record Closed(Id<Person> By) : PoolPeriod;

    public static PoolPeriod Initial { get; } = new Open();

    public static PoolPeriod Evolve(PoolPeriod state, PoolPeriodEvent fact) => fact switch
    {
        PoolPeriodClosed e => new Closed(e.By),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    public static Id<PoolPeriod> IdOf(Id<Cluster> cluster, string period) => new(NamedGuid.Of("pool-period", cluster.ToString(), period));
}
