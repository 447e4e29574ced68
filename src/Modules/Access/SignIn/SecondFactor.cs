using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SignIn;

internal static class SecondFactorEndpoint
{
    private static readonly Refusal Failed = new(
        "second-factor-failed",
        "This code does not fit, was used already, or the attempt is over (five minutes, five codes). Wait for the next code; when it fails again, sign in anew.", 401);

    /// <param name="Attempt">From the answer to the first step.</param>
    /// <param name="Code">Six digits of the authenticator app, or a recovery code.</param>
    internal sealed record Body(string Attempt, string Code) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("attempt", Attempt, 10, 100);
            faults.Text("code", Code, 6, 40);
        }
    }

    internal static void MapSecondFactor(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/sign-in/second-factor", Handle)
            .WithName("SignInWithSecondFactor").WithSummary("The second step of signing in; the answer sets the session cookie")
            .WithExample(new Body("cna_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p", "492039"))
            .AnyoneMayCall("the attempt's secret is the permission").RequireRateLimiting(RateLimits.Secrets);

    private static async Task<IResult> Handle(Body body, SignInDesk desk, CancellationToken ct) =>
        await desk.ByCode(body.Attempt, body.Code, ct) is { } person ? SignInEndpoint.Welcome(person) : Problems.From(Failed);
}
