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
    internal static readonly Refusal Failed = new(
        "sign-in-failed", "Address and password do not fit together, or the account is locked for some minutes after many tries. Check both and try again.", 401);

    internal static readonly Refusal CodeNeeded = new(
        "second-factor-needed",
        "The password is right; now send this attempt with the code of the authenticator app, or a recovery code, to POST /api/v1/access/sign-in/second-factor.",
        401);

    internal sealed record Body(string Email, string Password) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("email", Email, 1, 320);
            faults.Text("password", Password, 1, PasswordRules.MaxLength);
        }
    }

    internal static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/sign-in", Handle)
            .WithName("SignIn").WithSummary("Sign in with address and password; the answer sets the session cookie")
            .WithDescription("With a second factor the answer is the problem second-factor-needed and its member attempt.")
            .WithExample(new Body("coordinator@cluster.example", "eleven quiet lathes at dawn"))
            .AnyoneMayCall("signing in comes before being known").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/access/sign-out", (Delegate)SignOut)
            .WithName("SignOut").WithSummary("End this session").AnyoneMayCall("ends only the session whose cookie is sent");
    }

    private static async Task<IResult> Handle(Body body, SignInDesk desk, ProviderQueries firms, CancellationToken ct) => await desk.ByPassword(body.Email, body.Password, ct) switch
    {
        FirstStep.SignedIn signedIn => Welcome(signedIn.Person),
        FirstStep.CodeNeeded needed => Problems.From(CodeNeeded.With("attempt", needed.Attempt.Text)),
        // By the domain alone, which is public: it says nothing of whether the account exists.
        _ => Problems.From(await firms.OfAddress(body.Email, ct) is { } firm ? Failed.With("firmSignIn", FirmSignInEndpoints.PathOf(firm.Firm)) : Failed),
    };

    internal static IResult Welcome(Id<Person> person) => Results.Ok(new { person, links = new { self = "/api/v1/access/me" } });

    private static async Task<IResult> SignOut(HttpContext http)
    {
        await SignInDesk.SignOut(http);
        return Results.NoContent();
    }
}
