using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>
/// Whether a credential is in force and what it covers, for anybody who holds its number (ISO/IEC 17024:2012, 7.2, in spirit). The holder
/// stays unnamed.
/// </summary>
internal static class VerifyCredentialEndpoint
{
    /// <summary>What the credential attests.</summary>
    internal sealed record Scope(string Standard, int StandardVersion, string Skill, int EqfLevel, string EqfLevelUri);

    internal sealed record Issuer(Id<Cluster> Cluster, string Name);

    /// <param name="StatusSince">When a suspension, reinstatement or withdrawal took effect; the issue, when there was none.</param>
    internal sealed record Answer(
        string Number, Scope Scope, CredentialStatus Status, bool InForce, DateTimeOffset StatusSince, DateOnly IssuedOn,
        DateOnly ValidUntil, Issuer IssuedBy, DateTimeOffset CheckedAt);

    internal static readonly Refusal Mistyped = new(
        "credential-number-mistyped",
        "This is no credential number: a character is wrong, missing or swapped. It looks like CN-2026-7F3K-9Q2M-X; type it again.",
        404);

    internal static readonly Refusal Unknown = new(
        "credential-unknown",
        "No credential has this number. Compare it with the document; if it is the same, the document is not genuine.", 404);

    private static readonly Refusal NotYet = new(
        "credential-not-yet", "The credential did not exist at that moment. Ask for a later one.", 404);

    private const string CacheBriefly = "public, max-age=60";

    internal static void MapVerifyCredential(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accreditation/credentials/{number}", Handle)
            .WithName("VerifyCredential").WithSummary("Verify a credential by its number, now or as of a version (asOfVersion), a time (asOf) or a position of the log (asOfPosition)")
            .Produces<Answer>()
            .AnyoneMayCall("whoever holds the number may verify; the holder is not named");
        routes.MapMethods("/accreditation/credentials/{number}", [HttpMethods.Head], Handle)
            .ExcludeFromDescription().AnyoneMayCall("as GET, without the body");
    }

    private static async Task<IResult> Handle(
        string number, long? asOfVersion, string? asOf, long? asOfPosition, HttpContext http, Database database, Streams<Credential, CredentialEvent> credentials,
        Moments moments, TimeProvider clock, CancellationToken ct)
    {
        // Any web page may ask: there is nothing here that belongs to a signed-in person.
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers.AccessControlExposeHeaders = $"{HeaderNames.ETag}, {Moments.PositionHeader}, {Moments.CheckpointHeader}";
        if (CredentialNumber.Read(number) is not { } read) return Problems.From(Mistyped);
        if (await HeldCredentials.Find(read, database, ct) is not { } row) return Problems.From(Unknown);
        var query = new MomentQuery(asOfVersion, asOf, asOfPosition);
        if (query.IsNow) return Now(row, http, clock.GetUtcNow());
        var moment = await moments.Find(query, row.Version, ct);
        if (moment.Refusal is { } refusal) return Problems.From(refusal);
        var then = HeldCredentials.RowOf((await credentials.Load(row.Id.Value, moment.AsOf, ct)).Events);
        return then is null ? Problems.From(NotYet) : TypedResults.Ok(AnswerOf(then, moment.At ?? clock.GetUtcNow()));
    }

    private static IResult Now(CredentialRow row, HttpContext http, DateTimeOffset now)
    {
        var tag = new EntityTagHeaderValue($"\"{row.Version}-{WireNames(row.StatusAt(now))}\"");
        http.Response.Headers.ETag = tag.ToString();
        http.Response.Headers.CacheControl = CacheBriefly;
        if (EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(k => k.Compare(tag, false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(AnswerOf(row, now));
    }

    internal static Answer AnswerOf(CredentialRow row, DateTimeOffset at) => new(
        row.Number, new(row.Title, row.StandardVersion, row.Skill, row.EqfLevel, Eqf.Uri(row.EqfLevel)), row.StatusAt(at),
        row.StatusAt(at) == CredentialStatus.Active, row.StandingSince, row.IssuedOn, row.ValidUntil, new(row.Cluster, row.IssuingBody), at);

    private static string WireNames(CredentialStatus status) => Projections.WireNames.Of(status);
}
