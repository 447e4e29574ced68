using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Web;

/// <summary>
/// Forms of pages carry in hidden fields what requests of the API carry in headers: the version on which they were filled in (If-Match), and a
/// key of their own (Idempotency-Key), so that a form that is sent twice is carried out once.
/// </summary>
public static class PageForms
{
    private static readonly string[] NotContent = ["__RequestVerificationToken", "_handler"];

    /// <summary>A key for a form that is about to be shown.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>The command that follows is carried out only if this is still the version.</summary>
    public static void Expect(HttpContext http, long? version) => http.Request.Headers.IfMatch = version is { } v ? ETags.Of(v) : default;

    /// <summary>The command that follows is carried out once for this key and this content: who goes back and changes something means another one.</summary>
    public static void Once(HttpContext http, string? key)
    {
        if (string.IsNullOrEmpty(key)) return;
        var caller = http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "anyone";
        var content = string.Join('\n', http.Request.Form.Where(f => !NotContent.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
        http.Features.Set(new IdempotencyKey(caller, $"FORM {http.Request.Path}", Convert.ToHexStringLower(Hash($"{key}\n{content}").AsSpan(0, 16)), Hash(content)));
    }

    /// <summary>What became of the command.</summary>
    public static Sent Read(IResult result) => result switch
    {
        Carried carried => new(null, null, Guid.TryParse(JsonNode.Parse(carried.Body)?["id"]?.ToString(), out var id) ? id : null) { Repeated = carried.Repeated },
        ProblemHttpResult { ProblemDetails: var problem } => new(problem.Extensions["code"]?.ToString() ?? "", problem.Detail, null),
        _ => throw new ArgumentException($"{result.GetType().Name} is no answer to a command.", nameof(result)),
    };

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>What became of a command that a form sent.</summary>
/// <param name="Code">The refusal's code; null when the command was carried out.</param>
/// <param name="Text">The refusal in English, for codes that a page has no words for.</param>
/// <param name="Id">What was made or changed.</param>
public sealed record Sent(string? Code, string? Text, Guid? Id)
{
    public bool Done => Code is null;

    /// <summary>It had been carried out by an earlier sending, and this one changed nothing.</summary>
    public bool Repeated { get; init; }

    /// <summary>Somebody changed it after the form was shown.</summary>
    public bool IsStale => Code == "stale-version";
}
