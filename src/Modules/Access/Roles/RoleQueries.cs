using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Roles;

/// <summary>The port that modules above use.</summary>
internal sealed class RoleQueries(Database database, Streams<RoleAssignment, RoleAssignmentEvent> roles, TimeProvider clock) : IRoles
{
    private static readonly string InForce = $"r.active and (r.expires_at is null or r.expires_at > $1) and {Grants.Grants.RoleCounts("$1")}";

    public Task<Prepared> PrepareGrant(
        Id<Person> person, Role role, RoleScope scope, Id<Person>? by, string reason, DateTimeOffset now, CancellationToken ct) =>
        roles.Prepare(RoleAssignment.IdOf(person, role, scope), new GrantRole(person, role, scope, by, reason, null, now), ct);

    public Prepared PrepareFirstGrant(Id<Person> person, Role role, RoleScope scope, Id<Person>? by, string reason, DateTimeOffset now) =>
        roles.PrepareNew(RoleAssignment.IdOf(person, role, scope), new GrantRole(person, role, scope, by, reason, null, now));

    public Task<Prepared> PrepareRevocation(
        Id<Person> person, Role role, RoleScope scope, Id<Person>? by, string reason, DateTimeOffset now, CancellationToken ct) =>
        roles.Prepare(RoleAssignment.IdOf(person, role, scope), new RevokeRole(by, reason, now), ct);

    public async Task<IReadOnlyList<HeldRole>> Of(Id<Person> person, CancellationToken ct)
    {
        var rows = await Rows($"r where {InForce} and person = $2", ct, person.Value);
        return [.. rows.Select(r => new HeldRole(r.Role, new(r.ScopeKind, r.ScopeId)))];
    }

    public async Task<IReadOnlyList<Id<Person>>> Holders(Role role, RoleScope scope, CancellationToken ct)
    {
        var rows = await Rows($"r where {InForce} and role = $2 and scope_kind = $3 and scope_id = $4", ct, WireNames.Of(role), WireNames.Of(scope.Kind), scope.Id);
        return [.. rows.Select(r => r.Person)];
    }

    private Task<List<RoleAssignmentRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(
            AccessModule.Name, Statement.Of(RoleAssignments.Table.Select(where), [clock.GetUtcNow(), .. values]), RoleAssignments.Table.Read, ct);
}
