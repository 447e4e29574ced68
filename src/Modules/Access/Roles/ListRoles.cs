using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Roles;

/// <summary>Who holds which role in a cluster or in the installation.</summary>
internal static class ListRolesEndpoint
{
    internal sealed record Answer(
        Id<RoleAssignment> Assignment, Id<Person> Person, Personal<string> Name, Role Role, DateTimeOffset GrantedAt, DateTimeOffset? ExpiresAt, long Version);

    internal static void MapListRoles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/roles/installation", (PageRequest page, RoleList list, CancellationToken ct) => list.Page(RoleScope.Installation, page, ct))
            .WithName("ListOperators").WithSummary("Who operates the installation").Produces<Page<Answer>>().OperatorMayCall();
        routes.MapGet("/access/roles/clusters/{cluster}", (Id<Caller> cluster, PageRequest page, RoleList list, CancellationToken ct) =>
                list.Page(new(ScopeKind.Cluster, cluster.Value), page, ct))
            .WithName("ListRolesOfCluster").WithSummary("Who holds a role in the cluster").Produces<Page<Answer>>()
            .InClusterMayCall("cluster", Role.Coordinator);
    }
}

/// <summary>The roles in force within a scope, for the API and for pages of modules above.</summary>
internal sealed class RoleList(Database database, IAccounts accounts, TimeProvider clock) : IRoleList
{
    public async Task<Paged<ListRolesEndpoint.Answer>> Page(RoleScope scope, PageRequest page, CancellationToken ct)
    {
        var rows = await Rows(scope, page.After<Guid>() ?? Guid.Empty, page.Fetch, ct);
        return page.Answer<ListRolesEndpoint.Answer, Guid>(
            [.. rows.Select(r => new ListRolesEndpoint.Answer(new(r.Row.Id), r.Row.Person, r.Name, r.Row.Role, r.Row.GrantedAt, r.Row.ExpiresAt, r.Row.Version))],
            a => a.Assignment.Value);
    }

    public async Task<IReadOnlyList<RoleHolder>> In(RoleScope scope, CancellationToken ct)
    {
        const int AllThatAPageShows = 500;
        var rows = await Rows(scope, Guid.Empty, AllThatAPageShows, ct);
        return [.. rows.Select(r => new RoleHolder(r.Row.Id, r.Row.Person, r.Name, r.Row.Role, r.Row.GrantedAt, r.Row.ExpiresAt))];
    }

    private async Task<IReadOnlyList<(RoleAssignmentRow Row, Personal<string> Name)>> Rows(RoleScope scope, Guid after, int fetch, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name,
            Statement.Of(
                RoleAssignments.Table.Select(
                    $"r where active and (expires_at is null or expires_at > $1) and {Grants.Grants.RoleCounts("$1")} and scope_kind = $2 and scope_id = $3 and id > $4 order by id limit $5"),
                clock.GetUtcNow(), WireNames.Of(scope.Kind), scope.Id, after, fetch),
            RoleAssignments.Table.Read, ct);
        var cards = await accounts.Cards([.. rows.Select(r => r.Person)], ct);
        return [.. rows.Select(r => (r, cards.GetValueOrDefault(r.Person)?.Name ?? default))];
    }
}
