using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Accounts;

[JsonConverter(typeof(WireNameConverter<EntryKind>))]
internal enum EntryKind
{
    /// <summary>A firm or funder paid money in.</summary>
    [JsonStringEnumMemberName("payment-in")]
    PaymentIn,

    /// <summary>Money was paid out to a firm or funder.</summary>
    [JsonStringEnumMemberName("payment-out")]
    PaymentOut,

    /// <summary>What a session cost, split among those who had a part in it.</summary>
    [JsonStringEnumMemberName("session")]
    Session,

    /// <summary>Seats given back too late, or not used.</summary>
    [JsonStringEnumMemberName("fee")]
    Fee,

    /// <summary>Takes another entry back, line by line.</summary>
    [JsonStringEnumMemberName("reversal")]
    Reversal,
}

internal abstract record PoolEntryEvent;

/// <summary>An entry in the books of a pool. It is never changed: a mistake is taken back by another one.</summary>
/// <param name="On">The day that it belongs to.</param>
/// <param name="Period">The month in whose books it stands, such as 2027-03: that of <paramref name="On"/>, or the first that was open.</param>
/// <param name="Lines">They add up to zero.</param>
/// <param name="Source">The session that it comes from.</param>
/// <param name="Text">Empty for an entry that its session explains.</param>
/// <param name="Reverses">The entry that it takes back.</param>
[StoredAs("pool_entry_posted")]
internal sealed record PoolEntryPosted(
    Id<Cluster> Cluster, EntryKind Kind, DateOnly On, string Period, ValueList<Line> Lines, Guid? Source, Guid? Reverses,
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Text, Id<Person> By, DateTimeOffset At) : PoolEntryEvent;

/// <summary>One entry, balanced by construction (double entry: Pacioli, Summa de arithmetica, 1494, tractatus XI).</summary>
internal abstract record PoolEntry : IState<PoolEntry, PoolEntryEvent>
{
    public static readonly Refusal Unknown = new("entry-unknown", "The pool's books have no such entry that you may see. Check the address.", 404);

    public sealed record Absent : PoolEntry;

    public sealed record Posted(Id<Cluster> Cluster, EntryKind Kind, DateOnly On, ValueList<Line> Lines, Guid? Reverses) : PoolEntry;

    public static PoolEntry Initial { get; } = new Absent();

    public static PoolEntry Evolve(PoolEntry state, PoolEntryEvent fact) => fact switch
    {
        PoolEntryPosted e => new Posted(e.Cluster, e.Kind, e.On, e.Lines, e.Reverses),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>Puts an entry into the books.</summary>
/// <param name="Period">An open one.</param>
internal sealed record PostEntry(
    Id<Cluster> Cluster, EntryKind Kind, DateOnly On, string Period, ValueList<Line> Lines, Guid? Source, Guid? Reverses, string Text, Id<Person> By, DateTimeOffset Now)
    : ICommand<PoolEntry, PoolEntryEvent>
{
    public static readonly Refusal Unbalanced = new(
        "entry-unbalanced", "The lines of an entry add up to zero, and each moves something. Correct the amounts.", 422);

    public static readonly Refusal Differs = new("entry-differs", "Somebody has entered this meanwhile with other amounts. Look at that entry, and take it back if it is wrong.");

    public Decision<PoolEntryEvent> Decide(PoolEntry state) => state switch
    {
        PoolEntry.Posted p when p.Lines.Equals(Lines) => Decision<PoolEntryEvent>.Nothing,
        PoolEntry.Posted => Differs,
        _ when !IsBalanced(Lines) => Unbalanced,
        _ => new PoolEntryPosted(Cluster, Kind, On, Period, Lines, Source, Reverses, Text, By, Now),
    };

    public static bool IsBalanced(IReadOnlyCollection<Line> lines) =>
        lines.Count >= 2 && lines.All(l => l.Cents != 0 && l.Account.IsSound) && lines.Sum(l => l.Cents) == 0;
}
