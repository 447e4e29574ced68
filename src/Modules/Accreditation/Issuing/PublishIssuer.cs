using ClusterNet.Access.Contracts;
using ClusterNet.Credentials;
using ClusterNet.Credentials.Fetching;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>What verifiers everywhere need of us: the issuer's keys, and the status lists.</summary>
internal static class PublishIssuerEndpoints
{
    private static readonly ClusterNet.EventStore.Refusal ListUnknown = new("status-list-unknown", "There is no such status list. Take its address from the credential.", 404);

    internal static void MapPublishIssuer(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(IssuerAddress.DidPath, Did)
            .WithName("IssuerDid").WithSummary("The issuer's DID document (did:web): the keys of all credentials, past ones among them")
            .Produces(StatusCodes.Status200OK, contentType: "application/did+json").AnyoneMayCall("public keys are for everybody");
        routes.MapGet($"{IssuerAddress.StatusPath}{{list}}", List)
            .WithName("StatusList").WithSummary("A status list (W3C Bitstring Status List 1.0), such as revocation-0: JSON with a proof, or a vc+jwt by Accept")
            .Produces(StatusCodes.Status200OK, contentType: "application/vc").AnyoneMayCall("a list says nothing of whose bits it holds");
    }

    private static async Task<IResult> Did(HttpContext http, OwnDocuments documents, CancellationToken ct)
    {
        CrossSite.LetAnyPageRead(http, "public, max-age=300");
        return TypedResults.Text(await documents.Did(ct), "application/did+json");
    }

    private static async Task<IResult> List(string list, HttpContext http, StatusLists lists, CancellationToken ct)
    {
        if (await lists.Find(list, ct) is not { } found) return Problems.From(ListUnknown);
        // A minute at most is what a revocation may go unseen on the way.
        CrossSite.LetAnyPageRead(http, "public, max-age=60");
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        return Wants(http, CredentialForm.VcJwt.MediaType())
            ? TypedResults.Text(found.Jwt, CredentialForm.VcJwt.MediaType())
            : TypedResults.Text(found.Json, CredentialForm.Proof.MediaType());
    }

    internal static bool Wants(HttpContext http, string mediaType) =>
        http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What the installation publishes, for its own verifier: it need not ask itself over the network.</summary>
internal sealed class OwnDocuments(IssuerKeys keys, StatusLists lists, IssuerAddress address) : IOwnDocuments
{
    public async Task<string> Did(CancellationToken ct) => Dids.WebDocument(address.Did, (await keys.Begun(ct)).Published());

    public async Task<string?> Find(string url, CancellationToken ct) => address.PathOf(url) switch
    {
        IssuerAddress.DidPath => await Did(ct),
        { } path when path.StartsWith(IssuerAddress.StatusPath, StringComparison.Ordinal) => (await lists.Find(path[IssuerAddress.StatusPath.Length..], ct))?.Json,
        _ => null,
    };
}
