using System.Text;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Clients;

/// <summary>The token endpoint for machine clients (RFC 6749 sections 2.3.1, 3.2, 4.4, 5.1 and 5.2): a form in, a token of an hour or a named error out.</summary>
internal static class TokenEndpoint
{
    public const string Path = "/oauth/token";

    private const int FormLimit = 16 * 1024;

    private sealed record Shown(Guid Id, string Secret, bool ByHeader);

    internal static void MapTokenEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, Handle)
            .WithName("IssueClientToken").WithSummary("A token for a machine client (OAuth 2.0 client credentials)").ExcludeFromDescription()
            .AnyoneMayCall("the client's secret is the permission").RequireRateLimiting(RateLimits.Secrets).WithBodyLimit(FormLimit).DisableAntiforgery();

    private static async Task<IResult> Handle(HttpContext http, Database database, TimeProvider clock, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        if (!http.Request.HasFormContentType) return Refuse("invalid_request", "Send a form: Content-Type: application/x-www-form-urlencoded.");
        if (await Form(http.Request, ct) is not { } form) return Refuse("invalid_request", "The form cannot be read. Send name=value pairs, percent-encoded, with & between them.");
        // RFC 6749 section 3.2: parameters must not be included more than once.
        if (form.Any(p => p.Value.Count > 1)) return Refuse("invalid_request", "A parameter may stand once only.");
        var (shown, twice) = Credentials(http, form);
        if (twice) return Refuse("invalid_request", "Send the client's secret in the header or in the form, not in both.");
        var now = clock.GetUtcNow();
        var client = shown is null ? null : await ClientSecrets.Find(shown.Id, shown.Secret, database, now, ct);
        if (client is null) return NoClient(http);
        if (form["grant_type"].ToString() is not { Length: > 0 } grant) return Refuse("invalid_request", "The parameter grant_type is missing.");
        if (grant != "client_credentials") return Refuse("unsupported_grant_type", "Only client_credentials is known here.");
        var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scopes = asked.Length == 0 ? client.Scopes : TokenScopes.Ordered(asked);
        if (asked.Except(TokenScopes.All).Any() || !TokenScopes.Within(scopes, client.Scopes))
            return Refuse("invalid_scope", $"This client may have: {string.Join(' ', client.Scopes)}.");
        return await Issue(client, scopes, database, now, ct);
    }

    private static async Task<IFormCollection?> Form(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<IResult> Issue(KnownClient client, IReadOnlyList<string> scopes, Database database, DateTimeOffset now, CancellationToken ct)
    {
        var secret = Secret.New("cnm_");
        var ends = now + ClientSecrets.TokenLasts < client.ExpiresAt ? now + ClientSecrets.TokenLasts : client.ExpiresAt;
        await database.Execute(AccessModule.Name, ClientSecrets.Issue(client.Id, secret.Hash, scopes, now, ends), ct);
        return Results.Json(new
        {
            access_token = secret.Text,
            token_type = "Bearer",
            expires_in = (int)(ends - now).TotalSeconds,
            scope = string.Join(' ', scopes),
        });
    }

    /// <summary>Client id and secret by <c>client_secret_basic</c> or <c>client_secret_post</c>; both at once are an error.</summary>
    private static (Shown? Shown, bool Twice) Credentials(HttpContext http, IFormCollection form)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var posted = form["client_secret"].ToString();
        if (header.Length == 0) return (Of(form["client_id"].ToString(), posted, false), false);
        if (posted.Length > 0) return (null, true);
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return (null, false);
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return (null, false);
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
        return (pair.Length == 2 ? Of(Decoded(pair[0]), Decoded(pair[1]), true) : null, false);
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static Shown? Of(string id, string secret, bool byHeader) =>
        Guid.TryParseExact(id, "D", out var client) && secret.Length is > 0 and <= 200 ? new(client, secret, byHeader) : null;

    private static IResult NoClient(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"ClusterNet\", charset=\"UTF-8\"";
        return Error("invalid_client", "Client and secret do not fit together, or one of them has ended.", StatusCodes.Status401Unauthorized);
    }

    private static IResult Refuse(string error, string description) => Error(error, description, StatusCodes.Status400BadRequest);

    private static IResult Error(string error, string description, int status) =>
        Results.Json(new { error, error_description = description }, statusCode: status);
}
