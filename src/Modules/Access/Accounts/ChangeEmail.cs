using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Accounts;

/// <summary>Decided when the link in a mail to the new address comes back: so it is the person's, and it is confirmed.</summary>
internal sealed record ChangeEmail(string Email, DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public static readonly Refusal NotActive = new("account-not-active", "Only who can sign in changes the address. Accept your invitation first.", 422);

    public Decision<AccountEvent> Decide(Account state) => state is Account.Active ? new AccountEmailChanged(Email, Now) : NotActive;
}

/// <summary>The same for the address that the account has.</summary>
internal sealed record ConfirmEmail(DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public Decision<AccountEvent> Decide(Account state) => state switch
    {
        Account.Active { EmailConfirmed: true } => Decision<AccountEvent>.Nothing,
        Account.Active => new AccountEmailConfirmed(Now),
        _ => ChangeEmail.NotActive,
    };
}

internal static class ChangeEmailEndpoints
{
    internal sealed record Answer(string? Email, bool Confirmed);

    /// <param name="Email">The new address; the present one has it confirmed.</param>
    /// <param name="Password">The current one; needed when the session is older than 15 minutes.</param>
    internal sealed record AskBody(string Email, string? Password = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Email("email", Email);
            faults.OptionalText("password", Password, PasswordRules.MaxLength);
        }
    }

    internal sealed record ConfirmBody(string Token) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("token", Token, 10, 100);
    }

    internal static void MapChangeEmail(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/email", Show)
            .WithName("ShowEmail").WithSummary("One's own address, and whether it is confirmed").Produces<Answer>().SignedInMayCall("everybody about themselves");
        routes.MapPost("/access/me/email", Ask)
            .WithName("AskForEmailChange").WithSummary("Have a link mailed to a new address; the address changes when the link is used, and the old one is told")
            .WithExample(new AskBody("coordinator@new.example"))
            .SignedInMayCall("everybody for themselves, in a session").OwnAffairs().RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/access/email-confirmation", Confirm)
            .WithName("ConfirmEmail").WithSummary("Confirm an address with the mailed token")
            .WithExample(new ConfirmBody("cne_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p"))
            .AnyoneMayCall("the mailed token is the permission").RequireRateLimiting(RateLimits.Secrets);
    }

    private static async Task<IResult> Show(OwnAccount own, IAccounts known, CancellationToken ct) => await own.Find() is { Holder: { } holder }
        ? Results.Ok(new Answer(holder.Email, await known.HasConfirmedEmail(holder.Person, ct)))
        : Problems.From(OwnAccount.SessionNeeded);

    private static async Task<IResult> Ask(AskBody body, EmailDesk desk, CancellationToken ct) =>
        await desk.Ask(body.Email, body.Password, ct) is { } refusal ? Problems.From(refusal) : Results.Accepted();

    private static async Task<IResult> Confirm(ConfirmBody body, EmailDesk desk, CancellationToken ct) =>
        await desk.Confirm(body.Token, ct) is { } refusal ? Problems.From(refusal) : Results.NoContent();
}
