using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ClusterNet.EventStore;
using ClusterNet.Tlog;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Ledger;

/// <summary>The public log, exactly as C2SP tlog-tiles and tlog-checkpoint have it, so that others' software reads and verifies it.</summary>
public static class LogEndpoints
{
    private const string Prefix = "/log";

    private static readonly Refusal NothingPublished = new(
        "nothing-published", "No checkpoint is published yet: the first is signed within seconds of the start, or its witnesses are awaited. Ask again.", 503);

    private static readonly Refusal NoTile = new(
        "no-such-tile", "The log has no such tile: take the tree size from /log/checkpoint, and the path as C2SP tlog-tiles spells it, such as tile/0/000.p/12.", 404);

    /// <summary><c>/log/checkpoint</c>, <c>/log/tile/…</c>, <c>/log/policy</c>; open to every origin. The Host says that anyone may call.</summary>
    public static RouteGroupBuilder MapLog(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup(Prefix);
        log.MapMethods("/checkpoint", [HttpMethods.Get, HttpMethods.Head], GetCheckpoint).WithName("ReadCheckpoint")
            .WithSummary("The log's newest checkpoint with its cosignatures (C2SP tlog-checkpoint)").Produces<string>(200, "text/plain");
        log.MapMethods("/tile/{**path}", [HttpMethods.Get, HttpMethods.Head], GetTile).WithName("ReadTile")
            .WithSummary("A tile of hashes, or a bundle of entries (C2SP tlog-tiles)").Produces<byte[]>(200, "application/octet-stream");
        log.MapMethods("/policy", [HttpMethods.Get, HttpMethods.Head], GetPolicy).WithName("ReadLogPolicy")
            .WithSummary("Whose signatures a checkpoint has: the log's key, its witnesses and their quorum (C2SP tlog-policy)").Produces<string>(200, "text/plain");
        return log;
    }

    private static async Task<IResult> GetCheckpoint(HttpContext http, LogProofs proofs, CancellationToken ct)
    {
        if (await proofs.Published(ct) is not { } published)
        {
            http.Response.Headers.RetryAfter = "1";
            return Problems.From(NothingPublished);
        }

        return Answer(http, Encoding.UTF8.GetBytes(published.Note.ToString()), "text/plain; charset=utf-8", "public, max-age=1");
    }

    private static async Task<IResult> GetPolicy(HttpContext http, SignedLog log, LogPolicies policies, CancellationToken ct) =>
        Answer(http, Encoding.UTF8.GetBytes(policies.Of((await log.Open(ct)).Verifier).Text), "text/plain; charset=utf-8", "public, max-age=60");

    private static async Task<IResult> GetTile(string path, HttpContext http, LogTiles tiles, LogEntries entries, CancellationToken ct)
    {
        if (Tile.Parse(path) is not { } tile || !await entries.IsSigned(tile, ct)) return Problems.From(NoTile);
        var bytes = tile.IsEntries ? await entries.Read(tile, ct) : await tiles.Read(tile, ct);
        if (bytes is null) return Problems.From(NoTile);
        if (tile.IsEntries && AcceptsGzip(http.Request)) bytes = Compress(http.Response, bytes);
        if (tile.IsEntries) http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        return Answer(http, bytes, "application/octet-stream", "public, max-age=31536000, immutable");
    }

    private static IResult Answer(HttpContext http, byte[] bytes, string type, string caching)
    {
        http.Response.Headers.CacheControl = caching;
        http.Response.Headers.AccessControlAllowOrigin = "*";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
        return Results.Bytes(bytes, type, entityTag: tag);
    }

    private static bool AcceptsGzip(HttpRequest request) => StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(a => a.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);

    private static byte[] Compress(HttpResponse response, byte[] bytes)
    {
        response.Headers.ContentEncoding = "gzip";
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }
}
