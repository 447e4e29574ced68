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
    private static readonly Refusal Unknown = new("role-unknown", "There is no such role assignment.", 404);

    private static readonly Refusal GrantInForce = new(
        "grant-in-force", "Grants in force give this role. End them (POST /api/v1/access/auditor-grants/{id}/end), and the role ends with the last.");

    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 500);
    }

    internal static void MapRevokeRole(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/roles/{id}/revocation", Handle)
            .WithName(nameof(RevokeRole)).WithSummary("Revoke a role, with a reason; it ends at once")
            .WithExample(new Body("Left the network"))
            .SignedInMayCall("who may grant the role");

    private static async Task<IResult> Handle(
        Id<RoleAssignment> id, Body body, Caller caller, Database database, Streams<RoleAssignment, RoleAssignmentEvent> roles, IRoles held,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name, Statement.Of(RoleAssignments.Table.Select("where id = $1"), id.Value), RoleAssignments.Table.Read, ct);
        if (rows is not [var row] || !MayRevoke(caller, row.Role, new(row.ScopeKind, row.ScopeId))) return Problems.From(Unknown);
        if (row.Role == Role.Auditor && (await held.Of(row.Person, ct)).Contains(new(row.Role, new(row.ScopeKind, row.ScopeId)))) return Problems.From(GrantInForce);
        var command = new RevokeRole(caller.Person, body.Reason, clock.GetUtcNow());
        return await commands.Run(roles, id.Value, command, Reply.Changed($"/api/v1/access/roles/{id}", id), ct);
    }

    /// <summary>Who may grant it; an auditor's role of the time before grants also the cluster's coordinator.</summary>
    private static bool MayRevoke(Caller caller, Role role, RoleScope scope) =>
        GrantRoleEndpoint.MayChange(caller, role, scope) || (role == Role.Auditor && caller.Is(Role.Coordinator, scope));
}
