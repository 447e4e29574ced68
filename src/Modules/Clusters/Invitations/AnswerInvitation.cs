using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Invitations;

/// <summary>Whoever holds the link answers: signed in with the account that they have, or by opening one.</summary>
internal static class AnswerInvitationEndpoint
{
    internal sealed record TokenBody(string InvitationToken) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("invitationToken", InvitationToken, 10, 100);
    }

    /// <param name="GivenName">With the family name and the password: for who has no account. Who is signed in leaves them out.</param>
    internal sealed record Body(string InvitationToken, string? GivenName = null, string? FamilyName = null, string? Password = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("invitationToken", InvitationToken, 10, 100);
            if (Password is null) return;
            faults.Text("givenName", GivenName, 1, 100);
            faults.Text("familyName", FamilyName, 1, 100);
        }

        internal NewAccount? Account => Password is null ? null : new((GivenName ?? "").Trim(), (FamilyName ?? "").Trim(), Password);
    }

    /// <param name="Email">The invited address.</param>
    /// <param name="HasAccount">Somebody can sign in with this address: sign in, then accept.</param>
    internal sealed record Answer(
        Id<Invitation> Invitation, ScopeKind ScopeKind, Guid ScopeId, string Name, Position? Position, Role? Role, Personal<string> InvitedBy,
        Personal<string> Email, Personal<string> GivenName, Personal<string> FamilyName, Personal<string> Text, bool HasAccount, DateTimeOffset ExpiresAt);

    internal static void MapAnswerInvitation(this IEndpointRouteBuilder routes)
    {
        const string Example = "cnj_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p";
        routes.MapPost("/clusters/invitations/lookup", Look)
            .WithName("LookAtInvitation").WithSummary("What an invitation offers, for who holds its link").WithExample(new TokenBody(Example)).Produces<Answer>()
            .AnyoneMayCall("the invitation's token is the permission").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/clusters/invitations/acceptance", Accept)
            .WithName("AcceptPlace").WithSummary("Accept an invitation: as who is signed in, or with a new account").WithExample(new Body(Example, "Nadia", "Nowak", "eleven quiet lathes at dawn"))
            .AnyoneMayCall("the invitation's token is the permission").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/clusters/invitations/refusal", Decline)
            .WithName("DeclinePlace").WithSummary("Decline an invitation").WithExample(new TokenBody(Example))
            .AnyoneMayCall("the invitation's token is the permission").RequireRateLimiting(RateLimits.Secrets);
    }

    private static async Task<IResult> Look(TokenBody body, PlaceDesk places, InvitationView view, CancellationToken ct) =>
        await places.ByToken(body.InvitationToken, ct) is { } found ? TypedResults.Ok(await view.Of(found, ct)) : Problems.From(InvitationRefusals.NotOpen);

    private static async Task<IResult> Accept(
        Body body, Caller? caller, PlaceDesk places, Acceptance acceptance, CancellationToken ct) =>
        await places.ByToken(body.InvitationToken, ct) is { } found
            ? await acceptance.Run(found, caller, body.Account, ct)
            : Problems.From(InvitationRefusals.NotOpen);

    private static async Task<IResult> Decline(
        TokenBody body, PlaceDesk places, Streams<Invitation, InvitationEvent> invitations, Commands commands, TimeProvider clock, CancellationToken ct) =>
        await places.ByToken(body.InvitationToken, ct) is { } found
            ? await commands.Run(
                invitations, found.Id, new DeclinePlace(clock.GetUtcNow()), Reply.Changed($"/api/v1/clusters/invitations/{found.Id}", new Id<Invitation>(found.Id)), ct)
            : Problems.From(InvitationRefusals.NotOpen);
}

/// <summary>Carries an acceptance out, for the API and the page alike.</summary>
internal sealed class Acceptance(
    PlaceDesk places, ISignUp signUp, Streams<Invitation, InvitationEvent> invitations, Commands commands, TimeProvider clock)
{
    public async Task<IResult> Run(OpenInvitation found, Caller? caller, NewAccount? account, CancellationToken ct)
    {
        if (caller?.IsAuditorOnly == true) return Problems.From(InvitationRefusals.Auditor);
        if (caller is null && account is null) return Problems.From(InvitationRefusals.PasswordNeeded);
        if (caller is null && Check(found, account!) is { All.Count: > 0 } faults) return Problems.Invalid(faults.All); // one of them is there
        var person = caller?.Person ?? await places.PersonFor(found, ct);
        return await commands.Run(
            invitations, found.Id, new AcceptPlace(person, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/clusters/invitations/{found.Id}", new Id<Invitation>(found.Id)), ct,
            onGuard: _ => Task.FromResult(InvitationRefusals.NotOpen),
            also: async _ => await places.Follow(found, person, caller is null ? account : null, ct));
    }

    private Faults Check(OpenInvitation found, NewAccount account)
    {
        var faults = new Faults();
        signUp.Check(faults, "password", account.Password, found.Open.Invitee.Email.Or(""), account.GivenName, account.FamilyName);
        return faults;
    }
}

/// <summary>How an open invitation is shown to who was invited.</summary>
internal sealed class InvitationView(InvitationDesk desk, PlaceDesk places, IAccounts accounts)
{
    public async Task<AnswerInvitationEndpoint.Answer> Of(OpenInvitation found, CancellationToken ct)
    {
        var (open, person) = (found.Open, await places.PersonFor(found, ct));
        var cards = await accounts.Cards([open.By, person], ct);
        return new(
            new(found.Id), open.Place.Kind, open.Place.Id, await desk.NameOf(open.Place, ct), open.Place.Position, open.Place.Role,
            cards.GetValueOrDefault(open.By)?.Name ?? default, open.Invitee.Email, open.Invitee.GivenName, open.Invitee.FamilyName, open.Invitee.Text,
            cards.GetValueOrDefault(person)?.CanSignIn ?? false, open.ExpiresAt);
    }
}
