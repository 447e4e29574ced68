using System.Text.Json;
using ClusterNet.Access.Contracts;
using ClusterNet.Credentials;
using ClusterNet.Credentials.Fetching;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>
/// The verifying half of the W3C's VC API, for its test suites: 200 with <c>verified</c> true, or 400 with the problems of the data model (VC Data
/// Model 2.0, section 7.1). What could not be checked is not verified.
/// </summary>
internal static class VcApi
{
    /// <param name="Type">A URL.</param>
    internal sealed record Problem(string Type, string Title, string Detail);

    internal sealed record Answer(bool Verified, IReadOnlyList<Problem> ProblemDetails);

    private sealed record Asked(string Document, string? Challenge, string? Domain);

    private const string Types = "https://www.w3.org/TR/vc-data-model#";
    private const int MostBytes = 1024 * 1024, MaxDepth = 10_000;

    internal static void MapVcApiVerifier(this IEndpointRouteBuilder routes)
    {
        Declare(routes.MapPost("/credentials/verify", Credential), "VcApiVerifyCredential");
        Declare(routes.MapPost("/presentations/verify", Presentation), "VcApiVerifyPresentation");
    }

    private static void Declare(RouteHandlerBuilder endpoint, string name) => endpoint.WithName(name).ExcludeFromDescription()
        .WithBodyLimit(MostBytes).RequireRateLimiting(RateLimits.Verifications).AllowCrossSite()
        .AnyoneMayCall("where the operator has switched it on, for interoperability tests; nothing is kept");

    private static async Task<JsonHttpResult<Answer>> Credential(HttpRequest request, CredentialVerifiers verifiers, CancellationToken ct)
    {
        if (await Read(request, "verifiableCredential", ct) is not { } asked) return Malformed();
        var found = await verifiers.New().Verify(asked.Document, ct);
        return Answered(found.Verdict, found.Checks);
    }

    private static async Task<JsonHttpResult<Answer>> Presentation(HttpRequest request, CredentialVerifiers verifiers, CancellationToken ct)
    {
        if (await Read(request, "verifiablePresentation", ct) is not { } asked) return Malformed();
        var found = await verifiers.New().VerifyPresentation(asked.Document, new(asked.Challenge, asked.Domain), ct);
        return Answered(found.Verdict, [.. found.Presentation.Checks, .. found.Credentials.SelectMany(c => c.Checks)]);
    }

    /// <returns>null where the body is none of the API's.</returns>
    private static async Task<Asked?> Read(HttpRequest request, string member, CancellationToken ct)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = MaxDepth }, ct);
            if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty(member, out var document)) return null;
            var options = body.RootElement.TryGetProperty("options", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
            var text = document.ValueKind switch { JsonValueKind.Object => document.GetRawText(), JsonValueKind.String => document.GetString(), _ => null };
            return text is null ? null : new(text, Option(options, "challenge"), Option(options, "domain"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Option(JsonElement options, string name) =>
        options.ValueKind == JsonValueKind.Object && options.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonHttpResult<Answer> Answered(ClusterNet.Credentials.Verdict verdict, IReadOnlyList<Check> checks)
    {
        var problems = checks.Where(c => c.Outcome != CheckOutcome.Passed && c.Topic != CheckTopic.Other).Select(Of).ToList();
        var verified = verdict == ClusterNet.Credentials.Verdict.Valid;
        return TypedResults.Json(new Answer(verified, problems), statusCode: verified ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static JsonHttpResult<Answer> Malformed() => TypedResults.Json(
        new Answer(false, [new($"{Types}PARSING_ERROR", "Parsing error", "The body is JSON with the member verifiableCredential or verifiablePresentation, and options.")]), statusCode: StatusCodes.Status400BadRequest);

    private static Problem Of(Check check) => new(
        Types + check.Topic switch
        {
            CheckTopic.Format => "MALFORMED_VALUE_ERROR",
            CheckTopic.Validity => "RANGE_ERROR",
            CheckTopic.Status => "STATUS_RETRIEVAL_ERROR",
            _ => "CRYPTOGRAPHIC_SECURITY_ERROR",
        },
        check.Code, check.Place.Length == 0 ? check.Message : $"{check.Message} ({check.Place})");
}
