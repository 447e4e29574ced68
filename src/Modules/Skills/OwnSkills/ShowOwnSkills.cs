using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Areas;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.OwnSkills;

internal static class ShowOwnSkillsEndpoint
{
    private const string Base = "/skills/clusters/{cluster}/own";
    private const int LongestText = 200;

    /// <param name="ProposedBy">Shown with <paramref name="Why"/> and <paramref name="Reason"/> to coordinators and to who proposed it.</param>
    /// <param name="ReplacedBy">The URI of the skill into which it was merged.</param>
    internal sealed record Answer(
        Id<OwnSkill> Id, string Uri, OwnSkillState State, string Type, IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string> Descriptions, IReadOnlyList<Mapping> Mappings, string? ReplacedBy, Id<Person>? ProposedBy, string? Why,
        string? Reason, DateTimeOffset ProposedAt, DateTimeOffset ChangedAt, long Version);

    internal static void MapShowOwnSkills(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Base, List)
            .WithName("ListOwnSkills").WithSummary("A cluster's own skills and proposals, in order of proposal")
            .SignedInMayCall("people of the cluster and of its firms; declined and returned ones: coordinators and who proposed them");
        routes.MapGet($"{Base}/near", Near)
            .WithName("NearOwnSkills").WithSummary("What there is already that may be the same as a skill to be proposed")
            .SignedInMayCall("people of the cluster and of its firms");
        routes.MapGet($"{Base}/{{own}}", Show)
            .WithName("ShowOwnSkill").WithSummary("One own skill, with its mappings").Produces<Answer>()
            .SignedInMayCall("people of the cluster and of its firms; declined and returned ones: coordinators and who proposed them");
    }

    private static async Task<IResult> List(
        Id<Cluster> cluster, PageRequest page, Caller caller, IFirmDirectory directory, OwnSkillReader reader, CancellationToken ct, string? state = null)
    {
        if (await ClusterReaders.Refuse(caller, cluster, directory, ct) is { } refusal) return Problems.From(refusal);
        if (state is not null && !WireNames.TryParse<OwnSkillState>(state, out _))
            return Problems.Of(400, "unknown-state", $"The parameter 'state' takes {string.Join(", ", WireNames.All<OwnSkillState>())}.", ("parameter", "state"));
        var rows = await reader.Rows(cluster, caller, state, page.After<Guid>(), page.Fetch, ct);
        return page.Answer([.. rows.Select(r => Of(r, caller))], a => a.Id.Value);
    }

    private static async Task<IResult> Near(
        Id<Cluster> cluster, Caller caller, IFirmDirectory directory, OwnSkillDesk desk, HttpContext http, CancellationToken ct, string? q = null,
        string? language = null)
    {
        if (await ClusterReaders.Refuse(caller, cluster, directory, ct) is { } refusal) return Problems.From(refusal);
        if (string.IsNullOrWhiteSpace(q) || q.Length > LongestText)
            return Problems.Of(400, "query-needed", $"Send the name as q, with 1 to {LongestText} characters.", ("parameter", "q"));
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(await desk.Near(cluster, q, Languages.Of(language, http.Request), ct));
    }

    private static async Task<IResult> Show(
        Id<Cluster> cluster, Id<OwnSkill> own, Caller caller, IFirmDirectory directory, OwnSkillReader reader, HttpContext http, CancellationToken ct)
    {
        if (await ClusterReaders.Refuse(caller, cluster, directory, ct) is { } refusal) return Problems.From(refusal);
        if (await reader.Find(cluster, own, caller, ct) is not { } row) return Problems.From(OwnSkillRefusals.Unknown);
        ETags.Set(http, row.Version);
        return TypedResults.Ok(Of(row, caller));
    }

    internal static Answer Of(OwnSkillRow row, Caller caller)
    {
        var isNear = OwnSkillReader.IsNear(row, caller);
        return new(
            row.Id, row.Uri, row.State, row.Type, row.Labels, row.Descriptions, row.Mappings,
            row.MergedInto is { } into ? OwnSkill.UriOf(into) : null, isNear ? row.ProposedBy : null, isNear ? row.Why.Or("") : null,
            isNear ? row.Reason?.Or("") : null, row.ProposedAt, row.ChangedAt, row.Version);
    }
}

/// <summary>Reads own skills as somebody of the cluster may see them.</summary>
internal sealed class OwnSkillReader(Database database)
{
    // Between a coordinator and who proposed it, until it is accepted or proposed again.
    private const string Sees = "(state not in ('declined', 'returned') or proposed_by = $2 or $3)";

    /// <summary>Coordinators and who proposed it read the reasons.</summary>
    public static bool IsNear(OwnSkillRow row, Caller caller) =>
        row.ProposedBy == caller.Person || caller.Is(Role.Coordinator, RoleScope.Cluster(row.Cluster));

    public Task<List<OwnSkillRow>> Rows(Id<Cluster> cluster, Caller caller, string? state, Guid? after, int limit, CancellationToken ct) =>
        database.Query(
            SkillsModule.Name,
            Statement.Of(
                OwnSkillRows.Table.Select($"where cluster = $1 and {Sees} and ($4 = '' or state = $4) and id > $5 order by id limit $6"),
                cluster.Value, caller.Person.Value, caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)), state ?? "", after ?? Guid.Empty, limit),
            OwnSkillRows.Table.Read, ct);

    public async Task<OwnSkillRow?> Find(Id<Cluster> cluster, Id<OwnSkill> own, Caller caller, CancellationToken ct)
    {
        var rows = await database.Query(
            SkillsModule.Name,
            Statement.Of(
                OwnSkillRows.Table.Select($"where cluster = $1 and {Sees} and id = $4"), cluster.Value, caller.Person.Value,
                caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)), own.Value),
            OwnSkillRows.Table.Read, ct);
        return rows.FirstOrDefault();
    }
}
