using System.Reflection;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClusterNet.Access.Contracts;

/// <summary>Who is calling, with the roles held at this moment. An endpoint takes it as a parameter.</summary>
public sealed record Caller(Id<Person> Person, IReadOnlyList<HeldRole> Roles) : IEndpointParameterMetadataProvider
{
    public bool IsOperator => Is(Role.Operator, RoleScope.Installation);

    /// <summary>Is here as an auditor and as nothing else: only reads, and every read is recorded.</summary>
    public bool IsAuditorOnly => Roles.Count > 0 && Roles.All(r => r.Role == Role.Auditor);

    public bool Is(Role role, RoleScope scope) => Roles.Any(r => r.Role == role && r.Scope == scope);

    /// <summary>Holds any role within the scope.</summary>
    public bool IsIn(RoleScope scope) => Roles.Any(r => r.Scope == scope);

    /// <summary>Ids of the scopes of one kind in which one of the roles is held.</summary>
    public IReadOnlyList<Guid> ScopesOf(ScopeKind kind, params IEnumerable<Role> roles) =>
        [.. Roles.Where(r => r.Scope.Kind == kind && roles.Contains(r.Role)).Select(r => r.Scope.Id).Distinct()];

    /// <summary>The firms in which the caller works, whatever as.</summary>
    public IReadOnlyList<Guid> Firms => ScopesOf(ScopeKind.Firm, Role.Manager, Role.Member, Role.Trainer);

    /// <summary>The caller of this request; null when nobody is signed in (endpoints that anyone may call).</summary>
    public static Caller? Of(HttpContext context) => context.Features.Get<Caller>();

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        // Nothing to describe: the caller comes with the request's credentials, not as a parameter of the API.
    }
}
