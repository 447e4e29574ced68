using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Resources.Pool;

internal abstract record ResourceEvent;

/// <param name="Name">Written by a person, and may name one.</param>
/// <param name="Capacity">How many units there are; none for money.</param>
/// <param name="AmountCents">Euro cents, for money only.</param>
[StoredAs("resource_contributed")]
internal sealed record ResourceContributed(
    Id<Cluster> Cluster, Id<Firm> Firm, ResourceKind Kind, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Name,
    int? Capacity, string Unit, long? AmountCents, string Available, string TimeZone, Id<Person> By, DateTimeOffset At) : ResourceEvent;

[StoredAs("resource_withdrawn")]
internal sealed record ResourceWithdrawn(
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : ResourceEvent;

/// <param name="HourlyCents">What an hour of one unit is worth in the pool's books, in euro cents, from now on.</param>
/// <param name="HoursAYear">For how many hours a year the firm gives it: what counts as its contribution.</param>
[StoredAs("resource_valued")]
internal sealed record ResourceValued(long HourlyCents, int HoursAYear, Id<Person> By, DateTimeOffset At) : ResourceEvent;

/// <summary>What a firm contributes to the pool of one cluster, until it withdraws it.</summary>
internal abstract record Resource : IState<Resource, ResourceEvent>
{
    public sealed record Absent : Resource;

    /// <param name="HourlyCents">0 until somebody has valued it, as are <paramref name="HoursAYear"/>.</param>
    public sealed record Pooled(ResourceKind Kind, long HourlyCents = 0, int HoursAYear = 0) : Resource;

    public sealed record Withdrawn : Resource;

    public static Resource Initial { get; } = new Absent();

    public static Resource Evolve(Resource state, ResourceEvent fact) => (state, fact) switch
    {
        (_, ResourceContributed e) => new Pooled(e.Kind),
        (Pooled p, ResourceValued e) => p with { HourlyCents = e.HourlyCents, HoursAYear = e.HoursAYear },
        (_, ResourceWithdrawn) => new Withdrawn(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
