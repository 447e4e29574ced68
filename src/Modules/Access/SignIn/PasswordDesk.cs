using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.SignIn;

/// <summary>Changing a password, and setting a new one by a link in a mail; the API and the pages alike.</summary>
internal sealed class PasswordDesk(Database database, UserManager<AccountHolder> holders, OwnAccount own, AccountMail mail, TimeProvider clock)
{
    public static readonly Refusal LinkOver = new(
        "reset-link-over", "This link was used, is older than 30 minutes, or was not copied whole. Ask for a new one.", 422);

    public static readonly TimeSpan LinkLasts = TimeSpan.FromMinutes(30);

    /// <summary>More open links at once would only fill somebody's mailbox.</summary>
    private const int OpenLinks = 3;

    private static readonly Faults None = new();

    /// <param name="current">Needed while there is one; the first password needs a fresh session.</param>
    public async Task<(Faults Faults, Refusal? Refusal)> Change(string? current, string password, CancellationToken ct)
    {
        var found = await own.Find();
        if (found is not { Holder: { } holder, Session: { } session }) return (None, found.Refusal);
        var confirmed = await own.Confirmed(holder.PasswordHash is not null ? current is { Length: > 0 } ? current : " " : null, ct);
        if (confirmed.Refusal is { } refusal) return (None, refusal);
        if (Weaknesses("newPassword", password, holder) is { All.Count: > 0 } faults) return (faults, null);
        var now = clock.GetUtcNow();
        await database.Execute(
            AccessModule.Name, [Passwords.Store(holder.Person, password), Sessions.EndAll(holder.Person, session.Id), mail.PasswordChanged(holder, now)], ct);
        return (None, null);
    }

    /// <summary>The same answer for every address; a mail goes out only where there is an account that can sign in.</summary>
    public async Task AskForLink(string email, CancellationToken ct)
    {
        var (holder, now) = (await holders.FindByEmailAsync(email), clock.GetUtcNow());
        var secret = Secret.New("cnr_");
        var open = await database.OpenFor(holder?.Person ?? default, OneTimeKind.PasswordReset, now, ct);
        await database.Execute(
            AccessModule.Name,
            holder is { CanSignIn: true } && open < OpenLinks
                ? [.. OneTime.Put(secret, OneTimeKind.PasswordReset, holder.Person, null, now, LinkLasts), mail.PasswordReset(holder, secret)]
                : [OneTime.Purge(now)],
            ct);
    }

    public async Task<bool> IsOpen(string token, CancellationToken ct) =>
        await database.Peek(token, OneTimeKind.PasswordReset, clock.GetUtcNow(), ct) is not null;

    /// <summary>Ends all sessions; the second factor stays on and is asked for at the next sign-in.</summary>
    public async Task<(Faults Faults, Refusal? Refusal)> SetByLink(string token, string password, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await database.Peek(token, OneTimeKind.PasswordReset, now, ct) is not { } open
            || await holders.FindByIdAsync(open.Person.ToString()) is not { CanSignIn: true } holder) return (None, LinkOver);
        if (Weaknesses("newPassword", password, holder) is { All.Count: > 0 } faults) return (faults, null);
        var used = await database.Execute(AccessModule.Name, [Use(token, password, now)], ct);
        if (used == 0) return (None, LinkOver);
        await database.Execute(AccessModule.Name, [mail.PasswordChanged(holder, now)], ct);
        return (None, null);
    }

    private static Faults Weaknesses(string member, string password, AccountHolder holder)
    {
        var faults = new Faults();
        Passwords.Validate(faults, member, password, holder.About);
        return faults;
    }

    /// <summary>One statement, so that of two at once with the same link one changes nothing at all; other links of the person end with it.</summary>
    private static Statement Use(string token, string password, DateTimeOffset now) => Statement.Of(
        """
        with used as (delete from access.one_time where token_hash = $1 and kind = $2 and expires_at > $3 returning person),
            others as (delete from access.one_time o using used where o.person = used.person and o.kind in ($2, 'second-factor') and o.token_hash <> $1),
            ended as (delete from access.session s using used where s.person = used.person)
        insert into access.password (person, hash) select person, $4 from used
            on conflict (person) do update set hash = excluded.hash, failures = 0, locked_until = null
        """,
        Secret.HashOf(token), OneTimeKind.PasswordReset, now, Passwords.HashOf(password));
}
