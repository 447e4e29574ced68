using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Federation;

/// <param name="NewSecret">The client's secret changes with it, which no member of the event shows.</param>
internal sealed record SetSignInProvider(
    Guid Firm, string Issuer, string ClientId, ValueList<string> MailDomains, bool TrustsUnverified, bool Required, bool BeyondFirm, bool NewSecret,
    Id<Person> By, DateTimeOffset Now) : ICommand<SignInProvider, SignInProviderEvent>
{
    public static readonly Refusal DomainTaken = new(
        "mail-domain-taken", "One of these mail domains belongs to another firm's sign-in already: an address can lead to one firm only. Take it away there first.");

    public static readonly Refusal FirmUnknown = new("firm-unknown", "There is no such firm; look its id up in the list of firms.", 404);

    public Decision<SignInProviderEvent> Decide(SignInProvider state) =>
        !NewSecret && state is SignInProvider.Offered o && o == new SignInProvider.Offered(Issuer, ClientId, MailDomains, TrustsUnverified, Required, BeyondFirm)
            ? Decision<SignInProviderEvent>.Nothing
            : new SignInProviderSet(Firm, Issuer, ClientId, MailDomains, TrustsUnverified, Required, BeyondFirm, By, Now);
}

internal static class SetSignInProviderEndpoint
{
    private const int MaxDomains = 20;

    /// <param name="ClientSecret">Never shown again; left out, the one that is kept stays, as long as issuer and client stay.</param>
    internal sealed record Body(
        string Issuer, string ClientId, IReadOnlyList<string> MailDomains, string? ClientSecret = null, bool TrustsUnverified = false, bool Required = false,
        bool BeyondFirm = false) : IValidated
    {
        public ValueList<string> Domains => [.. MailDomains.Select(d => MailDomain.Normal(d) ?? d).Distinct().Order(StringComparer.Ordinal)];

        public void Validate(Faults faults)
        {
            // Whether plain HTTP to this machine is allowed is a setting; the request that goes there asks it.
            faults.Check(
                FederationSettings.IsIssuer(Issuer, loopback: true), "issuer", "malformed-issuer",
                "The issuer's https address is expected, without query, such as https://login.example.org/realms/firm.");
            faults.Text("clientId", ClientId, 1, 200);
            faults.OptionalText("clientSecret", ClientSecret, 500);
            faults.Count("mailDomains", MailDomains, 1, MaxDomains);
            faults.Each("mailDomains", MailDomains, (d, f) => f.Check(
                MailDomain.Normal(d) is not null, "", "malformed-domain", "A mail domain such as example.org is expected."));
        }
    }

    internal static void MapSetSignInProvider(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/access/firms/{firm}/sign-in-provider", (
                Guid firm, Body body, Caller caller, ProviderDesk desk, CancellationToken ct) => desk.Set(firm, body, caller.Person, ct))
            .WithName(nameof(SetSignInProvider)).WithSummary("Say how a firm's people sign in with the firm's own OpenID Connect provider")
            .WithExample(new Body("https://login.nordwind.example/realms/staff", "clusternet", ["nordwind.example"], "the provider's secret"))
            .OperatorMayCall().WithMetadata(NeedsAccountScope.Instance);
}

/// <summary>Sets and removes firms' providers, over the API and on the page alike.</summary>
internal sealed class ProviderDesk(
    Streams<SignInProvider, SignInProviderEvent> providers, ProviderQueries queries, Commands commands, FederationSettings settings,
    IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly Refusal IssuerNotAllowed = new(
        "issuer-not-allowed", "This installation takes issuers with https addresses only. Give the provider's public address.", 422);

    private readonly IDataProtector _secrets = protection.CreateProtector("clusternet.sign-in-provider");

    public async Task<IResult> Set(Guid firm, SetSignInProviderEndpoint.Body body, Id<Person> by, CancellationToken ct)
    {
        if (!FederationSettings.IsIssuer(body.Issuer, settings.AllowLoopbackIssuers)) return Problems.From(IssuerNotAllowed);
        if (!await queries.FirmExists(firm, ct)) return Problems.From(SetSignInProvider.FirmUnknown);
        var (id, secret) = (SignInProvider.IdOf(firm), body.ClientSecret is { Length: > 0 } given ? given : null);
        var before = (await providers.Load(id, ct)).State as SignInProvider.Offered;
        var command = new SetSignInProvider(
            firm, body.Issuer, body.ClientId, body.Domains, body.TrustsUnverified, body.Required, body.BeyondFirm, secret is not null, by, clock.GetUtcNow());
        List<Statement> statements = [OutsideIdentity.ForgetOthers(firm, body.Issuer)];
        if (secret is not null) statements.Add(Keep(firm, secret));
        // A secret must never be sent to another provider than the one it was given for.
        else if (before?.Issuer != body.Issuer || before.ClientId != body.ClientId) statements.Add(Forget(firm));
        return await commands.Run(
            providers, id, command, Reply.Changed(Self(firm), new Id<SignInProvider>(id)), ct,
            onGuard: _ => Task.FromResult(SetSignInProvider.DomainTaken), statements: statements);
    }

    public Task<IResult> Remove(Guid firm, Id<Person> by, CancellationToken ct)
    {
        var id = SignInProvider.IdOf(firm);
        return commands.Run(
            providers, id, new RemoveSignInProvider(firm, by, clock.GetUtcNow()), Reply.Changed(Self(firm), new Id<SignInProvider>(id)), ct,
            statements: [OutsideIdentity.ForgetOthers(firm, null), Forget(firm)]);
    }

    /// <summary>The secret in clear, for the request to the provider and nothing else.</summary>
    public async Task<string?> SecretOf(Guid firm, CancellationToken ct) => await queries.SecretOf(firm, ct) is { } kept ? _secrets.Unprotect(kept) : null;

    private Statement Keep(Guid firm, string secret) => Statement.Of(
        "insert into access.sign_in_secret (firm, secret) values ($1, $2) on conflict (firm) do update set secret = excluded.secret", firm, _secrets.Protect(secret));

    private static Statement Forget(Guid firm) => Statement.Of("delete from access.sign_in_secret where firm = $1", firm);

    private static string Self(Guid firm) => $"/api/v1/access/firms/{firm}/sign-in-provider";
}
