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
    /// <param name="Transition">How this version takes over from the former one; null for the usual.</param>
    internal sealed record Answer(
        Id<Standard> Id, Id<Cluster> Cluster, bool Published, Id<Standard> Lineage, Id<Standard>? Former, Id<Standard>? Successor,
        string Title, int Version, int EqfLevel, string Skill, int ValidityMonths, IReadOnlyList<LearningOutcome> Outcomes,
        IReadOnlyList<Criterion> Criteria, EvidenceRules EvidenceRules, AssessorRules Assessors, SchemeTexts? Scheme, DecisionTerms Decisions,
        RenewalTerms? Renewal, SurveillanceTerms? Surveillance, Transition? Transition, DateTimeOffset DraftedAt, DateTimeOffset? PublishedAt,
        DateTimeOffset? RetiredAt);

    internal sealed record Entry(
        Id<Standard> Id, string Title, int Version, int EqfLevel, string Skill, bool Published, Id<Standard>? Former,
        DateTimeOffset DraftedAt, DateTimeOffset? PublishedAt, DateTimeOffset? RetiredAt);

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
        Id<Standard> id, Caller caller, HttpContext http, StandardDesk desk, Database database, CancellationToken ct)
    {
        if (await desk.Open(id, caller, ct) is not { State.Terms: var t } opened) return Problems.From(PublishStandard.Unknown);
        if (await Standards.Rows("where id = $1", database, ct, id.Value) is not [var row, ..]) return Problems.From(PublishStandard.Unknown);
        ETags.Set(http, opened.Version);
        return Results.Ok(new Answer(
            id, row.Cluster, row.Published, row.Lineage, row.Former, (await Standards.SuccessionOf(id, database, ct))?.Successor, t.Title, t.Version,
            t.EqfLevel, t.Skill, t.ValidityMonths, t.Outcomes, t.Criteria, t.EvidenceRules, t.Assessors, t.Scheme, t.Deciding(), t.Renewal, t.Surveillance,
            row.Transition, row.DraftedAt, row.PublishedAt, row.RetiredAt));
    }

    private static async Task<Paged<Entry>> List(Id<Cluster> cluster, PageRequest page, Caller caller, Database database,
        CancellationToken ct)
    {
        var rows = await Standards.Rows(
            "where cluster = $1 and (published or $2) and id < $3 order by id desc limit $4", database, ct,
            cluster.Value, StandardDesk.IsOfCluster(caller, cluster), page.After<Guid>() ?? Guid.AllBitsSet, page.Fetch);
        return page.Answer(
            [.. rows.Select(r => new Entry(r.Id, r.Title, r.Number, r.EqfLevel, r.Skill, r.Published, r.Former, r.DraftedAt,
                r.PublishedAt, r.RetiredAt))], e => e.Id.Value);
    }
}
