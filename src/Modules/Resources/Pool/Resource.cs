using System.Diagnostics;
using System.Text.Json.Serialization;
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
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : ResourceEvent
{
    /// <summary>From when it is gone, where sessions that lie on it were kept; until then it serves them, and nobody books it anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset? From { get; init; }
}

/// <param name="HourlyCents">What an hour of one unit is worth in the pool's books, in euro cents, from now on.</param>
/// <param name="HoursAYear">For how many hours a year the firm gives it: what counts as its contribution.</param>
[StoredAs("resource_valued")]
internal sealed record ResourceValued(long HourlyCents, int HoursAYear, Id<Person> By, DateTimeOffset At) : ResourceEvent;

/// <param name="To">The last day, on the clocks of the resource's place.</param>
/// <param name="Open">Hours of each day; null when it is closed.</param>
/// <param name="Closed">What of those days is not open: what the guard holds against bookings.</param>
[StoredAs("resource_hours_excepted")]
internal sealed record ResourceHoursExcepted(
    Id<HoursException> Exception, DateOnly From, DateOnly To, string? Open, ExceptionCause Cause, ValueList<Slot> Closed, Id<Person> By, DateTimeOffset At) : ResourceEvent;

/// <summary>An exception is undone: the days have the hours of the week again.</summary>
[StoredAs("resource_hours_restored")]
internal sealed record ResourceHoursRestored(Id<HoursException> Exception, Id<Person> By, DateTimeOffset At) : ResourceEvent;

/// <param name="Equipment">What it has, written by a person.</param>
/// <param name="TrainingUri">The skill that one needs before one uses it.</param>
/// <param name="BufferBefore">Minutes that it needs before each booking, within its hours.</param>
/// <param name="BufferAfter">Minutes that it needs after each booking, within its hours.</param>
[StoredAs("resource_described")]
internal sealed record ResourceDescribed(
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Equipment, ValueList<Accessibility> Accessibility, string? TrainingUri, int BufferBefore, int BufferAfter,
    Id<Person> By, DateTimeOffset At) : ResourceEvent;

/// <param name="Asked">Whether bookings of other firms need the firm's approval from now on.</param>
[StoredAs("resource_approval_asked")]
internal sealed record ResourceApprovalAsked(bool Asked, Id<Person> By, DateTimeOffset At) : ResourceEvent;

/// <summary>What a firm contributes to the pool of one cluster, until it withdraws it.</summary>
internal abstract record Resource : IState<Resource, ResourceEvent>
{
    public sealed record Absent : Resource;

    /// <param name="HourlyCents">0 until somebody has valued it, as are <paramref name="HoursAYear"/>.</param>
    /// <param name="Described">The latest description.</param>
    public sealed record Pooled(ResourceKind Kind, Availability Availability, long HourlyCents = 0, int HoursAYear = 0, ResourceDescribed? Described = null) : Resource
    {
        public bool AsksApproval { get; init; }
    }

    public sealed record Withdrawn : Resource;

    public static Resource Initial { get; } = new Absent();

    public static Resource Evolve(Resource state, ResourceEvent fact) => (state, fact) switch
    {
        (_, ResourceContributed e) => new Pooled(e.Kind, new(e.Available, e.TimeZone)),
        (Pooled p, ResourceValued e) => p with { HourlyCents = e.HourlyCents, HoursAYear = e.HoursAYear },
        (Pooled p, ResourceHoursExcepted e) => p with { Availability = p.Availability.Except(new(e.Exception, e.From, e.To, e.Open, e.Cause)) },
        (Pooled p, ResourceHoursRestored e) => p with { Availability = p.Availability.Restore(e.Exception) },
        (Pooled p, ResourceDescribed e) => p with { Described = e },
        (Pooled p, ResourceApprovalAsked e) => p with { AsksApproval = e.Asked },
        (_, ResourceWithdrawn) => new Withdrawn(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
