using ClusterNet.Access.Contracts;
using ClusterNet.Access.Federation;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SignIn;

internal static class SignInEndpoint
{
    private static readonly Refusal Failed = new(
        "sign-in-failed", "Address and password do not fit together, or the account is locked for some minutes after many tries. Check both and try again.", 401);

    internal sealed record Body(string Email, string Password) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("email", Email, 1, 320);
            faults.Text("password", Password, 1, 200);
        }
    }

    internal static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/sign-in", Handle)
            .WithName("SignIn").WithSummary("Sign in with address and password; the answer sets the session cookie")
            .WithExample(new Body("coordinator@cluster.example", "eleven quiet lathes at dawn"))
            .AnyoneMayCall("signing in comes before being known").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/access/sign-out", SignOut)
            .WithName("SignOut").WithSummary("End this session").AnyoneMayCall("ends only the session whose cookie is sent");
    }

    private static async Task<IResult> Handle(Body body, HttpContext http, SignInDesk desk, ProviderQueries firms, CancellationToken ct)
    {
        if (await desk.SignIn(body.Email, body.Password, http, ct) is { } person) return Results.Ok(new { person, links = new { self = "/api/v1/access/me" } });
        // By the domain alone, which is public: it says nothing of whether the account exists.
        return Problems.From(await firms.OfAddress(body.Email, ct) is { } firm ? Failed.With("firmSignIn", FirmSignInEndpoints.PathOf(firm.Firm)) : Failed);
    }

    private static async Task<IResult> SignOut(HttpContext http, SignInDesk desk, CancellationToken ct)
    {
        await desk.SignOut(http, ct);
        return Results.NoContent();
    }
}
