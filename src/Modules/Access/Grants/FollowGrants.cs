using ClusterNet.Access.Contracts;
using ClusterNet.Access.Roles;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Grants;

/// <summary>
/// The role of auditor follows the grants: held until the last of them expires, revoked when none is left. It is said anew with every change, so that
/// two changes at once meet in the role's stream and the second counts the first.
/// </summary>
/// <param name="Until">When the last grant expires; null when none is left.</param>
internal sealed record FollowGrants(Id<Person> Auditor, RoleScope Scope, DateTimeOffset? Until, Id<Person> By, string Reason, DateTimeOffset Now)
    : ICommand<RoleAssignment, RoleAssignmentEvent>
{
    public Decision<RoleAssignmentEvent> Decide(RoleAssignment state) => (state, Until) switch
    {
        (_, { } until) => new RoleGranted(Auditor, Role.Auditor, Scope.Kind, Scope.Id, By, Reason, until, Now),
        (RoleAssignment.Held, _) => new RoleRevoked(Auditor, By, Reason, Now),
        _ => Decision<RoleAssignmentEvent>.Nothing,
    };
}

/// <summary>Prepares the change of the role for the transaction in which a grant is given or ended.</summary>
internal sealed class AuditorRoles(Streams<RoleAssignment, RoleAssignmentEvent> roles, Database database)
{
    /// <param name="changed">The grant that is given or ended.</param>
    /// <param name="until">Its expiry when it is given; null when it ends.</param>
    public async Task<Prepared> Follow(
        Id<Person> auditor, Guid cluster, Id<AuditorGrant> changed, DateTimeOffset? until, Id<Person> by, DateTimeOffset now, CancellationToken ct)
    {
        var others = await Grants.Rows(
            $"where {Grants.InForce} and auditor = $2 and cluster = $3 and id <> $4", database, ct, now, auditor.Value, cluster, changed.Value);
        var last = others.Select(o => (DateTimeOffset?)o.ExpiresAt).Append(until).Max();
        var scope = new RoleScope(ScopeKind.Cluster, cluster);
        return await roles.Prepare(
            RoleAssignment.IdOf(auditor, Role.Auditor, scope), new FollowGrants(auditor, scope, last, by, $"auditor grant {changed}", now), ct);
    }
}
