using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Mail;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Accounts;

internal sealed record InviteAccount(Id<Person> By, DateTimeOffset ExpiresAt, DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public static readonly Refusal Unknown = new("person-unknown", "There is no such person; look the id up in the list of people.", 404);
    public static readonly Refusal AlreadyActive = new("account-already-active", "This person can sign in already; no invitation is needed.");

    public static readonly Refusal Closed = new(
        "account-closed", "This person asked for erasure and the account is closed for good. Somebody who comes back gets a new account.");

    public Decision<AccountEvent> Decide(Account state) => state switch
    {
        Account.Absent => Unknown,
        Account.Active => AlreadyActive,
        Account.Closed => Closed,
        _ => new AccountInvited(By, ExpiresAt, Now),
    };
}

/// <summary>The invitations and their secrets: those are state, not history.</summary>
internal sealed class Invitations(
    Streams<Account, AccountEvent> accounts, UserManager<AccountHolder> holders, AccountMail mail, IMailer mailer, Commands commands, TimeProvider clock) : IInvitations
{
    public const string Script = """
        create table access.invitation (token_hash bytea primary key, person uuid not null, expires_at timestamptz not null, used_at timestamptz);
        create index invitation_person on access.invitation (person);
        """;

    /// <summary>Whoever opens a mailed invitation has the address that it went to.</summary>
    public const string MailedScript = "alter table access.invitation add column if not exists mailed boolean not null default false;";

    private const int DaysValid = 14;

    public async Task<InvitedToSignIn> Invite(Id<Person> person, Caller by, string self, CancellationToken ct)
    {
        var (now, secret, reaches) = (clock.GetUtcNow(), Secret.New("cni_"), mailer.ReachesPeople);
        var command = new InviteAccount(by.Person, now.AddDays(DaysValid), now);
        List<Statement> statements = [Cancel(person, now), Insert(secret.Hash, person, command.ExpiresAt, reaches)];
        // Somebody unknown has no address; the decision refuses that.
        if (await holders.FindByIdAsync($"{person}") is { Email: not null } invited) statements.Add(mail.Invitation(invited, await NameOf(by), secret, command.ExpiresAt));
        return reaches
            ? new(await commands.Run(accounts, person.Value, command, Reply.Changed(self, person), ct, statements: statements), null)
            : new(
                await commands.RunSecret(accounts, person.Value, command, Reply.Changed(self, person), ("invitationToken", secret.Text), statements, ct),
                mailer.LinkTo(AccountMail.PathOf(secret)));
    }

    private async Task<string> NameOf(Caller by) => (await holders.FindByIdAsync($"{by.Person}"))?.Name ?? "";

    /// <summary>An invitation is open until it ends, a newer one is made, or the person is given a role that its maker did not know of.</summary>
    public static Statement FindOpen(byte[] hash, DateTimeOffset now) => Statement.Of(
        "select i.person, i.mailed from access.invitation i where i.token_hash = $1 and i.used_at is null and i.expires_at > $2 and not exists " +
        "(select from access.role_assignments r where r.person = i.person and r.active and r.granted_at > i.expires_at - make_interval(days => $3))",
        hash, now, DaysValid);

    private static Statement Cancel(Id<Person> person, DateTimeOffset now) =>
        Statement.Of("update access.invitation set used_at = $2 where person = $1 and used_at is null", person.Value, now);

    private static Statement Insert(byte[] hash, Id<Person> person, DateTimeOffset expiresAt, bool mailed) =>
        Statement.Of("insert into access.invitation (token_hash, person, expires_at, mailed) values ($1, $2, $3, $4)", hash, person.Value, expiresAt, mailed);
}

internal static class InviteAccountEndpoint
{
    internal static void MapInviteAccount(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/accounts/{person}/invitation", async (Id<Person> person, Caller caller, IInvitations invitations, CancellationToken ct) =>
                (await invitations.Invite(person, caller, $"/api/v1/access/accounts/{person}", ct)).Result)
            .WithName(nameof(InviteAccount)).WithSummary("Invite any person to sign in, by mail; without a mail server the answer shows the invitation's token once").OperatorMayCall();
}
