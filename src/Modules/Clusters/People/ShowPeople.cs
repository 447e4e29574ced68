using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Search;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

/// <summary>
/// The people of a firm, and the people of a cluster's firms, each as the person's visibility allows. Lists are sorted by family name; cursors
/// hold ids, never names.
/// </summary>
internal static class ShowPeopleEndpoint
{
    internal static void MapShowPeople(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/firms/{firm}/people", OfFirm)
            .WithName("ListPeopleOfFirm").WithSummary("Who works in a firm, as far as each shows it").Produces<Page<Colleague>>()
            .SignedInMayCall("who works in the firm, as each person's visibility says; its managers and coordinators of its clusters see all");
        routes.MapGet("/clusters/firms/{firm}/people/{person}", Show)
            .WithName("ShowPersonOfFirm").WithSummary("One person of a firm").Produces<Colleague>()
            .SignedInMayCall("who works in the firm, as the person's visibility says; its managers and coordinators of its clusters");
        routes.MapGet("/clusters/{cluster}/people", OfCluster)
            .WithName("ListPeopleOfCluster").WithSummary("Find people across a cluster's firms; q searches their names").Produces<Page<Participant>>()
            .SignedInMayCall("who works in a firm of the cluster; its coordinators, assessors and decision makers; each person as their visibility says");
    }

    private static async Task<IResult> OfFirm(
        Id<Firm> firm, Caller caller, PageRequest page, FirmQueries queries, Viewers viewers, PeopleQueries people, CancellationToken ct)
    {
        if (!(await queries.StandingOf(caller, firm, ct)).MaySeePeople) return Problems.From(Refusals.FirmUnknown);
        var rows = await people.OfFirm(await viewers.Of(caller, ct), firm, page.After<Guid>() ?? Guid.Empty, page.Fetch, ct);
        return page.Answer(rows, a => a.Person.Value);
    }

    private static async Task<IResult> Show(
        Id<Firm> firm, Id<Person> person, Caller caller, HttpContext http, FirmQueries queries, Viewers viewers, PeopleQueries people,
        CancellationToken ct)
    {
        if (!(await queries.StandingOf(caller, firm, ct)).MaySeePeople) return Problems.From(Refusals.FirmUnknown);
        if (await people.OfFirm(await viewers.Of(caller, ct), firm, person, ct) is not { } found) return Problems.From(Refusals.PersonUnknown);
        ETags.Set(http, found.Version);
        return TypedResults.Ok(found);
    }

    private static async Task<IResult> OfCluster(
        Id<Cluster> cluster, string? q, Caller caller, PageRequest page, IFirmDirectory directory, Viewers viewers, PeopleQueries people,
        CancellationToken ct)
    {
        if (!await MaySearch(caller, cluster, directory, ct)) return Problems.From(ClusterRefusals.Unknown);
        var query = FoldedQuery.Of(q);
        if (query is null && !string.IsNullOrWhiteSpace(q)) return page.Answer<Participant, Guid>([], p => p.Person.Value);
        var rows = await people.OfCluster(await viewers.Of(caller, ct), cluster, query, page.After<(Guid, Guid)>() ?? default, page.Fetch, ct);
        return page.Answer(rows, p => (p.Person.Value, p.Firm.Value));
    }

    private static async Task<bool> MaySearch(Caller caller, Id<Cluster> cluster, IFirmDirectory directory, CancellationToken ct)
    {
        Role[] ofCluster = [Role.Coordinator, Role.Assessor, Role.DecisionMaker];
        return ofCluster.Any(role => caller.Is(role, RoleScope.Cluster(cluster)))
            || (await directory.ClustersOf(caller with { Roles = [.. caller.Roles.Where(r => r.Scope.Kind == ScopeKind.Firm)] }, ct)).Contains(cluster);
    }
}
