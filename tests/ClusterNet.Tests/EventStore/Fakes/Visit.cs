using System.Collections.Immutable;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using NpgsqlTypes;

namespace ClusterNet.Tests.EventStore.Fakes;

/// <summary>A visit uses several rooms at once, and no room is used twice at a time.</summary>
internal abstract record VisitFact;

internal sealed record RoomSlot(string Room, DateTimeOffset From, DateTimeOffset Until);

[StoredAs("visit_planned")]
internal sealed record VisitPlanned(
    Id<Person> Guest,
    Id<Person> Host,
    [PersonalData(nameof(Guest), KeyClass.Identity)] Personal<string> GuestName,
    [PersonalData(nameof(Guest), KeyClass.Contact)] Personal<string> GuestAddress,
    [PersonalData(nameof(Host), KeyClass.Identity)] Personal<string> HostName,
    ImmutableArray<RoomSlot> Slots) : VisitFact;

[StoredAs("visit_moved")]
internal sealed record VisitMoved(ImmutableArray<RoomSlot> Slots) : VisitFact;

[StoredAs("visit_cancelled")]
internal sealed record VisitCancelled : VisitFact;

internal sealed record Visit(bool Stands) : IState<Visit, VisitFact>
{
    public static Visit Initial => new(false);

    public static Visit Evolve(Visit state, VisitFact fact) => new(fact is not VisitCancelled);
}

internal sealed record PlanVisit(VisitPlanned Planned) : ICommand<Visit, VisitFact>
{
    public Decision<VisitFact> Decide(Visit state) => Planned;
}

internal sealed record MoveVisit(params ImmutableArray<RoomSlot> Slots) : ICommand<Visit, VisitFact>
{
    public Decision<VisitFact> Decide(Visit state) => state.Stands ? new VisitMoved(Slots) : new Refusal("visit-not-planned", "Plan it first.");
}

internal sealed record CancelVisit : ICommand<Visit, VisitFact>
{
    public Decision<VisitFact> Decide(Visit state) => state.Stands ? new VisitCancelled() : Decision<VisitFact>.Nothing;
}

internal sealed record RoomUse(Guid Visit, string Room, NpgsqlRange<DateTimeOffset> During);

internal sealed class RoomUses() : InlineRows<VisitFact, RoomUse>(Fake.Module, Table, "visit")
{
    public static readonly Table<RoomUse> Table = new(Fake.Module, "room_uses", nameof(RoomUse.Visit), nameof(RoomUse.Room))
    {
        Guard = true,
        Constraints = ["constraint no_room_twice exclude using gist (room with =, during with &&)"],
    };

    protected override IReadOnlyList<RoomUse> Apply(IReadOnlyList<RoomUse> rows, Recorded<VisitFact> recorded) => recorded.Fact switch
    {
        VisitPlanned planned => Uses(recorded.Stream, planned.Slots),
        VisitMoved moved => Uses(recorded.Stream, moved.Slots),
        VisitCancelled => [],
        _ => rows,
    };

    private static List<RoomUse> Uses(Guid visit, ImmutableArray<RoomSlot> slots) =>
        [.. slots.Select(s => new RoomUse(visit, s.Room, new NpgsqlRange<DateTimeOffset>(s.From, true, s.Until, false)))];
}
