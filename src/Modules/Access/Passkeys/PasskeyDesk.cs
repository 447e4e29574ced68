using System.Text.Json;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Federation;
using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.Passkeys;

/// <summary>
/// Passkeys by the framework's handler of W3C Web Authentication. What a ceremony must remember is kept here and used once, so that neither
/// a challenge nor an answer can be played again.
/// </summary>
internal sealed class PasskeyDesk(
    Database database, UserManager<AccountHolder> holders, IPasskeyHandler<AccountHolder> handler, SignInDesk signIn, AccountMail mail,
    ProviderQueries firms, SignInLog log, IHttpContextAccessor accessor, TimeProvider clock)
{
    public const int MaxPasskeys = 20;

    public static readonly TimeSpan CeremonyLasts = TimeSpan.FromMinutes(5);

    public static readonly Refusal
        NotTaken = new("passkey-not-taken", "The passkey was not accepted: its request is over, or it was made for another site. Begin again.", 422),
        TooMany = new("too-many-passkeys", $"Somebody has at most {MaxPasskeys} passkeys. Remove one that is not used any more."),
        Failed = new("passkey-failed", "This passkey does not sign anybody in here. Choose another, or sign in with your password.", 401),
        LastWay = new("last-way-to-sign-in", "Without this passkey you could not sign in any more. Set a password or add another passkey first."),
        Unknown = new("passkey-unknown", "There is no such passkey of yours; it may be gone already. Read the list again.", 404);

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("A passkey's ceremony is held within requests.");

    /// <summary>What the browser needs to make a passkey for the person.</summary>
    public async Task<Ceremony> BeginCreation(AccountHolder holder, CancellationToken ct)
    {
        var entity = new PasskeyUserEntity { Id = holder.Person.ToString(), Name = holder.Email ?? "", DisplayName = holder.Name ?? "" };
        var options = await handler.MakeCreationOptionsAsync(entity, Http);
        return await Remember(options.CreationOptionsJson, options.AttestationState, OneTimeKind.PasskeyCreation, holder.Person, ct);
    }

    /// <returns>The new passkey; null when what the browser sent is no answer to what was asked.</returns>
    public async Task<UserPasskeyInfo?> Created(Id<Person> person, string ceremony, JsonElement credential, CancellationToken ct)
    {
        if (await database.Take(ceremony, OneTimeKind.PasskeyCreation, clock.GetUtcNow(), ct) is not { } kept || kept.Person != person) return null;
        var result = await handler.PerformAttestationAsync(
            new() { HttpContext = Http, CredentialJson = credential.GetRawText(), AttestationState = kept.Detail });
        return result.Succeeded ? result.Passkey : null;
    }

    public async Task<Refusal?> Add(AccountHolder holder, Guid id, string name, string ceremony, JsonElement credential, CancellationToken ct)
    {
        if (holder.PasskeyCount >= MaxPasskeys) return TooMany;
        if (await Created(holder.Person, ceremony, credential, ct) is not { } passkey) return NotTaken;
        var now = clock.GetUtcNow();
        await database.Execute(
            AccessModule.Name, [PasskeyRows.Insert(id, holder.Person, passkey, name, now), mail.PasskeyAdded(holder, name, now)], ct);
        return null;
    }

    /// <summary>What the browser needs to sign in with any passkey for this site: nobody is named, so nothing tells who has one.</summary>
    public async Task<Ceremony> BeginSignIn(CancellationToken ct)
    {
        var options = await handler.MakeRequestOptionsAsync(null, Http);
        return await Remember(options.RequestOptionsJson, options.AssertionState, OneTimeKind.PasskeySignIn, null, ct);
    }

    /// <returns>Who signed in; null when nobody did.</returns>
    public async Task<Id<Person>?> SignIn(string ceremony, JsonElement credential, CancellationToken ct)
    {
        if (await database.Take(ceremony, OneTimeKind.PasskeySignIn, clock.GetUtcNow(), ct) is not { } kept) return null;
        var result = await handler.PerformAssertionAsync(
            new() { HttpContext = Http, CredentialJson = credential.GetRawText(), AssertionState = kept.Detail });
        if (!result.Succeeded || !result.User.CanSignIn || await firms.Requires(result.User, ct))
        {
            log.Failed(result.User?.Person, SessionScheme.Passkey, result.Succeeded ? SignInLog.FirmRequired : SignInLog.WrongPasskey);
            return null;
        }

        await holders.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        await signIn.Begin(result.User, SessionScheme.Passkey);
        return result.User.Person;
    }

    /// <summary>One at a time per person, so that two removals at once do not take the last two.</summary>
    public async Task<Refusal?> Remove(Id<Person> person, Guid id, CancellationToken ct)
    {
        var removed = await database.Execute(
            AccessModule.Name,
            [
                Statement.Of("select pg_advisory_xact_lock(hashtextextended('access.passkey ' || $1::text, 0))", person),
                Statement.Of(
                    "delete from access.passkey where person = $1 and id = $2 and (exists (select from access.password p where p.person = $1) " +
                    "or exists (select from access.passkey k where k.person = $1 and k.id <> $2))", person, id),
            ],
            ct);
        if (removed > 0) return null;
        return (await PasskeyRows.Of(person, database, ct)).Exists(p => p.Id == id) ? LastWay : Unknown;
    }

    private async Task<Ceremony> Remember(string options, string? state, string kind, Id<Person>? person, CancellationToken ct)
    {
        var secret = Secret.New("cnp_");
        await database.Execute(AccessModule.Name, OneTime.Put(secret, kind, person, state, clock.GetUtcNow(), CeremonyLasts), ct);
        using var document = JsonDocument.Parse(options);
        return new(secret.Text, document.RootElement.Clone());
    }
}

/// <summary>A ceremony that begins.</summary>
/// <param name="Id">To be sent back with the browser's answer; works once, for five minutes.</param>
/// <param name="Options">For the browser: <c>parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c>.</param>
internal sealed record Ceremony(string Id, JsonElement Options);
