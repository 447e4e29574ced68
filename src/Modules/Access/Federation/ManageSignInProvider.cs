using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Federation;

internal sealed record RemoveSignInProvider(Guid Firm, Id<Person> By, DateTimeOffset Now) : ICommand<SignInProvider, SignInProviderEvent>
{
    public Decision<SignInProviderEvent> Decide(SignInProvider state) =>
        state is SignInProvider.Offered ? new SignInProviderRemoved(Firm, By, Now) : ManageSignInProviderEndpoints.NoProvider;
}

internal static class ManageSignInProviderEndpoints
{
    internal static readonly Refusal NoProvider = new("sign-in-provider-unknown", "This firm has no sign-in of its own; its people sign in here.", 404);

    /// <param name="HasSecret">The secret itself is never shown.</param>
    /// <param name="RedirectUri">To be registered at the provider.</param>
    internal sealed record Answer(
        Guid Firm, string Issuer, string ClientId, bool HasSecret, IReadOnlyList<string> MailDomains, bool TrustsUnverified, bool Required, bool BeyondFirm,
        DateTimeOffset SetAt, string RedirectUri, long Version);

    internal sealed record CheckBody(string Issuer) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("issuer", Issuer, 1, 500);
    }

    /// <summary>What a provider says of itself.</summary>
    internal sealed record Checked(string Issuer, string? AuthorizationEndpoint, string? TokenEndpoint, string? UserInfoEndpoint, int KeyCount);

    internal static void MapManageSignInProvider(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/firms/{firm}/sign-in-provider", Read)
            .WithName("ReadSignInProvider").WithSummary("A firm's own sign-in, without its secret").Produces<Answer>()
            .SignedInMayCall("the operator; the firm's manager");
        routes.MapDelete("/access/firms/{firm}/sign-in-provider", (Guid firm, Caller caller, ProviderDesk desk, CancellationToken ct) =>
                desk.Remove(firm, caller.Person, ct))
            .WithName(nameof(RemoveSignInProvider)).WithSummary("Take a firm's own sign-in away; its people sign in here again, and links to it end")
            .OperatorMayCall().WithMetadata(NeedsAccountScope.Instance);
        routes.MapPost("/access/sign-in-providers/check", async (CheckBody body, FederationSettings settings, ProviderDocuments documents, CancellationToken ct) =>
            {
                var (found, fault) = await Check(body.Issuer, settings, documents, ct);
                return found is null ? Problems.From(Unusable(fault)) : Results.Ok(found);
            })
            .WithName("CheckSignInProvider").WithSummary("Look at a provider's discovery document and keys, before or after it is set")
            .WithExample(new CheckBody("https://login.nordwind.example/realms/staff")).Produces<Checked>().OperatorMayCall();
    }

    internal static async Task<(Checked? Found, ProviderFault Fault)> Check(
        string issuer, FederationSettings settings, ProviderDocuments documents, CancellationToken ct)
    {
        if (!FederationSettings.IsIssuer(issuer, settings.AllowLoopbackIssuers)) return (null, ProviderFault.AddressNotAllowed);
        try
        {
            var p = await documents.Fetch(issuer, ct);
            if (p.Authorization is null || p.Token is null || p.Keys.Count == 0) return (null, ProviderFault.Malformed);
            return (new(p.Issuer, p.Authorization.ToString(), p.Token.ToString(), p.UserInfo?.ToString(), p.Keys.Count), default);
        }
        catch (ProviderException e)
        {
            return (null, e.Fault);
        }
    }

    internal static Refusal Unusable(ProviderFault fault) => new Refusal("provider-unusable", fault switch
    {
        ProviderFault.AddressNotAllowed => "The address is not public or not https: this server asks only public https addresses. Check the issuer.",
        ProviderFault.OtherIssuer => "The document there names another issuer. Copy the issuer exactly as the provider's document says it, slashes included.",
        ProviderFault.Malformed => "There is no discovery document with keys at this issuer. Check the address; the document lies at /.well-known/openid-configuration.",
        _ => "The provider does not answer. Check the address, and try again in a moment.",
    }, 422).With("fault", fault.ToString());

    private static async Task<IResult> Read(
        Guid firm, Caller caller, HttpContext http, ProviderQueries queries, [FromServices] PublicUrl address, CancellationToken ct)
    {
        if (!caller.IsOperator && !caller.Is(Role.Manager, new(ScopeKind.Firm, firm)))
            return Problems.From(caller.IsIn(new(ScopeKind.Firm, firm)) ? Permissions.NotAllowed : NoProvider);
        if (await queries.OfFirm(firm, ct) is not { } p) return Problems.From(NoProvider);
        ETags.Set(http, p.Version);
        return Results.Ok(new Answer(
            p.Firm, p.Issuer, p.ClientId, await queries.SecretOf(firm, ct) is not null, p.MailDomains, p.TrustsUnverified, p.Required, p.BeyondFirm, p.SetAt,
            FirmSignInDesk.RedirectUri(address, firm), p.Version));
    }
}
