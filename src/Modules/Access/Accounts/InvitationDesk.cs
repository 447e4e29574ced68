using System.Text.Json;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.Access.Passkeys;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.Accounts;

/// <summary>Where an invited person chooses how to sign in: a password or a passkey. The API and the page alike.</summary>
internal sealed class InvitationDesk(
    Database database, Streams<Account, AccountEvent> accounts, UserManager<AccountHolder> holders, PasskeyDesk passkeys, Commands commands, TimeProvider clock)
{
    /// <summary>Whom an invitation is for; null when it is not open.</summary>
    public async Task<(AccountHolder Holder, bool ByMail)?> Find(string token, CancellationToken ct)
    {
        var open = await database.Query(
            AccessModule.Name, Invitations.FindOpen(Secret.HashOf(token), clock.GetUtcNow()), r => (Person: r.GetGuid(0), ByMail: r.GetBoolean(1)), ct);
        if (open.Count == 0) return null;
        return await holders.FindByIdAsync($"{open[0].Person}") is { } holder ? (holder, open[0].ByMail) : null;
    }

    public async Task<IResult> WithPassword(string token, string password, CancellationToken ct)
    {
        if (await Find(token, ct) is not var (holder, byMail)) return Problems.From(AcceptInvitation.NotOpen);
        var faults = new Faults();
        Passwords.Validate(faults, "password", password, holder.About);
        return faults.All.Count > 0 ? Problems.Invalid(faults.All) : await Accept(holder, byMail, Passwords.Store(holder.Person, password), ct);
    }

    public async Task<IResult> BeginPasskey(string token, CancellationToken ct) =>
        await Find(token, ct) is var (holder, _) ? Results.Ok(await passkeys.BeginCreation(holder, ct)) : Problems.From(AcceptInvitation.NotOpen);

    public async Task<IResult> WithPasskey(string token, string name, string ceremony, JsonElement credential, CancellationToken ct)
    {
        if (await Find(token, ct) is not var (holder, byMail)) return Problems.From(AcceptInvitation.NotOpen);
        if (await passkeys.Created(holder.Person, ceremony, credential, ct) is not { } passkey) return Problems.From(PasskeyDesk.NotTaken);
        var now = clock.GetUtcNow();
        return await Accept(holder, byMail, PasskeyRows.Insert(Guid.CreateVersion7(now), holder.Person, passkey, name, now), ct);
    }

    private Task<IResult> Accept(AccountHolder holder, bool byMail, Statement secret, CancellationToken ct) => commands.Run(
        accounts, holder.Person.Value, new AcceptInvitation(clock.GetUtcNow(), byMail), Reply.Changed("/api/v1/access/me", holder.Person), ct,
        statements:
        [
            // Two clicks at once: the second finds the account active and is refused by the decision.
            Statement.Of("update access.invitation set used_at = $2 where person = $1", holder.Person.Value, clock.GetUtcNow()),
            secret,
        ]);
}
