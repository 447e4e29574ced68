using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClusterNet.Web;

/// <summary>Reads Idempotency-Key from POSTs (draft-ietf-httpapi-idempotency-key-header): scope is caller and path, the body is told apart by its hash.</summary>
public static class IdempotencyKeys
{
    private const string Header = "Idempotency-Key", AnyType = "*/*";
    private const int MaxLength = 255;

    /// <summary>Put after authentication: the key belongs to the caller.</summary>
    public static IApplicationBuilder UseIdempotencyKeys(this IApplicationBuilder app) => app.Use(Read);

    private static async Task Read(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.TryGetValue(Header, out var values) && (IsJson(http.Request) || IsFile(http)))
        {
            var key = values.Count == 1 ? values[0]!.Trim() : ""; // one header has one value
            if (key.Length is 0 or > MaxLength || key.Any(c => c is < '!' or > '~'))
            {
                await Problems.Of(400, "malformed-idempotency-key", $"Idempotency-Key takes 1 to {MaxLength} visible ASCII characters; a UUID does well.")
                    .ExecuteAsync(http);
                return;
            }

            http.Request.EnableBuffering();
            var hash = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
            http.Request.Body.Position = 0;
            // What is said about a file stands in the address.
            if (!IsJson(http.Request)) hash = SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(http.Request.QueryString.Value ?? "")]);
            var caller = http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "anyone";
            http.Features.Set(new IdempotencyKey(caller, $"POST {http.Request.Path}", Hashed(key), hash));
        }

        await next(http);
    }

    /// <summary>A caller may put anything into a key, an address too, and it becomes part of the history: only its hash is kept.</summary>
    private static string Hashed(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)).AsSpan(0, 16));

    private static bool IsJson(HttpRequest request) => request.ContentType is not { } type || type.Contains("json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body is a file of any type, of somebody known. Imports are idempotent by their rows; they take no key.</summary>
    private static bool IsFile(HttpContext http) => http.User.Identity?.IsAuthenticated == true
        && http.ChosenEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains(AnyType) == true;
}
