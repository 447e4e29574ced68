using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Federation;

/// <summary>The way to a firm's provider and back. Both are navigations of a browser, so they answer with redirects; the page says how it ended.</summary>
internal static class FirmSignInEndpoints
{
    private static readonly Refusal NotLinked = new("firm-sign-in-unknown", "Your account is linked to no sign-in of this firm; there is nothing to take away.", 404);

    public static string PathOf(Guid firm) => $"/sign-in/firm/{firm}";

    internal static void MapFirmSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/firm/{firm:guid}", Begin)
            .WithName("BeginFirmSignIn").ExcludeFromDescription()
            .AnyoneMayCall("signing in comes before being known").RequireRateLimiting(RateLimits.Secrets);
        routes.MapGet("/sign-in/firm/{firm:guid}/callback", Complete)
            .WithName("CompleteFirmSignIn").ExcludeFromDescription()
            .AnyoneMayCall("the provider's answer and this browser's cookie are the permission").RequireRateLimiting(RateLimits.Secrets);
    }

    private static async Task<IResult> Begin(Guid firm, HttpContext http, FirmSignInDesk desk, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var hint = http.Request.Query["hint"] is [{ Length: <= 254 } address] && MailDomain.Of(address) is not null ? address : null;
        try
        {
            return await desk.Begin(firm, http.Request.Query["to"], hint, http, ct) is { } there
                ? Results.Redirect(there)
                : Ended(FirmSignInOutcome.NotBegun);
        }
        catch (ProviderException)
        {
            return Ended(FirmSignInOutcome.ProviderDown);
        }
    }

    private static async Task<IResult> Complete(Guid firm, HttpContext http, FirmSignInDesk desk, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (outcome, goOn) = await desk.Complete(firm, http, ct);
        return outcome == FirmSignInOutcome.SignedIn ? Results.LocalRedirect(goOn) : Ended(outcome);
    }

    private static IResult Ended(FirmSignInOutcome outcome) => Results.LocalRedirect($"/sign-in/firm?outcome={outcome}");
}

internal static class MyFirmSignInEndpoints
{
    internal sealed record Answer(IReadOnlyList<LinkedIdentity> Items);

    internal static void MapMyFirmSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/firm-sign-ins", async (Caller caller, Database database, CancellationToken ct) =>
                Results.Ok(new Answer(await OutsideIdentity.Of(caller.Person, database, ct))))
            .WithName("ListFirmSignIns").WithSummary("By which firms' sign-ins one's account can be reached").Produces<Answer>()
            .SignedInMayCall("everybody about themselves").OwnData();
        routes.MapDelete("/access/me/firm-sign-ins/{firm}", async (Guid firm, Caller caller, Database database, CancellationToken ct) =>
                await database.Execute(AccessModule.Name, [OutsideIdentity.Unlink(caller.Person, firm)], ct) == 0 ? Problems.From(NotLinked) : Results.NoContent())
            .WithName("RemoveFirmSignIn").WithSummary("Take the link to a firm's sign-in away; the next sign-in there links anew")
            .SignedInMayCall("everybody for themselves").OwnAffairs();
    }
}
