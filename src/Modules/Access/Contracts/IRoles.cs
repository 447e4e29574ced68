using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>Roles, for modules above: they decide who becomes what, and commit it together with their own facts.</summary>
public interface IRoles
{
    /// <summary>Decides a grant for the transaction of another command; granting what is held already adds nothing.</summary>
    /// <param name="by">Who grants; null when a rule of the system does.</param>
    Task<Prepared> PrepareGrant(Id<Person> person, Role role, RoleScope scope, Id<Person>? by, string reason, DateTimeOffset now, CancellationToken ct);

    /// <summary>The same where nothing can be held yet, because the person or the scope begins in this transaction: nothing is looked up.</summary>
    Prepared PrepareFirstGrant(Id<Person> person, Role role, RoleScope scope, Id<Person>? by, string reason, DateTimeOffset now);

    /// <summary>Decides a revocation for the transaction of another command; revoking what is not held adds nothing.</summary>
    Task<Prepared> PrepareRevocation(Id<Person> person, Role role, RoleScope scope, Id<Person>? by, string reason, DateTimeOffset now, CancellationToken ct);

    Task<IReadOnlyList<HeldRole>> Of(Id<Person> person, CancellationToken ct);

    /// <summary>Who holds a role in a scope now.</summary>
    Task<IReadOnlyList<Id<Person>>> Holders(Role role, RoleScope scope, CancellationToken ct);
}
