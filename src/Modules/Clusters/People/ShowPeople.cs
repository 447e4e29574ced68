using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace ClusterNet.Clusters.People;

/// <summary>
/// The people of a firm, and the people of a cluster's firms. Lists are sorted by family name; cursors hold ids, never names.
/// </summary>
internal static class ShowPeopleEndpoint
{
    internal sealed record Answer(
        Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, Position Position, Personal<string> JobTitle,
        string Language, DateTimeOffset BeganAt, long Version);

    internal sealed record Participant(
        Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, Id<Firm> Firm, string FirmName, Position Position);

    private const string Columns = "e.person, p.given_name, p.family_name, e.position, e.job_title, p.language, e.began_at, e.version";
    private const string Sorted = "coalesce(p.sort_name, '')";

    internal static void MapShowPeople(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/firms/{firm}/people", OfFirm)
            .WithName("ListPeopleOfFirm").WithSummary("Who works in a firm").Produces<Page<Answer>>()
            .SignedInMayCall("who works in the firm, coordinators of clusters that have admitted it");
        routes.MapGet("/clusters/firms/{firm}/people/{person}", Show)
            .WithName("ShowPersonOfFirm").WithSummary("One person of a firm").Produces<Answer>()
            .SignedInMayCall("who works in the firm, coordinators of clusters that have admitted it");
        routes.MapGet("/clusters/{cluster}/people", OfCluster)
            .WithName("ListPeopleOfCluster").WithSummary("Find people across a cluster's firms; q searches their names").Produces<Page<Participant>>()
            .SignedInMayCall("who works in a firm of the cluster; its coordinators, assessors and decision makers");
    }

    private static async Task<IResult> OfFirm(Id<Firm> firm, Caller caller, PageRequest page, FirmQueries queries, Database database, CancellationToken ct)
    {
        if (!(await queries.StandingOf(caller, firm, ct)).MaySeePeople) return Problems.From(Refusals.FirmUnknown);
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                $"select {Columns} from clusters.employments e join clusters.people p on p.person = e.person where e.firm = $1 and e.active " +
                $"and ({Sorted}, e.person) > (coalesce((select sort_name from clusters.people where person = $2), ''), $2) order by {Sorted}, e.person limit $3",
                firm.Value, page.After<Guid>() ?? Guid.Empty, page.Fetch),
            Read, ct);
        return page.Answer(rows, a => a.Person.Value);
    }

    private static async Task<IResult> Show(
        Id<Firm> firm, Id<Person> person, Caller caller, HttpContext http, FirmQueries queries, Database database, CancellationToken ct)
    {
        if (!(await queries.StandingOf(caller, firm, ct)).MaySeePeople) return Problems.From(Refusals.FirmUnknown);
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                $"select {Columns} from clusters.employments e join clusters.people p on p.person = e.person where e.id = $1 and e.active",
                Employment.IdOf(person, firm)),
            Read, ct);
        if (rows.Count == 0) return Problems.From(Refusals.PersonUnknown);
        ETags.Set(http, rows[0].Version);
        return TypedResults.Ok(rows[0]);
    }

    private static async Task<IResult> OfCluster(
        Id<Cluster> cluster, string? q, Caller caller, PageRequest page, IFirmDirectory directory, Database database, CancellationToken ct)
    {
        if (!await MaySearch(caller, cluster, directory, ct)) return Problems.From(Refusals.ClusterUnknown);
        var (person, firm) = page.After<(Guid, Guid)>() ?? default;
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                "select e.person, p.given_name, p.family_name, e.firm, f.name, e.position from clusters.memberships m " +
                "join clusters.firms f on f.id = m.firm join clusters.employments e on e.firm = m.firm and e.active " +
                "join clusters.people p on p.person = e.person where m.cluster = $1 and m.state = 'admitted' " +
                "and (strpos(lower(concat_ws(' ', p.given_name, p.family_name)), $2) > 0 or strpos(p.sort_name, $2) > 0) " +
                $"and ({Sorted}, e.person, e.firm) > (coalesce((select sort_name from clusters.people where person = $3), ''), $3, $4) " +
                $"order by {Sorted}, e.person, e.firm limit $5",
                cluster.Value, (q ?? "").Trim().ToLowerInvariant(), person, firm, page.Fetch),
            r => new Participant(
                new(r.GetGuid(0)), Text(r, 1), Text(r, 2), new(r.GetGuid(3)), r.GetString(4), WireNames.Parse<Position>(r.GetString(5))),
            ct);
        return page.Answer(rows, p => (p.Person.Value, p.Firm.Value));
    }

    private static async Task<bool> MaySearch(Caller caller, Id<Cluster> cluster, IFirmDirectory directory, CancellationToken ct)
    {
        Role[] ofCluster = [Role.Coordinator, Role.Assessor, Role.DecisionMaker];
        return ofCluster.Any(role => caller.Is(role, RoleScope.Cluster(cluster)))
            || (await directory.ClustersOf(caller with { Roles = [.. caller.Roles.Where(r => r.Scope.Kind == ScopeKind.Firm)] }, ct)).Contains(cluster);
    }

    private static Answer Read(NpgsqlDataReader r) => new(
        new(r.GetGuid(0)), Text(r, 1), Text(r, 2), WireNames.Parse<Position>(r.GetString(3)), Text(r, 4), r.GetString(5),
        r.GetFieldValue<DateTimeOffset>(6), r.GetInt64(7));

    private static Personal<string> Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? Personal<string>.Erased : r.GetString(column);
}
