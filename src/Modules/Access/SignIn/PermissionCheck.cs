using ClusterNet.Access.Contracts;
using ClusterNet.Access.Grants;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.SignIn;

/// <summary>Holds every endpoint to its declaration; one without a declaration answers nobody.</summary>
internal static class PermissionCheck
{
    private static readonly Refusal NotSignedIn = new(
        "not-signed-in", "Sign in (POST /api/v1/access/sign-in) or send a token that is still valid: Authorization: Bearer …", 401);

    private static readonly Refusal AuditorsOnlyRead = new(
        "auditor-only-reads", "An auditor reads and changes nothing. Use another account for this, or end your grants first (POST /api/v1/access/auditor-grants/{id}/end).", 403);

    private static readonly Refusal ScopeMissing = new(
        "scope-missing", "This token may not do this: use one that was issued with the scope that is named here (scope).", 403);

    private static readonly Refusal NotFound = new("not-found", "There is nothing here for you. Check the address.", 404);

    public static async Task Hold(HttpContext http, RequestDelegate next)
    {
        // What the router itself answers (405, 415) is no endpoint of ours.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || IsForAnyone(endpoint))
        {
            ForgetCallerBeyondScope(http);
            await next(http);
            return;
        }

        if (Caller.Of(http) is not { } caller)
        {
            await Challenge(http, endpoint);
            return;
        }

        if (MissingScope(http, endpoint) is { } scope)
        {
            await Refuse(http, endpoint, ScopeMissing.With("scope", scope));
            return;
        }

        if (caller.IsAuditorOnly && ChangesAnything(http, endpoint))
        {
            await Refuse(http, endpoint, AuditorsOnlyRead);
            return;
        }

        switch (WhoMayCall.Of(endpoint)?.Judge?.Invoke(http, caller) ?? Verdict.Forbidden)
        {
            case Verdict.Allowed when caller.IsAuditorOnly: await Record(http, endpoint, caller, next); break;
            case Verdict.Allowed: await next(http); break;
            case Verdict.Hidden: await Refuse(http, endpoint, NotFound); break;
            default: await Refuse(http, endpoint, Permissions.NotAllowed); break;
        }
    }

    /// <summary>The net under all reads of auditors: what no slice records, and is not their own, is recorded by its address, or not answered.</summary>
    private static async Task Record(HttpContext http, Endpoint endpoint, Caller caller, RequestDelegate next)
    {
        var itself = endpoint.Metadata.Any(m => m is ReadsRecordedAttribute or OwnDataAttribute or OwnAffairsAttribute);
        var refusal = itself || !OnlyReads(http)
            ? null
            : await http.RequestServices.GetRequiredService<LookRecorder>().RecordByAddress(http, caller);
        if (refusal is null) await next(http);
        else await Refuse(http, endpoint, refusal);
    }

    /// <summary>A page sends its reader to sign in and comes back; a form that was sent after the session ended is not lost: it is sent again by reloading.</summary>
    private static async Task Challenge(HttpContext http, Endpoint endpoint)
    {
        if (IsPage(endpoint) && HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Redirect($"/sign-in?to={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
            return;
        }

        await http.ChallengeAsync(CallerAuthentication.SchemeName);
        if (!IsPage(endpoint)) await Problems.From(NotSignedIn).ExecuteAsync(http);
    }

    /// <summary>A page's refusal leaves without a body: the Host's error pages write it.</summary>
    private static Task Refuse(HttpContext http, Endpoint endpoint, Refusal refusal)
    {
        if (!IsPage(endpoint)) return Problems.From(refusal).ExecuteAsync(http);
        http.Response.StatusCode = refusal.Status;
        return Task.CompletedTask;
    }

    private static string? MissingScope(HttpContext http, Endpoint endpoint) =>
        Presented.Of(http) is { } presented && TokenScopes.NeededFor(http, endpoint) is var scope && !presented.Covers(scope) ? scope : null;

    /// <summary>What anyone may call is answered to a token without the scope as it is to anyone: nothing of its owner shows.</summary>
    private static void ForgetCallerBeyondScope(HttpContext http)
    {
        if (http.GetEndpoint() is { } endpoint && MissingScope(http, endpoint) is not null) http.Features.Set<Caller>(null);
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<WhoMaySeeAttribute>() is not null;

    /// <summary>An auditor's own sign-in, tokens and settings change nothing in the network.</summary>
    private static bool ChangesAnything(HttpContext http, Endpoint endpoint) =>
        !OnlyReads(http) && endpoint.Metadata.GetMetadata<OwnAffairsAttribute>() is null;

    private static bool OnlyReads(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static bool IsForAnyone(Endpoint endpoint) =>
        WhoMayCall.Of(endpoint) is { Judge: null } || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
