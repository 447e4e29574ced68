using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.TwoFactor;

/// <summary>The second factor by an authenticator app (RFC 6238) and its recovery codes.</summary>
internal sealed class TwoFactorDesk(Database database, UserManager<AccountHolder> holders, AccountMail mail, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    private const int Digits = 6;

    /// <summary>Longer than the framework takes a code for (two steps of 30 seconds on either side).</summary>
    private static readonly TimeSpan CodeRemembered = TimeSpan.FromMinutes(10);

    /// <summary>Begins to set it up: the secret to type into the app, the same until it is confirmed.</summary>
    public async Task<string> Secret(AccountHolder holder)
    {
        if (holder.AuthenticatorKey is null) await holders.ResetAuthenticatorKeyAsync(holder);
        return await holders.GetAuthenticatorKeyAsync(holder) ?? throw new InvalidOperationException("A secret was just made.");
    }

    /// <summary>A fresh secret, in place of one that was shown and never confirmed.</summary>
    public async Task<string> NewSecret(AccountHolder holder)
    {
        await holders.ResetAuthenticatorKeyAsync(holder);
        return await Secret(holder);
    }

    /// <returns>The recovery codes, shown this once; null when the code does not fit.</returns>
    public async Task<IReadOnlyList<string>?> TurnOn(AccountHolder holder, CurrentSession session, string code, CancellationToken ct)
    {
        if (holder.AuthenticatorKey is null || !await AppCodeFits(holder, Plain(code), ct)) return null;
        await holders.SetTwoFactorEnabledAsync(holder, true);
        await database.Execute(AccessModule.Name, [Sessions.EndAll(holder.Person, session.Id)], ct);
        return await NewCodes(holder);
    }

    public async Task<IReadOnlyList<string>> NewCodes(AccountHolder holder) =>
        [.. await holders.GenerateNewTwoFactorRecoveryCodesAsync(holder, RecoveryCodes) ?? []];

    public async Task TurnOff(AccountHolder holder, CurrentSession session, CancellationToken ct)
    {
        await holders.SetTwoFactorEnabledAsync(holder, false);
        await database.Execute(AccessModule.Name, [Sessions.EndAll(holder.Person, session.Id), mail.TwoFactorOff(holder, clock.GetUtcNow())], ct);
    }

    /// <summary>A code of the app or a recovery code; each works once.</summary>
    public async Task<bool> Fits(AccountHolder holder, string code, CancellationToken ct)
    {
        if (holder.TwoFactorSince is null) return false;
        var plain = Plain(code);
        if (plain.Length == Digits && plain.All(char.IsAsciiDigit)) return await AppCodeFits(holder, plain, ct);
        return (await holders.RedeemTwoFactorRecoveryCodeAsync(holder, Dashed(plain))).Succeeded;
    }

    /// <summary>The same code twice is a replay (RFC 6238 section 5.2): the database knows which were used.</summary>
    private async Task<bool> AppCodeFits(AccountHolder holder, string code, CancellationToken ct)
    {
        if (!await holders.VerifyTwoFactorTokenAsync(holder, TokenOptions.DefaultAuthenticatorProvider, code)) return false;
        var now = clock.GetUtcNow();
        await database.Execute(
            AccessModule.Name, [Statement.Of("delete from access.used_code where person = $1 and used_at < $2", holder.Person, now - CodeRemembered)], ct);
        var first = Statement.Of(
            "insert into access.used_code (person, code, used_at) values ($1, $2, $3) on conflict do nothing", holder.Person, code, now);
        return await database.Execute(AccessModule.Name, [first], ct) == 1;
    }

    private static string Plain(string code) => string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>As the framework makes recovery codes: two halves with a dash between.</summary>
    private static string Dashed(string plain) => plain.Length < 2 ? plain : $"{plain[..(plain.Length / 2)]}-{plain[(plain.Length / 2)..]}";
}
