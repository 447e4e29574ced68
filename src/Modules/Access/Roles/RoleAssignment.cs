using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Roles;

internal abstract record RoleAssignmentEvent;

[StoredAs("role_granted")]
internal sealed record RoleGranted(
    Id<Person> Person, Role Role, ScopeKind ScopeKind, Guid ScopeId, Id<Person>? By,
    [PersonalData(nameof(Person), KeyClass.Identity)] Personal<string> Reason, DateTimeOffset? ExpiresAt, DateTimeOffset At) : RoleAssignmentEvent;

[StoredAs("role_revoked")]
internal sealed record RoleRevoked(
    Id<Person> Person, Id<Person>? By, [PersonalData(nameof(Person), KeyClass.Identity)] Personal<string> Reason, DateTimeOffset At) : RoleAssignmentEvent;

/// <summary>One role of one person in one scope, over time.</summary>
internal abstract record RoleAssignment : IState<RoleAssignment, RoleAssignmentEvent>
{
    public sealed record NotHeld : RoleAssignment;

    public sealed record Held(Id<Person> Person, DateTimeOffset? ExpiresAt) : RoleAssignment;

    public static RoleAssignment Initial { get; } = new NotHeld();

    /// <summary>The stream of this person, role and scope.</summary>
    public static Guid IdOf(Id<Person> person, Role role, RoleScope scope) =>
        NamedGuid.Of("role", person.ToString(), WireNames.Of(role), WireNames.Of(scope.Kind), scope.Id.ToString("D"));

    public static RoleAssignment Evolve(RoleAssignment state, RoleAssignmentEvent fact) => fact switch
    {
        RoleGranted e => new Held(e.Person, e.ExpiresAt),
        RoleRevoked => new NotHeld(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record RoleAssignmentRow(
    Guid Id, Id<Person> Person, Role Role, ScopeKind ScopeKind, Guid ScopeId, bool Active, DateTimeOffset? ExpiresAt, DateTimeOffset GrantedAt, long Version);

internal sealed class RoleAssignments() : InlineProjection<RoleAssignmentEvent, RoleAssignmentRow>(AccessModule.Name, Table)
{
    public static readonly Table<RoleAssignmentRow> Table = new(AccessModule.Name, "role_assignments", nameof(RoleAssignmentRow.Id))
    {
        Indexes = ["(person) where active", "(scope_id, role) where active"],
    };

    protected override RoleAssignmentRow? Apply(RoleAssignmentRow? row, Recorded<RoleAssignmentEvent> recorded) => recorded.Fact switch
    {
        RoleGranted e => new(recorded.Stream, e.Person, e.Role, e.ScopeKind, e.ScopeId, true, e.ExpiresAt, e.At, recorded.Version),
        RoleRevoked when row is not null => row with { Active = false, Version = recorded.Version },
        _ => row,
    };
}
