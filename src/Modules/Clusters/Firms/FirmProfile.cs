using System.Collections.Immutable;
using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Firms;

internal abstract record FirmProfileEvent;

/// <param name="By">Who registered the firm.</param>
[StoredAs("firm_registered")]
internal sealed record FirmRegistered(
    string Name, string RegistrationNumber, string Country, string Nuts, string City, string Nace, string? Website, Id<Person> By,
    DateTimeOffset At)
    : FirmProfileEvent;

/// <param name="TurnoverCents">Euro cents a year; null where the firm has to publish none.</param>
/// <param name="BalanceSheetCents">Balance sheet total in euro cents; null for firms that draw none up.</param>
[StoredAs("firm_figures_reported")]
internal sealed record FirmFiguresReported(
    int HeadCount, long? TurnoverCents, long? BalanceSheetCents, DateOnly ReportedOn, Id<Person> By, DateTimeOffset At) : FirmProfileEvent;

/// <summary>Somebody leads the firm, as owner or manager.</summary>
[StoredAs("firm_leader_named")]
internal sealed record FirmLeaderNamed(Id<Person> Person, DateTimeOffset At) : FirmProfileEvent;

[StoredAs("firm_leader_released")]
internal sealed record FirmLeaderReleased(Id<Person> Person, DateTimeOffset At) : FirmProfileEvent;

/// <summary>A firm, what it reported of itself, and who leads it: a firm that somebody leads is never left without a leader.</summary>
internal abstract record FirmProfile : IState<FirmProfile, FirmProfileEvent>
{
    public sealed record Absent : FirmProfile;

    public sealed record Registered(FirmFigures? Figures, ImmutableHashSet<Id<Person>> Leaders) : FirmProfile;

    public static FirmProfile Initial { get; } = new Absent();

    public static FirmProfile Evolve(FirmProfile state, FirmProfileEvent fact) => (state, fact) switch
    {
        (_, FirmRegistered) => new Registered(null, []),
        (Registered r, FirmFiguresReported e) => r with { Figures = new(e.HeadCount, e.TurnoverCents, e.BalanceSheetCents, e.ReportedOn) },
        (Registered r, FirmLeaderNamed e) => r with { Leaders = r.Leaders.Add(e.Person) },
        (Registered r, FirmLeaderReleased e) => r with { Leaders = r.Leaders.Remove(e.Person) },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What a firm reported of itself; the firm's own affair.</summary>
internal sealed record FirmFigures(int HeadCount, long? TurnoverCents, long? BalanceSheetCents, DateOnly ReportedOn);
