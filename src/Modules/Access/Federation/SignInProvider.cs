using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Federation;

internal abstract record SignInProviderEvent;

/// <param name="TrustsUnverified">The provider leaves <c>email_verified</c> out, and its addresses are trusted all the same.</param>
/// <param name="Required">The firm's people do not sign in with passwords of this installation.</param>
/// <param name="BeyondFirm">Also for people with roles outside this firm: then the provider opens those roles too.</param>
[StoredAs("sign_in_provider_set")]
internal sealed record SignInProviderSet(
    Guid Firm, string Issuer, string ClientId, ValueList<string> MailDomains, bool TrustsUnverified, bool Required, bool BeyondFirm, Id<Person> By,
    DateTimeOffset At) : SignInProviderEvent;

[StoredAs("sign_in_provider_removed")]
internal sealed record SignInProviderRemoved(Guid Firm, Id<Person> By, DateTimeOffset At) : SignInProviderEvent;

/// <summary>How a firm's people sign in with the firm's own provider (OpenID Connect Core 1.0).</summary>
internal abstract record SignInProvider : IState<SignInProvider, SignInProviderEvent>
{
    public const string Script = """
        create table access.sign_in_secret (firm uuid primary key, secret text not null);
        create table access.sign_in_attempt (state_hash bytea primary key, browser_hash bytea not null, firm uuid not null, issuer text not null,
            nonce text not null, verifier text not null, go_on text not null, expires_at timestamptz not null);
        create index sign_in_attempt_expires on access.sign_in_attempt (expires_at);
        """;

    public sealed record None : SignInProvider;

    public sealed record Offered(string Issuer, string ClientId, ValueList<string> MailDomains, bool TrustsUnverified, bool Required, bool BeyondFirm)
        : SignInProvider;

    public static SignInProvider Initial { get; } = new None();

    public static Guid IdOf(Guid firm) => NamedGuid.Of("sign-in-provider", firm.ToString("D"));

    public static SignInProvider Evolve(SignInProvider state, SignInProviderEvent fact) => fact switch
    {
        SignInProviderSet e => new Offered(e.Issuer, e.ClientId, e.MailDomains, e.TrustsUnverified, e.Required, e.BeyondFirm),
        SignInProviderRemoved => new None(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record SignInProviderRow(
    Guid Id, Guid Firm, string Issuer, string ClientId, string[] MailDomains, bool TrustsUnverified, bool Required, bool BeyondFirm, DateTimeOffset SetAt,
    long Version);

internal sealed class SignInProviders() : InlineProjection<SignInProviderEvent, SignInProviderRow>(AccessModule.Name, Table)
{
    public static readonly Table<SignInProviderRow> Table = new(AccessModule.Name, "sign_in_providers", nameof(SignInProviderRow.Id))
    {
        Indexes = ["using gin (mail_domains)"],
    };

    protected override SignInProviderRow? Apply(SignInProviderRow? row, Recorded<SignInProviderEvent> recorded) => recorded.Fact switch
    {
        SignInProviderSet e => new(
            recorded.Stream, e.Firm, e.Issuer, e.ClientId, [.. e.MailDomains], e.TrustsUnverified, e.Required, e.BeyondFirm, e.At, recorded.Version),
        SignInProviderRemoved => null,
        _ => row,
    };
}

/// <param name="Domain">Belongs to one firm's provider only: the guard that an address leads to one sign-in.</param>
internal sealed record SignInDomainRow(string Domain, Guid Provider, Guid Firm);

internal sealed class SignInDomains() : InlineRows<SignInProviderEvent, SignInDomainRow>(AccessModule.Name, Table, "provider")
{
    public static readonly Table<SignInDomainRow> Table = new(AccessModule.Name, "sign_in_domains", nameof(SignInDomainRow.Domain))
    {
        Guard = true,
        Indexes = ["(provider)"],
    };

    protected override IReadOnlyList<SignInDomainRow> Apply(IReadOnlyList<SignInDomainRow> rows, Recorded<SignInProviderEvent> recorded) => recorded.Fact switch
    {
        SignInProviderSet e => [.. e.MailDomains.Select(d => new SignInDomainRow(d, recorded.Stream, e.Firm))],
        SignInProviderRemoved => [],
        _ => rows,
    };
}
