using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Standards;

/// <param name="Number">The version of the standard that its readers know; <paramref name="Version"/> is the stream's.</param>
/// <param name="Origin">The lineage by which files name the standard: its own, or that of the file from which it was imported.</param>
/// <param name="Transition">How this version takes over from the former one.</param>
internal sealed record StandardRow(
    Id<Standard> Id, Id<Cluster> Cluster, Id<Standard> Lineage, Id<Standard> Origin, Id<Standard>? Former, string Title, int Number, int EqfLevel,
    string Skill, bool Published, DateTimeOffset DraftedAt, DateTimeOffset? PublishedAt, DateTimeOffset? RetiredAt, Transition? Transition, long Version);

/// <summary>All standards; also the guard that a published one is not published twice and has one successor at most.</summary>
internal sealed class Standards() : InlineProjection<StandardEvent, StandardRow>(AccreditationModule.Name, Table)
{
    public const string OneSuccessor = "standards_2";

    public static readonly Table<StandardRow> Table = new(AccreditationModule.Name, "standards", nameof(StandardRow.Id))
    {
        Guard = true,
        Indexes = ["unique (cluster, lower(title), number) where published", "unique (former) where published", "(cluster, id)", "(lineage)"],
    };

    public static Task<List<StandardRow>> Rows(string where, Database database, CancellationToken ct, params object[] values) =>
        database.Query(AccreditationModule.Name, Statement.Of(Table.Select(where), values), Table.Read, ct);

    /// <summary>The published version that takes the place of this one, and how.</summary>
    public static async Task<Succession?> SuccessionOf(Id<Standard> id, Database database, CancellationToken ct) =>
        await Rows("where former = $1 and published", database, ct, id.Value) is [var next, ..] ? new(next.Id, next.Transition ?? Transition.Usual) : null;

    protected override StandardRow? Apply(StandardRow? row, Recorded<StandardEvent> recorded) => recorded.Fact switch
    {
        StandardDrafted e => Of(
            new(
                new(recorded.Stream), e.Cluster, e.Lineage, e.ImportedFrom ?? e.Lineage, e.Former, "", 0, 0, "", false, e.At, null, null, null,
                recorded.Version), e.Terms),
        _ when row is null => row,
        StandardRevised e => Of(row, e.Terms) with { Version = recorded.Version },
        StandardDiscarded => null,
        StandardPublished e => row with { Published = true, PublishedAt = e.At, Transition = e.Transition, Version = recorded.Version },
        StandardRetired e => row with { RetiredAt = e.At, Version = recorded.Version },
        _ => row,
    };

    private static StandardRow Of(StandardRow row, StandardTerms terms) =>
        row with { Title = terms.Title, Number = terms.Version, EqfLevel = terms.EqfLevel, Skill = terms.Skill };
}
