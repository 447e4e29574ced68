using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SignIn;

internal static class ChangePasswordEndpoint
{
    /// <param name="CurrentPassword">May be missing only where there is none yet.</param>
    internal sealed record Body(string? CurrentPassword, string NewPassword) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.OptionalText("currentPassword", CurrentPassword, PasswordRules.MaxLength);
            Passwords.Validate(faults, "newPassword", NewPassword);
        }
    }

    internal static void MapChangePassword(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/me/password", Handle)
            .WithName("ChangePassword").WithSummary("Change one's own password; all other sessions end, and a mail says so")
            .WithExample(new Body("eleven quiet lathes at dawn", "seven ships without a harbour"))
            .SignedInMayCall("everybody for themselves, in a session").OwnAffairs().RequireRateLimiting(RateLimits.Secrets);

    private static async Task<IResult> Handle(Body body, PasswordDesk desk, CancellationToken ct) =>
        Answer(await desk.Change(body.CurrentPassword, body.NewPassword, ct));

    internal static IResult Answer((Faults Faults, Refusal? Refusal) outcome) =>
        outcome.Refusal is { } refusal ? Problems.From(refusal) : outcome.Faults.All.Count > 0 ? Problems.Invalid(outcome.Faults.All) : Results.NoContent();
}

internal static class ResetPasswordEndpoints
{
    internal sealed record AskBody(string Email) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("email", Email, 1, 320);
    }

    internal sealed record Body(string Token, string NewPassword) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("token", Token, 10, 100);
            Passwords.Validate(faults, "newPassword", NewPassword);
        }
    }

    internal static void MapResetPassword(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/password-reset", Ask)
            .WithName("AskForPasswordReset").WithSummary("Have a link for a new password mailed; the answer is the same for every address")
            .WithExample(new AskBody("coordinator@cluster.example"))
            .AnyoneMayCall("who forgot the password is not signed in; the answer tells nothing").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/access/password-reset/completion", Complete)
            .WithName("ResetPassword").WithSummary("Set a new password with the link's token; all sessions end. The second factor is still asked for at sign-in")
            .WithExample(new Body("cnr_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p", "seven ships without a harbour"))
            .AnyoneMayCall("the mailed token is the permission").RequireRateLimiting(RateLimits.Secrets);
    }

    private static async Task<IResult> Ask(AskBody body, PasswordDesk desk, CancellationToken ct)
    {
        await desk.AskForLink(body.Email, ct);
        return Results.Accepted();
    }

    private static async Task<IResult> Complete(Body body, PasswordDesk desk, CancellationToken ct) =>
        ChangePasswordEndpoint.Answer(await desk.SetByLink(body.Token, body.NewPassword, ct));
}
