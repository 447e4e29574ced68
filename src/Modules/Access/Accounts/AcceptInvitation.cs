using System.Text.Json;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Passkeys;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Accounts;

/// <param name="ByMail">The invitation was mailed: whoever has its token has the address, too.</param>
internal sealed record AcceptInvitation(DateTimeOffset Now, bool ByMail = false) : ICommand<Account, AccountEvent>
{
    public static readonly Refusal NotOpen = new(
        "invitation-not-open", "This invitation is unknown, used or expired. Ask whoever invited you for a new one.", 422);

    public Decision<AccountEvent> Decide(Account state) => state switch
    {
        Account.Invited when ByMail => Decision<AccountEvent>.Of(new AccountActivated(Now), new AccountEmailConfirmed(Now)),
        Account.Invited => new AccountActivated(Now),
        _ => NotOpen,
    };
}

internal static class AcceptInvitationEndpoint
{
    private const string Token = "cni_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p";

    internal sealed record Body(string InvitationToken, string Password) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("invitationToken", InvitationToken, 10, 100);
            Passwords.Validate(faults, "password", Password);
        }
    }

    internal sealed record OptionsBody(string InvitationToken) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("invitationToken", InvitationToken, 10, 100);
    }

    /// <param name="Ceremony">The id of the ceremony begun with the invitation's token.</param>
    /// <param name="Name">How the person calls the passkey.</param>
    /// <param name="Credential">The browser's answer (PublicKeyCredential.toJSON()).</param>
    internal sealed record PasskeyBody(string InvitationToken, string Ceremony, string Name, JsonElement Credential) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("invitationToken", InvitationToken, 10, 100);
            new OwnPasskeysEndpoints.AddBody(Ceremony, Name, Credential).Validate(faults);
        }
    }

    internal static void MapAcceptInvitation(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/invitations/accept", (Body body, InvitationDesk desk, CancellationToken ct) => desk.WithPassword(body.InvitationToken, body.Password, ct))
            .WithName(nameof(AcceptInvitation)).WithSummary("Accept an invitation with a password of one's own; then sign in")
            .WithExample(new Body(Token, "eleven quiet lathes at dawn"))
            .AnyoneMayCall("the invitation's token is the permission").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/access/invitations/passkey-options", (OptionsBody body, InvitationDesk desk, CancellationToken ct) => desk.BeginPasskey(body.InvitationToken, ct))
            .WithName("BeginPasskeyByInvitation").WithSummary("Begin to make a passkey with an invitation: what the browser needs")
            .WithExample(new OptionsBody(Token)).Produces<Ceremony>()
            .AnyoneMayCall("the invitation's token is the permission").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost(
                "/access/invitations/accept-with-passkey",
                (PasskeyBody body, InvitationDesk desk, CancellationToken ct) => desk.WithPasskey(body.InvitationToken, body.Name, body.Ceremony, body.Credential, ct))
            .WithName("AcceptInvitationWithPasskey").WithSummary("Accept an invitation with the passkey that the browser made; then sign in with it")
            .WithExample(new PasskeyBody(Token, "cnp_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p", "Phone", OwnPasskeysEndpoints.ExampleCredential))
            .AnyoneMayCall("the invitation's token is the permission").RequireRateLimiting(RateLimits.Secrets);
    }
}
