using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Gaps;

/// <param name="People">The caller, people of firms that the caller manages, and for auditors whom their grants cover.</param>
/// <param name="Group">For the coordinator of the audit's cluster; null for everybody else.</param>
internal sealed record AuditGaps(Id<Audit> Audit, DateTimeOffset? ClosedAt, IReadOnlyList<MatrixPerson> People, GroupGaps? Group)
{
    /// <summary>The audit's name, for the page's head.</summary>
    internal Personal<string> Title { get; init; } = "";

    /// <summary>The audit's cluster, by whose areas pages name what they show.</summary>
    internal Id<Cluster>? Cluster { get; init; }

    /// <summary>Firms and areas for the coordinator; persons and areas for others.</summary>
    internal IReadOnlyList<HeatCell> Heat { get; init; } = [];
}

/// <summary>Opens what a closed audit found, to whom it concerns; what auditors read is recorded first.</summary>
internal sealed class GapDesk(GapReads reads, GapViews views, AuditedPeople audited, IAuditorReads recorder)
{
    public static readonly Refusal Unknown = new(
        "gaps-unknown", "There is no closed audit here whose gaps you may see. Results are shown once an audit is closed.", 404);

    public async Task<(AuditGaps? Gaps, Refusal? Refusal)> Open(Id<Audit> id, Caller caller, CancellationToken ct)
    {
        if (await reads.Audit(id, ct) is not { } audit) return (null, Unknown);
        var found = await reads.Found(id, ct);
        var open = await audited.Of(audit, found.Select(f => (f.Person, f.Firm)).Distinct(), caller, ct);
        foreach (var grant in open.ToLookup(o => o.Value, o => o.Key))
            if (await recorder.Record(caller, grant.Key, "skills audit gaps", grant, ct) is { } unrecorded) return (null, unrecorded);
        var seen = found.Where(f => f.Person == caller.Person || caller.Is(Role.Manager, RoleScope.Firm(f.Firm)) || open.ContainsKey(f.Person)).ToList();
        var group = audit.Cluster is { } cluster && caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) ? await views.OfCluster(cluster, id, ct) : null;
        if (seen.Count == 0 && group is null) return (null, Unknown);
        return (new(id, audit.EndedAt, await views.Matrix(caller, seen, [.. open.Keys], ct), group)
        {
            Title = audit.Title,
            Cluster = audit.Cluster,
            Heat = group?.Heat ?? await views.HeatOfPeople(caller, seen, audit.Cluster, [.. open.Keys], ct),
        }, null);
    }
}
