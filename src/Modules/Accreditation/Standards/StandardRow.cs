using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Standards;

/// <param name="Number">The version of the standard that its readers know; <paramref name="Version"/> is the stream's.</param>
internal sealed record StandardRow(
    Id<Standard> Id, Id<Cluster> Cluster, Id<Standard> Lineage, Id<Standard>? Former, string Title, int Number, int EqfLevel, string Skill,
    bool Published, DateTimeOffset DraftedAt, DateTimeOffset? PublishedAt, long Version);

/// <summary>All standards; also the guard that a published one is not published twice and has one successor at most.</summary>
internal sealed class Standards() : InlineProjection<StandardEvent, StandardRow>(AccreditationModule.Name, Table)
{
    public const string OneSuccessor = "standards_2";

    public static readonly Table<StandardRow> Table = new(AccreditationModule.Name, "standards", nameof(StandardRow.Id))
    {
        Guard = true,
        Indexes = ["unique (cluster, lower(title), number) where published", "unique (former) where published", "(cluster, id)"],
    };

    protected override StandardRow? Apply(StandardRow? row, Recorded<StandardEvent> recorded) => recorded.Fact switch
    {
        StandardDrafted e => new(
            new(recorded.Stream), e.Cluster, e.Lineage, e.Former, e.Terms.Title, e.Terms.Version, e.Terms.EqfLevel, e.Terms.Skill, false,
            e.At, null, recorded.Version),
        StandardPublished e when row is not null => row with { Published = true, PublishedAt = e.At, Version = recorded.Version },
        _ => row,
    };
}
