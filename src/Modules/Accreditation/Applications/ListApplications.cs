using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Auditing;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <summary>Lists hold nothing of the contents: who, which standard, how far.</summary>
internal static class ListApplicationsEndpoint
{
    internal sealed record Entry(
        Id<Application> Id, Id<Person> Candidate, Id<Cluster> Cluster, Id<Standard> Standard, int StandardVersion, Phase Phase,
        IReadOnlyList<Guid> Assessors, string? CredentialNumber, DateTimeOffset OpenedAt, DateTimeOffset? SubmittedAt,
        DateTimeOffset? DecidedAt);

    private static readonly Refusal PhaseUnknown = new(
        "phase-unknown",
        "There is no such phase. Known ones: draft, submitted, in-assessment, more-evidence-asked, assessed, granted, declined, withdrawn.",
        400);

    internal static void MapListApplications(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accreditation/clusters/{cluster}/applications", OfCluster)
            .WithName("ListApplications").WithSummary("The applications under a cluster's standards, newest first; phase selects")
            .WithDescription("Auditors see those that a grant of theirs covers.")
            .Produces<Page<Entry>>()
            .InClusterMayCall("cluster", Role.Coordinator, Role.Auditor).ReadsRecorded();
        routes.MapGet("/accreditation/clusters/{cluster}/decisions-due", DecisionsDue)
            .WithName("ListDecisionsDue").WithSummary("Assessed applications that wait for a decision, longest first")
            .Produces<Page<Entry>>()
            .InClusterMayCall("cluster", Role.DecisionMaker, Role.Coordinator);
        routes.MapGet("/accreditation/me/applications", Mine)
            .WithName("ListMyApplications").WithSummary("One's own applications, newest first")
            .SignedInMayCall("everybody about themselves").OwnData();
        routes.MapGet("/accreditation/me/assignments", Assigned)
            .WithName("ListMyAssignments").WithSummary("Applications to which one is assigned as an assessor, newest first")
            .SignedInMayCall("everybody about themselves").OwnData();
    }

    private static async Task<IResult> OfCluster(
        Id<Cluster> cluster, string? phase, Caller caller, PageRequest page, IAuditorGrants grants, IAuditorReads reads, Database database,
        CancellationToken ct)
    {
        if (phase is not null && !Enum.GetValues<Phase>().Any(p => WireNames.Of(p) == phase)) return Problems.From(PhaseUnknown);
        const string wanted = "where cluster = $3 and ($4 = '' or phase = $4)";
        if (caller.Is(Role.Coordinator, RoleScope.Cluster(cluster))) return await Newest(page, database, wanted, [cluster.Value, phase ?? ""], ct);
        var scopes = await grants.InForce(caller, cluster.Value, ct);
        if (scopes.Count == 0) return Problems.From(AccreditationModule.NotAllowed);
        var (covered, values) = AuditedCases.Covered(scopes, 5);
        var rows = await NewestRows(page, database, $"{wanted} and {covered}", [cluster.Value, phase ?? "", .. values], ct);
        if (await AuditedList.Record(reads, caller, scopes, rows.Take(page.Limit), ct) is { } unrecorded) return Problems.From(unrecorded);
        return page.Answer([.. rows.Select(EntryOf)], e => e.Id.Value);
    }

    private static async Task<Paged<Entry>> DecisionsDue(Id<Cluster> cluster, PageRequest page, Database database, CancellationToken ct)
    {
        var rows = await Rows(
            database, "where cluster = $1 and phase = 'assessed' and id > $2 order by id limit $3", ct,
            cluster.Value, page.After<Guid>() ?? Guid.Empty, page.Fetch);
        return page.Answer([.. rows.Select(EntryOf)], e => e.Id.Value);
    }

    private static Task<Paged<Entry>> Mine(Caller caller, PageRequest page, Database database, CancellationToken ct) =>
        Newest(page, database, "where candidate = $3", [caller.Person.Value], ct);

    private static Task<Paged<Entry>> Assigned(Caller caller, PageRequest page, Database database, CancellationToken ct) =>
        Newest(page, database, "where assessors @> array[$3::uuid]", [caller.Person.Value], ct);

    private static async Task<Paged<Entry>> Newest(PageRequest page, Database database, string where, object[] values, CancellationToken ct)
    {
        var rows = await NewestRows(page, database, where, values, ct);
        return page.Answer([.. rows.Select(EntryOf)], e => e.Id.Value);
    }

    private static Task<List<ApplicationRow>> NewestRows(PageRequest page, Database database, string where, object[] values, CancellationToken ct) =>
        Rows(database, $"{where} and id < $1 order by id desc limit $2", ct, [page.After<Guid>() ?? Guid.AllBitsSet, page.Fetch, .. values]);

    private static Task<List<ApplicationRow>> Rows(Database database, string where, CancellationToken ct, params object[] values) =>
        database.Query(AccreditationModule.Name, Statement.Of(Applications.Table.Select(where), values), Applications.Table.Read, ct);

    private static Entry EntryOf(ApplicationRow r) => new(
        r.Id, r.Candidate, r.Cluster, r.Standard, r.StandardVersion, r.Phase, r.Assessors, r.CredentialNumber, r.OpenedAt, r.SubmittedAt,
        r.DecidedAt);
}
