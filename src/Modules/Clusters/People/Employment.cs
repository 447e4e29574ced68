using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.People;

internal abstract record EmploymentEvent;

[StoredAs("employment_began")]
internal sealed record EmploymentBegan(
    Id<Person> Person, Id<Firm> Firm, Position Position,
    [PersonalData(nameof(EmploymentBegan.Person), KeyClass.Identity)] Personal<string> JobTitle, Id<Person> By,
    DateTimeOffset At) : EmploymentEvent;

/// <param name="Was">The position before.</param>
[StoredAs("employment_position_changed")]
internal sealed record EmploymentPositionChanged(
    Id<Person> Person, Id<Firm> Firm, Position Was, Position Position,
    [PersonalData(nameof(EmploymentPositionChanged.Person), KeyClass.Identity)] Personal<string> JobTitle, Id<Person> By, DateTimeOffset At)
    : EmploymentEvent;

/// <param name="Was">The position that ended.</param>
[StoredAs("employment_ended")]
internal sealed record EmploymentEnded(
    Id<Person> Person, Id<Firm> Firm, Position Was,
    [PersonalData(nameof(EmploymentEnded.Person), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By,
    DateTimeOffset At) : EmploymentEvent;

/// <summary>One person's work in one firm: it begins, changes, ends, and may begin again.</summary>
internal abstract record Employment : IState<Employment, EmploymentEvent>
{
    public sealed record Absent : Employment;

    public sealed record Current(Id<Person> Person, Id<Firm> Firm, Position Position, Personal<string> JobTitle) : Employment;

    public sealed record Ended : Employment;

    public static Employment Initial { get; } = new Absent();

    public static Guid IdOf(Id<Person> person, Id<Firm> firm) => NamedGuid.Of("employment", person.ToString(), firm.ToString());

    public static Employment Evolve(Employment state, EmploymentEvent fact) => (state, fact) switch
    {
        (_, EmploymentBegan e) => new Current(e.Person, e.Firm, e.Position, e.JobTitle),
        (Current c, EmploymentPositionChanged e) => c with { Position = e.Position, JobTitle = e.JobTitle },
        (_, EmploymentEnded) => new Ended(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record EmploymentRow(
    Guid Id, Id<Person> Person, Id<Firm> Firm, Position Position, Personal<string> JobTitle, bool Active, DateTimeOffset BeganAt,
    DateTimeOffset? EndedAt, long Version);

internal sealed class EmploymentRows() : InlineProjection<EmploymentEvent, EmploymentRow>(ClustersModule.Name, Table)
{
    public static readonly Table<EmploymentRow> Table = new(ClustersModule.Name, "employments", nameof(EmploymentRow.Id))
    {
        Indexes = ["(person) where active", "(firm, person) where active"],
    };

    protected override EmploymentRow? Apply(EmploymentRow? row, Recorded<EmploymentEvent> recorded) => recorded.Fact switch
    {
        EmploymentBegan e => new(recorded.Stream, e.Person, e.Firm, e.Position, e.JobTitle, true, e.At, null, recorded.Version),
        EmploymentPositionChanged e when row is not null => row with { Position = e.Position, JobTitle = e.JobTitle, Version = recorded.Version },
        EmploymentEnded e when row is not null => row with { Active = false, EndedAt = e.At, Version = recorded.Version },
        _ => row,
    };
}

/// <summary>What follows from a position.</summary>
internal static class Positions
{
    public static bool Leads(this Position position) => position is Position.Owner or Position.Manager;

    public static IReadOnlyList<Role> Roles(this Position position) => position switch
    {
        Position.Owner or Position.Manager => [Role.Manager, Role.Member],
        Position.Trainer => [Role.Trainer, Role.Member],
        _ => [Role.Member],
    };
}
