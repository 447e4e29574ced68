using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Library;

internal abstract record OpinionEvent;

/// <param name="Stars">From 1 to 5; null takes the rating back.</param>
[StoredAs("library_item_rated")]
internal sealed record LibraryItemRated(Id<Community> Community, Id<LibraryItem> Item, int? Stars, Id<Person> By, DateTimeOffset At) : OpinionEvent;

/// <param name="Used">That the person has used it at work; false takes it back.</param>
[StoredAs("library_item_used")]
internal sealed record LibraryItemUsed(Id<Community> Community, Id<LibraryItem> Item, bool Used, Id<Person> By, DateTimeOffset At) : OpinionEvent;

/// <summary>What one person thinks of one item: a stream of its own, so that each counts once however often it is sent.</summary>
/// <param name="Stars">Null for no rating.</param>
/// <param name="Changes">How often the person has said or changed something.</param>
internal sealed record Opinion(int? Stars, bool Used, int Changes) : IState<Opinion, OpinionEvent>
{
    public static Opinion Initial { get; } = new(null, false, 0);

    public static Guid IdOf(Id<LibraryItem> item, Id<Person> by) => NamedGuid.Of("library-opinion", item.ToString(), by.ToString());

    public static Opinion Evolve(Opinion state, OpinionEvent fact) => fact switch
    {
        LibraryItemRated e => state with { Stars = e.Stars, Changes = state.Changes + 1 },
        LibraryItemUsed e => state with { Used = e.Used, Changes = state.Changes + 1 },
        _ => state,
    };
}

internal sealed record OpinionRow(Guid Id, Id<Community> Community, Id<LibraryItem> Item, Id<Person> By, int? Stars, bool Used, long Version);

/// <summary>Who thinks what of which item now; read as numbers only.</summary>
internal sealed class OpinionRows() : InlineProjection<OpinionEvent, OpinionRow>(LearningModule.Name, Table)
{
    public static readonly Table<OpinionRow> Table = new(LearningModule.Name, "library_opinions", nameof(OpinionRow.Id)) { Indexes = ["(community, item)", "(item)"] };

    protected override OpinionRow? Apply(OpinionRow? row, Recorded<OpinionEvent> recorded) => recorded.Fact switch
    {
        LibraryItemRated e => (row ?? new(recorded.Stream, e.Community, e.Item, e.By, null, false, 0)) with { Stars = e.Stars, Version = recorded.Version },
        LibraryItemUsed e => (row ?? new(recorded.Stream, e.Community, e.Item, e.By, null, false, 0)) with { Used = e.Used, Version = recorded.Version },
        _ => row,
    };
}
