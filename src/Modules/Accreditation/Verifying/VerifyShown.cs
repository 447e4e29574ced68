using System.Text;
using System.Text.Json;
using ClusterNet.Access.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>Whether anybody's credential holds, for anybody.</summary>
internal static class VerifyShownEndpoint
{
    /// <param name="Credential">JSON with its proof, or a text: a JWT, a number of ours, JSON as text.</param>
    /// <param name="Link">Where it stands; https.</param>
    internal sealed record Body(object? Credential, string? Link);

    private const string Address = "/accreditation/verifications", Json = "application/json", Form = "multipart/form-data";
    private const string Example = "eyJhbGciOiJFUzI1NiIsInR5cCI6InZjK2p3dCJ9.eyJAY29udGV4dCI6W119.c2lnbmF0dXJl";
    /// <summary>Deeper than any credential that is taken, so that the answer says what is wrong with it.</summary>
    private const int MaxDepth = 10_000;

    private static readonly string[] Raw = ["application/vc", "application/vp", "application/vc+jwt", "application/vp+jwt", "application/jwt", "application/vc+ld+json", "application/ld+json", "image/png", "image/jpeg", "image/svg+xml"];

    internal static void MapVerifyShown(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Address, Handle)
            .WithName("VerifyShown").WithSummary("Verify anybody's credential: JSON, JWT, a badge picture, a photo of a QR code, or a link")
            .WithDescription(
                $"The body is the credential itself ({string.Join(", ", Raw)}, or {Json} with an @context), or JSON with a member credential or link, or {Form} with a file. " +
                "Whatever it is, the answer is 200 with every check, and says what was not checked. The messages follow Accept-Language. Nothing is kept.")
            .Accepts<Body>(Json, [.. Raw, Form]).Produces<Report>().WithExample(new Body(Example, null))
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithBodyLimit(Intake.MostBytes + 65_536).RequireRateLimiting(RateLimits.Verifications).AllowCrossSite()
            .AnyoneMayCall("whoever holds a credential may have it verified; nothing of it is kept");
        routes.MapMethods(Address, [HttpMethods.Options], Preflight).ExcludeFromDescription().AnyoneMayCall("says to browsers that pages of other sites may ask");
    }

    private static NoContent Preflight(HttpContext http)
    {
        CrossSite.LetAnyPageRead(http, "no-store");
        http.Response.Headers.AccessControlAllowMethods = HttpMethods.Post;
        http.Response.Headers.AccessControlAllowHeaders = $"{HeaderNames.ContentType}, {HeaderNames.AcceptLanguage}";
        http.Response.Headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Handle(HttpContext http, Intake intake, Verifications verifications, CancellationToken ct)
    {
        CrossSite.LetAnyPageRead(http, "no-store");
        var (shown, problem) = await Read(http.Request, intake, ct);
        return shown is null ? problem ?? Malformed("Send a credential.") : TypedResults.Ok(await verifications.Of(shown, ct));
    }

    private static async Task<(Shown? Shown, IResult? Problem)> Read(HttpRequest request, Intake intake, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return (null, NotTaken());
        if (type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase)) return type.Boundary.Length > 0 ? await OfForm(request, intake, ct) : (null, NotTaken());
        var json = type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
        if (!json && !Raw.Any(r => type.MediaType.Equals(r, StringComparison.OrdinalIgnoreCase))) return (null, NotTaken());
        var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, ct);
        return json ? await OfJson(bytes.ToArray(), intake, ct) : (await intake.OfBytes(bytes.ToArray(), ct), null);
    }

    private static async Task<(Shown? Shown, IResult? Problem)> OfForm(HttpRequest request, Intake intake, CancellationToken ct)
    {
        var form = await request.ReadFormAsync(ct);
        if (form.Files is not [{ } file]) return (null, Malformed("Send one file."));
        var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        return (await intake.OfBytes(bytes.ToArray(), ct), null);
    }

    private static async Task<(Shown? Shown, IResult? Problem)> OfJson(byte[] utf8, Intake intake, CancellationToken ct)
    {
        try
        {
            using var parsed = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (parsed.RootElement.ValueKind != JsonValueKind.Object) return (null, Malformed("Expected is an object."));
            var members = parsed.RootElement.EnumerateObject().ToList();
            // What is a credential is judged as it was sent, a member that stands twice included.
            if (members.Exists(m => m.NameEquals("@context"))) return (new Shown.Document(Encoding.UTF8.GetString(utf8)), null);
            Fault[] unknown = [.. members.Where(m => m.Name is not ("credential" or "link")).Select(m => Fault.UnknownMember(m.Name))];
            if (unknown.Length > 0) return (null, Problems.WithErrors(400, "malformed-request", $"The body cannot be read at {unknown[0].At}: {unknown[0].Detail}", unknown));
            if (members.Where(m => m.Value.ValueKind != JsonValueKind.Null).ToList() is not [{ } one] || members.DistinctBy(m => m.Name).Count() < members.Count)
                return (null, Malformed("Send either the member credential or the member link, and no other."));
            return (one.Name, one.Value.ValueKind) switch
            {
                ("credential", JsonValueKind.Object) => (new Shown.Document(one.Value.GetRawText()), null),
                ("credential" or "link", JsonValueKind.String) => (await intake.OfText(one.Value.GetString() ?? "", ct), null),
                _ => (null, Malformed("A credential is an object or a text, a link is a text.")),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, Malformed("This is not valid JSON (RFC 8259)."));
        }
    }

    private static ProblemHttpResult Malformed(string what) => Problems.Of(400, "malformed-request", $"{what} See the description of this operation at /api.");

    private static ProblemHttpResult NotTaken() =>
        Problems.Of(415, "unsupported-media-type", $"Send {Json}, {Form} with a file, or the credential itself as {string.Join(", ", Raw)}, and say which in Content-Type.");
}
