using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>The holder takes a credential along.</summary>
internal static class DownloadCredentialEndpoints
{
    private static readonly Refusal FormUnknown = new(
        "credential-form-unknown", "A credential is signed as proof (JSON with an embedded proof), vc-jwt or badge-jwt. Name one of them as form.", 422);

    internal static void MapDownloadCredential(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accreditation/me/credentials/{number}/document", Document)
            .WithName("DownloadCredential")
            .WithSummary("One's own credential, signed: form is proof (JSON), vc-jwt or badge-jwt; name=true lets the own name stand in it, beside the hash of the mail address")
            .Produces(StatusCodes.Status200OK, contentType: CredentialForm.Proof.MediaType())
            .SignedInMayCall("the holder").OwnData();
        routes.MapGet("/accreditation/me/credentials/{number}/paper", Paper)
            .WithName("CredentialPaper").WithSummary("One's own credential as a PDF with the holder's name and a QR code that leads to its verification, in the reader's language")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .SignedInMayCall("the holder").OwnData();
    }

    private static async Task<IResult> Document(string number, Caller caller, CredentialDesk desk, HttpContext http, CancellationToken ct, string? form = null, bool name = false)
    {
        var wanted = CredentialForm.Proof;
        if (form is not null && !WireNames.TryParse(form, out wanted)) return Problems.From(FormUnknown);
        if (await desk.Own(number, caller, ct) is not { } row) return Problems.From(CredentialDesk.NotOwn(number));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename={wanted.FileName(row.Number)}";
        return TypedResults.Text(await desk.Sign(row, wanted, name, ct), wanted.MediaType());
    }

    private static async Task<IResult> Paper(string number, Caller caller, CredentialDesk desk, CredentialPaper paper, HttpContext http, CancellationToken ct)
    {
        if (await desk.Own(number, caller, ct) is not { } row) return Problems.From(CredentialDesk.NotOwn(number));
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(await paper.Of(row, ct), "application/pdf", $"{row.Number}.pdf");
    }
}
