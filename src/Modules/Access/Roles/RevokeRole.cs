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
        Id<RoleAssignment> id, Body body, Caller caller, Database database, Streams<RoleAssignment, RoleAssignmentEvent> roles, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name, Statement.Of(RoleAssignments.Table.Select("where id = $1"), id.Value), RoleAssignments.Table.Read, ct);
        if (rows.Count == 0 || !GrantRoleEndpoint.MayChange(caller, rows[0].Role, new(rows[0].ScopeKind, rows[0].ScopeId))) return Problems.From(Unknown);
        var command = new RevokeRole(caller.Person, body.Reason, clock.GetUtcNow());
        return await commands.Run(roles, id.Value, command, Reply.Changed($"/api/v1/access/roles/{id}", id), ct);
    }
}
