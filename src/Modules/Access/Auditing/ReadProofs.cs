using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Auditing;

internal static class ReadProofsEndpoint
{
    /// <param name="Proof">Base64 hashes (RFC 6962 section 2.1.2).</param>
    internal sealed record Consistency(long From, string FromRoot, long To, string ToRoot, IReadOnlyList<string> Proof);

    internal sealed record State(
        string Origin, string PublicKey, long Size, long Waiting, long PublishedSize, DateTimeOffset? PublishedAt, string? Checkpoint, string Quorum,
        IReadOnlyList<WitnessStanding> Witnesses, string? Alarm, string? Follows);

    private static readonly Refusal Unknown = new("event-unknown", "The log has no such event. Check its id.", 404);

    private static readonly Refusal Malformed = new("malformed-sizes", "Say from which tree size to which: ?from=10&to=20, both whole numbers from 0.", 400);

    private static readonly Refusal OutOfRange = new("size-outside-log", "Ask with from not above to, and to not above the published size, which is 'size'.");

    internal static void MapReadProofs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit/log", ReadState).WithName("ReadLogState")
            .WithSummary("How the log stands: size, last checkpoint, who cosigned it, and what is wrong").Produces<State>()
            .AnyoneMayCall("counts and public keys, nothing of an event");
        routes.MapGet("/audit/events/{id:guid}/proof", Proof).WithName("ReadProof")
            .WithSummary("The inclusion proof of an event as a .tlog-proof file (C2SP tlog-proof), which verifies without this server")
            .Produces<string>(200, "text/plain").Produces(202)
            .AnyoneMayCall("whoever knows an event's id may see that it is in the log; a proof holds hashes only");
        routes.MapGet("/audit/consistency", ReadConsistency).WithName("ReadConsistency")
            .WithSummary("The proof that the log of one size is the beginning of the log of another").Produces<Consistency>()
            .AnyoneMayCall("a proof holds hashes only");
    }

    /// <summary>202: stored, and not yet under a published checkpoint.</summary>
    internal static IResult ComeAgain(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { state = "waiting", detail = "The event is stored; its place in the log is published within seconds. Ask again." }, statusCode: 202);
    }

    private static async Task<IResult> ReadState(HttpContext http, LogStatus status, CancellationToken ct)
    {
        var s = await status.Read(ct);
        http.Response.Headers.CacheControl = "no-cache";
        var published = s.Published is null ? null : Tlog.Checkpoint.Parse(s.Published.Text);
        return Results.Ok(new State(
            s.Origin, s.PublicKey, s.Size, s.Waiting, published?.Size ?? 0, s.PublishedAt, s.Published?.ToString(), s.Quorum, s.Witnesses, s.Alarm, s.Follows));
    }

    private static async Task<IResult> Proof(Guid id, HttpContext http, LogProofs proofs, CancellationToken ct)
    {
        switch (await proofs.OfEvent(id, ct))
        {
            case EventProof.Proven proven:
                http.Response.Headers.CacheControl = "public, max-age=1";
                http.Response.Headers.AccessControlAllowOrigin = "*";
                http.Response.Headers.ContentDisposition = $"inline; filename=\"{id:D}.tlog-proof\"";
                return Results.Text(proven.Proof.ToString(), "text/plain; charset=utf-8");
            case EventProof.Waiting: return ComeAgain(http);
            default: return Problems.From(Unknown);
        }
    }

    private static async Task<IResult> ReadConsistency(string? from, string? to, HttpContext http, LogProofs proofs, CancellationToken ct)
    {
        if (Size(from) is not { } old || Size(to) is not { } now) return Problems.From(Malformed);
        var size = (await proofs.Published(ct))?.Checkpoint.Size ?? 0;
        if (old > now || now > size) return Problems.From(OutOfRange.With("size", size));
        var hashes = await proofs.Consistency(old, now, ct);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Ok(new Consistency(
            old, Convert.ToBase64String(await proofs.RootAt(old, ct)), now, Convert.ToBase64String(await proofs.RootAt(now, ct)),
            [.. hashes.Select(h => Convert.ToBase64String(h))]));
    }

    private static long? Size(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}
