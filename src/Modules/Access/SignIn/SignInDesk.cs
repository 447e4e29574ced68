using ClusterNet.Access.Contracts;
using ClusterNet.Access.Federation;
using ClusterNet.Access.Identity;
using ClusterNet.Access.TwoFactor;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.SignIn;

/// <summary>What became of the first step.</summary>
internal abstract record FirstStep
{
    /// <summary>For whatever reason: the answer must not tell which.</summary>
    public sealed record Failed : FirstStep;

    /// <param name="Attempt">The secret that the second step must send.</param>
    public sealed record CodeNeeded(Secret Attempt) : FirstStep;

    public sealed record SignedIn(Id<Person> Person) : FirstStep;
}

/// <summary>Signs people in by address and password, and the authenticator app's code where it is on; over the API and on the page alike.</summary>
internal sealed class SignInDesk(
    Database database, UserManager<AccountHolder> holders, SignInManager<AccountHolder> signIn, TwoFactorDesk codes,
    ProviderQueries firms, SignInLog log, TimeProvider clock)
{
    /// <summary>Codes that may be tried with one first step.</summary>
    public const int TriesPerAttempt = 5;

    public static readonly TimeSpan AttemptLasts = TimeSpan.FromMinutes(5);

    /// <summary>An unknown address, a wrong password, a locked one, none at all, an account not activated: the same answer after the same work.</summary>
    public async Task<FirstStep> ByPassword(string email, string password, CancellationToken ct)
    {
        var holder = await holders.FindByEmailAsync(email);
        if (!await PasswordFits(holder ?? AccountHolder.Nobody(), password, ct)) return Failed(holder, await WhyNot(holder, SignInLog.WrongPassword));
        if (holder is null || !holder.CanSignIn) return Failed(holder, SignInLog.NotActive);
        if (await firms.Requires(holder, ct)) return Failed(holder, SignInLog.FirmRequired);
        if (holder.TwoFactorSince is null)
        {
            await Begin(holder, SessionScheme.Password);
            return new FirstStep.SignedIn(holder.Person);
        }

        var attempt = Secret.New("cna_");
        await database.Execute(
            AccessModule.Name, OneTime.Put(attempt, OneTimeKind.SecondFactor, holder.Person, null, clock.GetUtcNow(), AttemptLasts), ct);
        return new FirstStep.CodeNeeded(attempt);
    }

    private FirstStep.Failed Failed(AccountHolder? holder, string reason)
    {
        log.Failed(holder?.Person, SessionScheme.Password, reason);
        return new();
    }

    private async Task<string> WhyNot(AccountHolder? holder, string wrong) =>
        holder is null ? SignInLog.UnknownAddress : await holders.IsLockedOutAsync(holder) ? SignInLog.Locked : wrong;

    /// <returns>Who signed in; null when the attempt is over, the code does not fit, or the account is locked.</returns>
    public async Task<Id<Person>?> ByCode(string attempt, string code, CancellationToken ct)
    {
        if (await database.Try(attempt, OneTimeKind.SecondFactor, TriesPerAttempt, clock.GetUtcNow(), ct) is not { } open)
        {
            log.Failed(null, SessionScheme.SecondFactor, SignInLog.AttemptOver);
            return null;
        }

        var holder = await holders.FindByIdAsync(open.Person.ToString());
        if (holder is not { CanSignIn: true } || !await CodeFits(holder, code, ct))
        {
            log.Failed(holder?.Person, SessionScheme.SecondFactor, await WhyNot(holder, SignInLog.WrongCode));
            return null;
        }

        // Of two right codes at once one signs in.
        if (await database.Take(attempt, OneTimeKind.SecondFactor, clock.GetUtcNow(), ct) is null) return null;
        await Begin(holder, SessionScheme.SecondFactor);
        return holder.Person;
    }

    /// <summary>Whether an attempt still waits for its code.</summary>
    public async Task<bool> IsOpen(string attempt, CancellationToken ct) =>
        await database.Peek(attempt, OneTimeKind.SecondFactor, clock.GetUtcNow(), ct) is not null;

    /// <summary>Begins a session, once it is known who signs in and that they may.</summary>
    public async Task Begin(AccountHolder holder, string method)
    {
        await holders.ResetAccessFailedCountAsync(holder);
        await signIn.SignInAsync(holder, isPersistent: false, method);
    }

    /// <summary>
    /// Compares, and counts what does not fit. Hash and count are worked out for everybody, also where there is nothing to compare with; while
    /// locked nothing fits and nothing is counted.
    /// </summary>
    public async Task<bool> PasswordFits(AccountHolder holder, string password, CancellationToken ct)
    {
        var fits = await holders.CheckPasswordAsync(holder, password) && holder.PasswordHash is not null;
        ct.ThrowIfCancellationRequested();
        var locked = await holders.IsLockedOutAsync(holder);
        if (fits && !locked) return true;
        await holders.AccessFailedAsync(locked ? AccountHolder.Nobody() : holder);
        return false;
    }

    /// <summary>The same for the second factor: six digits are guessed sooner than a password, so their failed tries lock both.</summary>
    public async Task<bool> CodeFits(AccountHolder holder, string code, CancellationToken ct)
    {
        if (await holders.IsLockedOutAsync(holder)) return false;
        if (await codes.Fits(holder, code, ct)) return true;
        await holders.AccessFailedAsync(holder);
        return false;
    }

    /// <summary>Ends the session whose cookie is sent.</summary>
    public static Task SignOut(HttpContext http) => http.SignOutAsync(IdentityConstants.ApplicationScheme);
}
