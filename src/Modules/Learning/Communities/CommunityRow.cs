using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Learning.Communities;

/// <param name="Cluster">Whose people see it; null for the whole network.</param>
/// <param name="ClosedAt">Null while it is open.</param>
/// <param name="Folded">Name, tags and objective, as search compares them.</param>
internal sealed record CommunityRow(
    Id<Community> Id, Id<Cluster>? Cluster, string Name, string Objective, CommunityKind Kind, bool Reviewed, Id<Person>? Sponsor, Guid[] Facilitators, string[] SkillUris,
    string[] Tags, ValueList<Goal> Goals, Id<Person> Founder, DateTimeOffset FoundedAt, DateTimeOffset? ClosedAt, string Folded, long Version)
{
    internal bool IsOpen => ClosedAt is null;
}

/// <summary>Communities as they are now.</summary>
internal sealed class CommunityRows() : InlineProjection<CommunityEvent, CommunityRow>(LearningModule.Name, Table)
{
    public static readonly Table<CommunityRow> Table = new(LearningModule.Name, "communities", nameof(CommunityRow.Id))
    {
        Indexes = ["(cluster)", "(lower(name), id)", "using gin (facilitators)", "using gin (skill_uris)", "using gin (folded gin_trgm_ops)"],
    };

    protected override CommunityRow? Apply(CommunityRow? row, Recorded<CommunityEvent> recorded) => recorded.Fact switch
    {
        CommunityFounded e => Saying(
            new(new(recorded.Stream), e.Cluster, "", "", e.Kind, e.Reviewed, null, [e.By.Value], [], [], [], e.By, e.At, null, "", recorded.Version), Charter.Of(e)),
        _ when row is null => row,
        CommunityChanged e => Saying(row, Charter.Of(e)) with { Version = recorded.Version },
        CommunityFacilitatorAppointed e => row with { Facilitators = [.. row.Facilitators, e.Person.Value], Version = recorded.Version },
        CommunityOfficeGivenUp e => row with
        {
            Facilitators = [.. row.Facilitators.Where(f => f != e.Person.Value)],
            Sponsor = row.Sponsor == e.Person ? null : row.Sponsor,
            Version = recorded.Version,
        },
        CommunityClosed e => row with { ClosedAt = e.At, Version = recorded.Version },
        _ => row with { Goals = Goal.After(row.Goals, recorded.Fact), Version = recorded.Version },
    };

    private static CommunityRow Saying(CommunityRow row, Charter c) => row with
    {
        Name = c.Name,
        Objective = c.Objective,
        Kind = c.Kind,
        Reviewed = c.Reviewed,
        Sponsor = c.Sponsor,
        SkillUris = [.. c.SkillUris],
        Tags = [.. c.Tags],
        Folded = Folding.ForIndex($"{c.Name} {string.Join(' ', c.Tags)} {c.Objective}"),
    };
}
