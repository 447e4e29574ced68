using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Standards;

/// <summary>
/// Published standards are open to everybody signed in: nobody can apply for what cannot be read. Drafts are their cluster's own.
/// </summary>
internal static class ReadStandardsEndpoint
{
    internal sealed record Answer(
        Id<Standard> Id, Id<Cluster> Cluster, bool Published, Id<Standard> Lineage, Id<Standard>? Former, Id<Standard>? Successor,
        string Title, int Version, int EqfLevel, string Skill, int ValidityMonths, IReadOnlyList<LearningOutcome> Outcomes,
        IReadOnlyList<Criterion> Criteria, EvidenceRules EvidenceRules, AssessorRules Assessors, DateTimeOffset DraftedAt,
        DateTimeOffset? PublishedAt);

    internal sealed record Entry(
        Id<Standard> Id, string Title, int Version, int EqfLevel, string Skill, bool Published, Id<Standard>? Former,
        DateTimeOffset DraftedAt, DateTimeOffset? PublishedAt);

    internal static void MapReadStandards(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accreditation/standards/{id}", One)
            .WithName("ReadStandard").WithSummary("One standard, whole").Produces<Answer>()
            .SignedInMayCall("everybody; drafts only who has a role in the cluster, other than auditor");
        routes.MapGet("/accreditation/clusters/{cluster}/standards", List)
            .WithName("ListStandards").WithSummary("The standards of a cluster, newest first")
            .SignedInMayCall("everybody; drafts only who has a role in the cluster, other than auditor");
    }

    private static async Task<IResult> One(
        Id<Standard> id, Caller caller, HttpContext http, Streams<Standard, StandardEvent> standards, Database database,
        CancellationToken ct)
    {
        var loaded = await standards.Load(id.Value, ct);
        var rows = await Rows(database, "where id = $1", ct, id.Value);
        if (rows.Count == 0 || loaded.State is not Standard.Existing { Terms: var t }) return Problems.From(PublishStandard.Unknown);
        var row = rows[0];
        if (!row.Published && !IsOfCluster(caller, row.Cluster)) return Problems.From(PublishStandard.Unknown);
        ETags.Set(http, loaded.Version);
        return Results.Ok(new Answer(
            id, row.Cluster, row.Published, row.Lineage, row.Former, await SuccessorOf(id, database, ct), t.Title, t.Version, t.EqfLevel,
            t.Skill, t.ValidityMonths, t.Outcomes, t.Criteria, t.EvidenceRules, t.Assessors, row.DraftedAt, row.PublishedAt));
    }

    private static async Task<Paged<Entry>> List(Id<Cluster> cluster, PageRequest page, Caller caller, Database database,
        CancellationToken ct)
    {
        var rows = await Rows(
            database, "where cluster = $1 and (published or $2) and id < $3 order by id desc limit $4", ct,
            cluster.Value, IsOfCluster(caller, cluster), page.After<Guid>() ?? Guid.AllBitsSet, page.Fetch);
        return page.Answer(
            [.. rows.Select(r => new Entry(r.Id, r.Title, r.Number, r.EqfLevel, r.Skill, r.Published, r.Former, r.DraftedAt,
                r.PublishedAt))], e => e.Id.Value);
    }

    private static bool IsOfCluster(Caller caller, Id<Cluster> cluster) =>
        caller.Roles.Any(r => r.Scope == RoleScope.Cluster(cluster) && r.Role != Role.Auditor);

    /// <summary>The published version after this one.</summary>
    internal static async Task<Id<Standard>?> SuccessorOf(Id<Standard> id, Database database, CancellationToken ct)
    {
        var rows = await Rows(database, "where former = $1 and published", ct, id.Value);
        return rows.Count == 0 ? null : rows[0].Id;
    }

    private static Task<List<StandardRow>> Rows(Database database, string where, CancellationToken ct, params object[] values) =>
        database.Query(AccreditationModule.Name, Statement.Of(Standards.Table.Select(where), values), Standards.Table.Read, ct);
}
