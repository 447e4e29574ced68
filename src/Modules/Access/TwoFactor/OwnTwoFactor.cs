using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.TwoFactor;

internal static class OwnTwoFactorEndpoints
{
    internal static readonly Refusal
        IsOn = new("second-factor-on", "The second factor is on already. Turn it off first to set up another app."),
        IsOff = new("second-factor-off", "The second factor is not on. Set it up first (POST /api/v1/access/me/two-factor/secret)."),
        WrongCode = new("wrong-code", "This code does not fit or was used already. Check the clock of your phone and send the app's next code.", 422);

    internal sealed record Answer(bool On, DateTimeOffset? Since, int RecoveryCodesLeft);

    internal sealed record SecretAnswer(string Secret, string Uri);

    internal sealed record CodesAnswer(IReadOnlyList<string> RecoveryCodes);

    /// <param name="Password">The current one; needed when the session is older than 15 minutes.</param>
    internal sealed record Confirmation(string? Password = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("password", Password, PasswordRules.MaxLength);
    }

    internal sealed record CodeBody(string Code) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("code", Code, 6, 40);
    }

    internal static void MapOwnTwoFactor(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/two-factor", Show)
            .WithName("ShowTwoFactor").WithSummary("Whether the second factor is on").Produces<Answer>().SignedInMayCall("everybody about themselves");
        routes.MapPost("/access/me/two-factor/secret", Prepare)
            .WithName("PrepareTwoFactor").WithSummary("Set the second factor up: the secret for an authenticator app, as text and as its address")
            .WithExample(new Confirmation("eleven quiet lathes at dawn")).Produces<SecretAnswer>().Own();
        routes.MapPost("/access/me/two-factor", TurnOn)
            .WithName("TurnTwoFactorOn").WithSummary("Turn the second factor on with the app's code; the answer shows ten recovery codes once, and other sessions end")
            .WithExample(new CodeBody("492039")).Produces<CodesAnswer>().Own();
        routes.MapPost("/access/me/two-factor/recovery-codes", Renew)
            .WithName("RenewRecoveryCodes").WithSummary("Ten new recovery codes in place of the old ones, shown once")
            .WithExample(new CodeBody("492039")).Produces<CodesAnswer>().Own();
        routes.MapPost("/access/me/two-factor/removal", TurnOff)
            .WithName("TurnTwoFactorOff").WithSummary("Turn the second factor off with a code; other sessions end, and a mail says so")
            .WithExample(new CodeBody("492039")).Own();
    }

    private static RouteHandlerBuilder Own(this RouteHandlerBuilder endpoint) =>
        endpoint.SignedInMayCall("everybody for themselves, in a session").OwnAffairs().RequireRateLimiting(RateLimits.Secrets);

    private static async Task<IResult> Show(OwnAccount own) => await own.Find() is { Holder: { } holder }
        ? Results.Ok(new Answer(holder.TwoFactorSince is not null, holder.TwoFactorSince, holder.RecoveryCodesLeft))
        : Problems.From(OwnAccount.SessionNeeded);

    private static async Task<IResult> Prepare(Confirmation body, OwnAccount own, TwoFactorDesk desk, CancellationToken ct)
    {
        var found = await own.Confirmed(body.Password, ct);
        if (found.Holder is not { } holder) return Problems.From(found.Refusal ?? OwnAccount.SessionNeeded);
        if (holder.TwoFactorSince is not null) return Problems.From(IsOn);
        var secret = await desk.NewSecret(holder);
        return Results.Ok(new SecretAnswer(secret, QrPicture.Uri(holder.Email ?? "", secret)));
    }

    private static async Task<IResult> TurnOn(CodeBody body, OwnAccount own, TwoFactorDesk desk, CancellationToken ct)
    {
        // Who knows the secret's code has confirmed it when the secret was shown.
        var found = await own.Find();
        if (found is not { Holder: { } holder, Session: { } session }) return Problems.From(found.Refusal ?? OwnAccount.SessionNeeded);
        if (holder.TwoFactorSince is not null) return Problems.From(IsOn);
        return await desk.TurnOn(holder, session, body.Code, ct) is { } codes ? Results.Ok(new CodesAnswer(codes)) : Problems.From(WrongCode);
    }

    private static async Task<IResult> Renew(CodeBody body, OwnAccount own, TwoFactorDesk desk, SignInDesk signIn, CancellationToken ct)
    {
        var (found, refusal) = await WithCode(body, own, signIn, ct);
        return found.Holder is { } holder && refusal is null ? Results.Ok(new CodesAnswer(await desk.NewCodes(holder))) : Problems.From(refusal ?? OwnAccount.SessionNeeded);
    }

    private static async Task<IResult> TurnOff(CodeBody body, OwnAccount own, TwoFactorDesk desk, SignInDesk signIn, CancellationToken ct)
    {
        var (found, refusal) = await WithCode(body, own, signIn, ct);
        if (refusal is not null || found is not { Holder: { } holder, Session: { } session }) return Problems.From(refusal ?? OwnAccount.SessionNeeded);
        await desk.TurnOff(holder, session, ct);
        return Results.NoContent();
    }

    private static async Task<(OwnAccount.Found, Refusal?)> WithCode(CodeBody body, OwnAccount own, SignInDesk signIn, CancellationToken ct)
    {
        var found = await own.Find();
        if (found.Holder is not { } holder) return (found, found.Refusal);
        if (holder.TwoFactorSince is null) return (found, IsOff);
        return (found, await signIn.CodeFits(holder, body.Code, ct) ? null : WrongCode);
    }
}
