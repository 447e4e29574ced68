using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.Contracts;

/// <summary>Who holds which role, for pages of modules above.</summary>
public interface IRoleList
{
    /// <summary>The roles in force within a scope.</summary>
    Task<IReadOnlyList<RoleHolder>> In(RoleScope scope, CancellationToken ct);
}

/// <summary>A role that somebody holds, to be shown and taken back.</summary>
public sealed record RoleHolder(Guid Assignment, Id<Person> Person, Personal<string> Name, Role Role, DateTimeOffset GrantedAt, DateTimeOffset? ExpiresAt);

/// <summary>Takes roles back for pages of modules above: the same rules as over the API.</summary>
public interface IRoleDesk
{
    /// <summary>Carries the revocation out as this request's command.</summary>
    Task<IResult> Revoke(Guid assignment, Caller by, string reason, CancellationToken ct);
}
