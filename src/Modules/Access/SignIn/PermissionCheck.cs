using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SignIn;

/// <summary>Holds every endpoint to its declaration; one without a declaration answers nobody.</summary>
internal static class PermissionCheck
{
    private static readonly Refusal NotSignedIn = new(
        "not-signed-in", "Sign in (POST /api/v1/access/sign-in) or send a token that is still valid: Authorization: Bearer …", 401);

    private static readonly Refusal AuditorsOnlyRead = new(
        "auditor-only-reads", "An auditor reads and changes nothing. Use another account for this.", 403);

    private static readonly Refusal NotFound = new("not-found", "There is nothing here for you. Check the address.", 404);

    public static async Task Hold(HttpContext http, RequestDelegate next)
    {
        // What the router itself answers (405, 415) is no endpoint of ours.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || IsForAnyone(endpoint))
        {
            await next(http);
            return;
        }

        var declared = endpoint.Metadata.GetMetadata<WhoMayCall>();
        if (Caller.Of(http) is not { } caller)
        {
            await http.ChallengeAsync(CallerAuthentication.SchemeName);
            await Problems.From(NotSignedIn).ExecuteAsync(http);
            return;
        }

        if (ChangesAnything(http) && caller.Roles.Any(r => r.Role == Role.Auditor))
        {
            await Problems.From(AuditorsOnlyRead).ExecuteAsync(http);
            return;
        }

        switch (declared?.Judge?.Invoke(http, caller) ?? Verdict.Forbidden)
        {
            case Verdict.Allowed: await next(http); break;
            case Verdict.Hidden: await Problems.From(NotFound).ExecuteAsync(http); break;
            default: await Problems.From(AccessModule.NotAllowed).ExecuteAsync(http); break;
        }
    }

    /// <summary>An auditor's own tokens and sessions change nothing in the network.</summary>
    private static bool ChangesAnything(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
        && !http.Request.Path.StartsWithSegments("/api/v1/access/tokens", StringComparison.OrdinalIgnoreCase);

    private static bool IsForAnyone(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<WhoMayCall>() is { Judge: null } || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
