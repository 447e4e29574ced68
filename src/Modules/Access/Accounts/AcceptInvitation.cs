using ClusterNet.Access.Contracts;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Accounts;

internal sealed record AcceptInvitation(DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public static readonly Refusal NotOpen = new(
        "invitation-not-open", "This invitation is unknown, used or expired. Ask whoever invited you for a new one.", 422);

    public Decision<AccountEvent> Decide(Account state) => state is Account.Invited ? new AccountActivated(Now) : NotOpen;
}

internal static class AcceptInvitationEndpoint
{
    internal sealed record Body(string InvitationToken, string Password) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("invitationToken", InvitationToken, 10, 100);
            Passwords.Validate(faults, "password", Password);
        }
    }

    internal static void MapAcceptInvitation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/invitations/accept", Handle)
            .WithName(nameof(AcceptInvitation)).WithSummary("Accept an invitation with a password of one's own; then sign in")
            .WithExample(new Body("cni_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p", "eleven quiet lathes at dawn"))
            .AnyoneMayCall("the invitation's token is the permission").RequireRateLimiting(RateLimits.Secrets);

    private static async Task<IResult> Handle(
        Body body, Database database, Streams<Account, AccountEvent> accounts, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var hash = Secret.HashOf(body.InvitationToken);
        var open = await database.Query(
            AccessModule.Name,
            Invitations.FindOpen(hash, clock.GetUtcNow()),
            r => new Id<Person>(r.GetGuid(0)), ct);
        if (open.Count == 0) return Problems.From(AcceptInvitation.NotOpen);
        var person = open[0];
        return await commands.Run(
            accounts, person.Value, new AcceptInvitation(clock.GetUtcNow()), Reply.Changed("/api/v1/access/me", person), ct,
            statements:
            [
                // Two clicks at once: the second finds the account active and is refused by the decision.
                Statement.Of("update access.invitation set used_at = $2 where person = $1", person.Value, clock.GetUtcNow()),
                Passwords.Store(person, body.Password),
            ]);
    }
}
