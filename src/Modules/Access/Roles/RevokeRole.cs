using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Roles;

internal sealed record RevokeRole(Id<Person>? By, string Reason, DateTimeOffset Now) : ICommand<RoleAssignment, RoleAssignmentEvent>
{
    public Decision<RoleAssignmentEvent> Decide(RoleAssignment state) =>
        state is RoleAssignment.Held held ? new RoleRevoked(held.Person, By, Reason, Now) : Decision<RoleAssignmentEvent>.Nothing;
}

internal static class RevokeRoleEndpoint
{
    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 500);
    }

    internal static void MapRevokeRole(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/roles/{id}/revocation", (Id<RoleAssignment> id, Body body, Caller caller, IRoleDesk desk, CancellationToken ct) =>
                desk.Revoke(id.Value, caller, body.Reason, ct))
            .WithName(nameof(RevokeRole)).WithSummary("Revoke a role, with a reason, or give up one's own; it ends at once")
            .WithExample(new Body("Left the network"))
            .SignedInMayCall("who may grant the role, and its holder; a cluster keeps a coordinator, the installation an operator");
}

/// <summary>Who may take which role back.</summary>
internal sealed class RoleDesk(Database database, Streams<RoleAssignment, RoleAssignmentEvent> roles, IRoles held, Commands commands, TimeProvider clock)
    : IRoleDesk
{
    private static readonly Refusal Unknown = new("role-unknown", "There is no such role assignment.", 404);

    private static readonly Refusal FollowsPosition = new(
        "role-follows-position", "Roles in a firm come and go with the person's position there: change the position, or end the employment.");

    private static readonly Refusal GrantInForce = new(
        "grant-in-force", "Grants in force give this role. End them (POST /api/v1/access/auditor-grants/{id}/end), and the role ends with the last.");

    public async Task<IResult> Revoke(Guid assignment, Caller by, string reason, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name, Statement.Of(RoleAssignments.Table.Select("where id = $1"), assignment), RoleAssignments.Table.Read, ct);
        if (rows.Count == 0 || !MayRevoke(by, rows[0])) return Problems.From(Unknown);
        var (row, now) = (rows[0], clock.GetUtcNow());
        if (row.ScopeKind == ScopeKind.Firm) return Problems.From(FollowsPosition);
        var role = new HeldRole(row.Role, new(row.ScopeKind, row.ScopeId));
        if (role.Role == Role.Auditor && (await held.Of(row.Person, ct)).Contains(role)) return Problems.From(GrantInForce);
        return await commands.Run(
            roles, assignment, new RevokeRole(by.Person, reason, now), Reply.Changed($"/api/v1/access/roles/{assignment}", new Id<RoleAssignment>(assignment)), ct,
            onGuard: _ => Task.FromResult(LastHolder.Stays), statements: LastHolder.Keep(row.Role, new(row.ScopeKind, row.ScopeId), now));
    }

    /// <summary>A coordinator takes no other coordinator's role: that is the operator's, or the holder's own doing.</summary>
    private static bool MayRevoke(Caller by, RoleAssignmentRow row) =>
        row.Person == by.Person
        || (GrantRoleEndpoint.MayChange(by, row.Role, new(row.ScopeKind, row.ScopeId)) && (row.Role != Role.Coordinator || by.IsOperator));
}
