using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Mentoring.Programmes;

internal sealed record ProgrammeRow(
    Id<Programme> Id, Id<Cluster> Cluster, Personal<string> Title, DateOnly FromDay, DateOnly UntilDay, Guid[] Members, DateTimeOffset FoundedAt, DateTimeOffset? EndedAt, long Version);

/// <summary>Programmes of all clusters, with who is invited or has joined.</summary>
internal sealed class ProgrammeRows() : InlineProjection<ProgrammeEvent, ProgrammeRow>(LearningModule.Name, Table)
{
    public static readonly Table<ProgrammeRow> Table = new(LearningModule.Name, "mentoring_programmes", nameof(ProgrammeRow.Id))
    {
        Indexes = ["(cluster)", "using gin (members)"],
    };

    protected override ProgrammeRow? Apply(ProgrammeRow? row, Recorded<ProgrammeEvent> recorded)
    {
        if (recorded.Fact is ProgrammeFounded f) return new(new(recorded.Stream), f.Cluster, f.Title, f.FromDay, f.UntilDay, [], f.At, null, recorded.Version);
        return row is null ? null : Changed(row, recorded.Fact) with { Version = recorded.Version };
    }

    private static ProgrammeRow Changed(ProgrammeRow row, ProgrammeEvent fact) => fact switch
    {
        ProgrammeInvited e => row with { Members = [.. row.Members.Where(m => m != e.Person.Value), e.Person.Value] },
        ProgrammeJoined e => row with { Members = [.. row.Members.Where(m => m != e.Person.Value), e.Person.Value] },
        ProgrammeLeft e => row with { Members = [.. row.Members.Where(m => m != e.Person.Value)] },
        ProgrammeEnded e => row with { EndedAt = e.At },
        _ => row,
    };
}
