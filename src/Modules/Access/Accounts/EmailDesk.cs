using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.Accounts;

/// <summary>Confirming and changing one's own address, by a link that goes to the address in question.</summary>
internal sealed class EmailDesk(
    Database database, Streams<Account, AccountEvent> accounts, UserManager<AccountHolder> holders, OwnAccount own, AccountMail mail, Commands commands,
    TimeProvider clock)
{
    public static readonly Refusal LinkOver = new(
        "email-link-over", "This link was used, is older than a day, or was not copied whole. Ask for a new one on the page of your account.", 422);

    private static readonly TimeSpan LinkLasts = TimeSpan.FromDays(1);

    private static readonly Refusal TooManyLinks = new("too-many-links", "Some links are open already. Look into the mailbox, also under spam, or wait a day.");

    /// <summary>More open links at once would only fill somebody's mailbox.</summary>
    private const int OpenLinks = 3;

    /// <summary>Whether the address is somebody else's is found out with the link, in the mailbox of whoever has it.</summary>
    public async Task<Refusal?> Ask(string email, string? password, CancellationToken ct)
    {
        var found = await own.Confirmed(password, ct);
        if (found.Holder is not { } holder) return found.Refusal;
        var (now, secret, address) = (clock.GetUtcNow(), Secret.New("cne_"), email.ToLowerInvariant());
        if (await database.OpenFor(holder.Person, OneTimeKind.Email, now, ct) >= OpenLinks) return TooManyLinks;
        List<Statement> statements = [.. OneTime.Put(secret, OneTimeKind.Email, holder.Person, address, now, LinkLasts), mail.ConfirmEmail(holder, address, secret)];
        if (address != holder.Email) statements.Add(mail.EmailChangeAsked(holder, now));
        await database.Execute(AccessModule.Name, statements, ct);
        return null;
    }

    public async Task<bool> IsOpen(string token, CancellationToken ct) => await database.Peek(token, OneTimeKind.Email, clock.GetUtcNow(), ct) is not null;

    public async Task<Refusal?> Confirm(string token, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await database.Take(token, OneTimeKind.Email, now, ct) is not { Detail: { } address } kept
            || await holders.FindByIdAsync(kept.Person.ToString()) is not { } holder) return LinkOver;
        var same = address == holder.Email;
        var execution = new Execution(commands.Metadata(kept.Person.ToString()))
        {
            Statements = same ? [] : [Statement.Of("delete from access.one_time where person = $1", kept.Person), mail.EmailChanged(holder, now)],
        };
        return await accounts.Execute(kept.Person.Value, same ? new ConfirmEmail(now) : new ChangeEmail(address, now), execution, ct) switch
        {
            Outcome.Written => null,
            Outcome.Refused refused => refused.Refusal,
            Outcome.GuardViolated => OpenAccount.EmailTaken,
            _ => throw new UnreachableException(),
        };
    }
}
