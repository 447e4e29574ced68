using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Clients;

/// <summary>Who may have machine clients where, and what those may be: never more than who makes them.</summary>
internal static class ClientRules
{
    public static readonly Refusal RoleTooHigh = new(
        "role-not-for-client", "A client of a firm may be manager, member or trainer there, one of a cluster its coordinator, one of the installation its operator; " +
        "or leave the role out. Assessing, deciding and auditing are for people.", 422);

    /// <summary>Whoever leads a scope manages its clients.</summary>
    public static Role Leader(ScopeKind kind) => kind switch
    {
        ScopeKind.Installation => Role.Operator,
        ScopeKind.Cluster => Role.Coordinator,
        _ => Role.Manager,
    };

    /// <summary>The leader's own role, and in a firm the roles that the leader hands out.</summary>
    public static bool Fits(ScopeKind kind, Role? role) =>
        role is null || role == Leader(kind) || (kind == ScopeKind.Firm && role is Role.Member or Role.Trainer);

    public static bool Manages(Caller caller, RoleScope scope) => caller.Is(Leader(scope.Kind), scope);

    /// <summary>The ids of all scopes whose clients the caller manages; the installation's is the empty one.</summary>
    public static Guid[] ScopesOf(Caller caller) => [.. caller.Roles.Where(r => r.Role == Leader(r.Scope.Kind)).Select(r => r.Scope.Id).Distinct()];
}
