using System.Security.Cryptography;
using ClusterNet.Access.Accounts;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Access.Federation;

/// <summary>Signs people in by their firm's provider: begins with a redirect there, ends with a session here.</summary>
internal sealed partial class FirmSignInDesk(
    Database database, ProviderQueries providers, ProviderDesk desk, ProviderDocuments documents, ProviderConversation conversation, IRoles roles,
    Streams<Account, AccountEvent> accounts, UserManager<AccountHolder> holders, SignInDesk signIn, PublicUrl address, TimeProvider clock,
    SignInLog signIns, ILogger<FirmSignInDesk> logger)
{
    /// <summary>Ties the provider's answer to the browser that asked (RFC 6749 section 10.12).</summary>
    public const string Cookie = "clusternet-firm-sign-in";

    private static readonly TimeSpan Waits = TimeSpan.FromMinutes(15);

    private sealed record Attempt(string Issuer, string Nonce, string Verifier, string GoOn);

    /// <summary>Each firm has its own, so that no provider can pass its answer off as another's (RFC 9700 section 2.1.4).</summary>
    public static string RedirectUri(PublicUrl address, Guid firm) => address.Of($"/sign-in/firm/{firm}/callback");

    /// <returns>Where to send the browser.</returns>
    /// <exception cref="ProviderException">The provider cannot be used.</exception>
    public async Task<string?> Begin(Guid firm, string? goOn, string? hint, HttpContext http, CancellationToken ct)
    {
        if (await providers.OfFirm(firm, ct) is not { } offered) return null;
        var provider = await documents.Of(offered.Issuer, ct);
        var (state, browser, nonce, verifier) = (Secret.New("cns_"), Secret.New("cnb_"), Secret.New("n").Text, Secret.New("v").Text);
        var now = clock.GetUtcNow();
        await database.Execute(
            AccessModule.Name,
            [
                Statement.Of("delete from access.sign_in_attempt where expires_at < $1", now),
                Statement.Of(
                    "insert into access.sign_in_attempt (state_hash, browser_hash, firm, issuer, nonce, verifier, go_on, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                    state.Hash, browser.Hash, firm, offered.Issuer, nonce, verifier, LocalPath.Of(goOn), now + Waits),
            ], ct);
        http.Response.Cookies.Append(Cookie, browser.Text, CookieOptions(http, now + Waits));
        return ProviderConversation.AddressOf(
            provider, offered.ClientId, RedirectUri(address, firm), state.Text, nonce, verifier, hint);
    }

    /// <summary>Takes the provider's answer. An attempt is used up by its first answer, whatever that is.</summary>
    public async Task<(FirmSignInOutcome Outcome, string GoOn)> Complete(Guid firm, HttpContext http, CancellationToken ct)
    {
        var query = http.Request.Query;
        if (query["state"] is not [{ Length: > 0 } state] || http.Request.Cookies[Cookie] is not { Length: > 0 } browser) return (FirmSignInOutcome.NotBegun, "/");
        var attempt = await Take(firm, state, browser, ct);
        http.Response.Cookies.Delete(Cookie, CookieOptions(http, clock.GetUtcNow()));
        if (attempt is null || await providers.OfFirm(firm, ct) is not { } offered || offered.Issuer != attempt.Issuer) return (FirmSignInOutcome.NotBegun, "/");
        if (query["code"] is not [{ Length: > 0 and < 4000 } code]) return (FirmSignInOutcome.Declined, attempt.GoOn);
        try
        {
            var provider = await documents.Of(offered.Issuer, ct);
            if (!IsFrom(provider, query["iss"])) return (FirmSignInOutcome.NotTrusted, attempt.GoOn);
            var claims = await conversation.ClaimsFor(
                provider, offered.ClientId, await desk.SecretOf(firm, ct), RedirectUri(address, firm), code, attempt.Nonce, attempt.Verifier, ct);
            return (await Admit(offered, claims, ct), attempt.GoOn);
        }
        catch (ProviderException e)
        {
            LogFault(logger, firm, e.Fault);
            return (e.Fault == ProviderFault.Unreachable ? FirmSignInOutcome.ProviderDown : FirmSignInOutcome.NotTrusted, attempt.GoOn);
        }
        catch (CryptographicException)
        {
            // The web keys that sealed the secret are gone: the operator has to enter it again.
            LogFault(logger, firm, ProviderFault.Refused);
            return (FirmSignInOutcome.NotTrusted, attempt.GoOn);
        }
    }

    private async Task<FirmSignInOutcome> Admit(SignInProviderRow offered, PersonClaims claims, CancellationToken ct)
    {
        var (hash, ofAddress) = (OutsideIdentity.HashOf(offered.Issuer, claims.Subject), Admission.OfAddress(claims, offered));
        var candidate = await CandidateFor(hash, offered.Issuer, ofAddress is null ? claims.Email : null, ct);
        var held = candidate is null ? [] : await roles.Of(candidate.Person, ct);
        var outcome = Admission.Of(candidate, held, offered, ofAddress);
        if (outcome != FirmSignInOutcome.SignedIn || candidate is null)
        {
            signIns.Failed(candidate?.Person, SessionScheme.Firm, outcome.ToString());
            return outcome;
        }

        var now = clock.GetUtcNow();
        var link = OutsideIdentity.Link(hash, offered.Issuer, candidate.Person, offered.Firm, now);
        if (candidate.CanSignIn) await database.Execute(AccessModule.Name, [link], ct);
        else if (!await Activate(candidate.Person, [link], now, ct)) return FirmSignInOutcome.Unknown;
        if (await holders.FindByIdAsync(candidate.Person.ToString()) is not { CanSignIn: true } holder) return FirmSignInOutcome.Unknown;
        // A second factor of ours is not asked for: how surely its people are known is the provider's business.
        await signIn.Begin(holder, SessionScheme.Firm);
        return outcome;
    }

    /// <summary>Whom the firm knows and its provider vouches for needs no invitation by mail: the account begins with this sign-in.</summary>
    private async Task<bool> Activate(Id<Person> person, IReadOnlyList<Statement> statements, DateTimeOffset now, CancellationToken ct)
    {
        var execution = new Execution(new CommandMetadata(person.ToString(), null, "firm-sign-in", "firm-sign-in", null)) { Statements = statements };
        return await accounts.Execute(person.Value, new ActivateByFirm(now), execution, ct) is Outcome.Written { SeqId: not null };
    }

    private async Task<Candidate?> CandidateFor(byte[] hash, string issuer, string? email, CancellationToken ct)
    {
        var found = await database.Query(
            AccessModule.Name,
            Statement.Of(
                """
                select a.id, a.can_sign_in, l.person is not null,
                    exists (select from access.outside_identity o where o.person = a.id and o.issuer = $2 and o.identity_hash <> $1)
                from access.accounts a left join access.outside_identity l on l.person = a.id and l.identity_hash = $1
                where l.person is not null
                or (a.email = $3 and not exists (select from access.outside_identity o where o.identity_hash = $1))
                """, hash, issuer, (object?)email?.ToLowerInvariant() ?? ""),
            r => new Candidate(new(r.GetGuid(0)), r.GetBoolean(1), r.GetBoolean(2), r.GetBoolean(3)), ct);
        return found.FirstOrDefault();
    }

    private async Task<Attempt?> Take(Guid firm, string state, string browser, CancellationToken ct) => (await database.Query(
        AccessModule.Name,
        Statement.Of(
            "delete from access.sign_in_attempt where state_hash = $1 and browser_hash = $2 and firm = $3 and expires_at > $4 returning issuer, nonce, verifier, go_on",
            Secret.HashOf(state), Secret.HashOf(browser), firm, clock.GetUtcNow()),
        r => new Attempt(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), ct)).FirstOrDefault();

    private static bool IsFrom(Provider provider, string? iss) => iss is null ? !provider.NamesItself : iss == provider.Issuer;

    /// <summary>Sent back with the provider's redirect, so not stricter than Lax; and only there.</summary>
    private static CookieOptions CookieOptions(HttpContext http, DateTimeOffset expires)
    {
        var options = Sessions.Options(http, expires);
        options.Path = "/sign-in/firm";
        return options;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in provider of firm {Firm} could not be used: {Fault}")]
    private static partial void LogFault(ILogger logger, Guid firm, ProviderFault fault);
}
