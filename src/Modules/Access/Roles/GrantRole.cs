using ClusterNet.Access.Accounts;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Roles;

internal sealed record GrantRole(
    Id<Person> Person, Role Role, RoleScope Scope, Id<Person>? By, string Reason, DateTimeOffset? ExpiresAt, DateTimeOffset Now)
    : ICommand<RoleAssignment, RoleAssignmentEvent>
{
    public static readonly Refusal OneselfRaised = new("own-role", "Nobody raises themselves: ask somebody else who may grant this role.", 403);

    public Decision<RoleAssignmentEvent> Decide(RoleAssignment state) => state switch
    {
        _ when By == Person => OneselfRaised,
        RoleAssignment.Held h when h.ExpiresAt == ExpiresAt => Decision<RoleAssignmentEvent>.Nothing,
        _ => new RoleGranted(Person, Role, Scope.Kind, Scope.Id, By, Reason, ExpiresAt, Now),
    };
}

internal static class GrantRoleEndpoint
{
    /// <summary>Roles of a cluster that its coordinator hands out, an auditor's by a grant; all else follows from facts (founding, joining) or is the operator's.</summary>
    internal static readonly Role[] OfCluster = [Role.Assessor, Role.DecisionMaker, Role.Auditor, Role.Coordinator];

    private static readonly Refusal GrantNeeded = new(
        "grant-needed", "An auditor reads within a grant that names scope, purpose and end, and it gives the role: POST /api/v1/access/auditor-grants.", 422);

    private static readonly Refusal IsAuditor = new(
        "auditor-is-external", "This person audits the cluster. End the auditor's grants there first, or name somebody else.", 422);

    private static readonly Refusal WrongScope = new(
        "role-not-for-scope", "This role cannot be granted here: assessor, decision-maker and coordinator are roles of a cluster, operator of the installation; " +
        "roles in firms come with joining the firm.", 422);

    private static readonly Refusal CannotSignIn = new(
        "person-cannot-sign-in",
        "This person has not signed in yet, and a role needs somebody who knows of it. Invite the person to it (POST /api/v1/clusters/{cluster}/invitations).", 422);

    private static readonly Refusal AlreadyOver = new("role-already-over", "The role would have ended already: send an expiresAt to come, or none.", 422);

    internal sealed record Body(Id<Person> Person, Role Role, ScopeKind ScopeKind, string Reason, Guid? ScopeId = null, DateTimeOffset? ExpiresAt = null)
        : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("reason", Reason, 1, 500);
            faults.Check(ScopeKind == ScopeKind.Installation == ScopeId is null, "scopeId", "scope-id", "Name the cluster's id; leave it out for the installation.");
        }
    }

    internal static void MapGrantRole(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/roles", Handle)
            .WithName(nameof(GrantRole)).WithSummary("Grant a role, with a reason")
            .WithExample(new Body(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), Role.Assessor, ScopeKind.Cluster,
                "Trained assessor of the chamber", Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60")))
            .SignedInMayCall("the operator; the cluster's coordinator for the roles in it; an auditor's comes with a grant");

    private static async Task<IResult> Handle(
        Body body, Caller caller, Streams<RoleAssignment, RoleAssignmentEvent> roles, Streams<Account, AccountEvent> accounts, Commands commands,
        IRoles held, TimeProvider clock, CancellationToken ct)
    {
        if (body.Role == Role.Auditor) return Problems.From(GrantNeeded);
        var scope = new RoleScope(body.ScopeKind, body.ScopeId ?? Guid.Empty);
        var fits = scope.Kind == ScopeKind.Installation ? body.Role == Role.Operator : scope.Kind == ScopeKind.Cluster && OfCluster.Contains(body.Role);
        if (!fits) return Problems.From(WrongScope);
        if (body.ExpiresAt <= clock.GetUtcNow()) return Problems.From(AlreadyOver);
        if (!MayChange(caller, body.Role, scope)) return Problems.From(Permissions.NotAllowed);
        var account = (await accounts.Load(body.Person.Value, ct)).State;
        if (account is Account.Absent or Account.Closed) return Problems.From(InviteAccount.Unknown with { Status = 422 });
        if (account is not Account.Active && !caller.IsOperator) return Problems.From(CannotSignIn);
        if ((await held.Of(body.Person, ct)).Contains(new(Role.Auditor, scope))) return Problems.From(IsAuditor);
        var id = RoleAssignment.IdOf(body.Person, body.Role, scope);
        var command = new GrantRole(body.Person, body.Role, scope, caller.Person, body.Reason, body.ExpiresAt?.ToUniversalTime(), clock.GetUtcNow());
        return await commands.Run(roles, id, command, Reply.Created($"/api/v1/access/roles/{id}", new Id<RoleAssignment>(id)), ct);
    }

    internal static bool MayChange(Caller caller, Role role, RoleScope scope) =>
        caller.IsOperator || (OfCluster.Contains(role) && caller.Is(Role.Coordinator, scope));
}
