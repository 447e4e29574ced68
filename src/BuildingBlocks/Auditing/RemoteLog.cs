using System.Net;
using System.Text;
using ClusterNet.Tlog;

namespace ClusterNet.Auditing;

/// <summary>A public log as an outsider reads it: checkpoint, tiles and entries over HTTP (C2SP tlog-tiles). It trusts nothing of what it is answered.</summary>
public sealed class RemoteLog : IDisposable
{
    private const int MaxAnswer = 17 << 20; // 256 entries of at most 64 KiB
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly string _prefix;

    /// <param name="address">The installation's address, or that of its log (<c>…/log</c>).</param>
    public RemoteLog(Uri address, TimeProvider clock)
    {
        var text = address.ToString().TrimEnd('/');
        _clock = clock;
        _prefix = text.EndsWith("/log", StringComparison.Ordinal) ? text : $"{text}/log";
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
        };
        _http = new(handler) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = MaxAnswer };
    }

    public string Address => _prefix;

    public async Task<byte[]> Checkpoint(CancellationToken ct) =>
        await Get("checkpoint", ct) ?? throw new CannotAuditException($"{_prefix}/checkpoint is not there (404). Give the address of a ClusterNet installation, or of its log.");

    /// <summary>What the log says of its own key and witnesses.</summary>
    public async Task<LogPolicy> Policy(CancellationToken ct)
    {
        var bytes = await Get("policy", ct) ?? throw new CannotAuditException($"{_prefix}/policy is not there. Give the log's key with --vkey or --policy.");
        return LogPolicy.Parse(Encoding.UTF8.GetString(bytes));
    }

    /// <returns>null when the log does not have it.</returns>
    public async Task<byte[]?> Read(Tile tile, CancellationToken ct) => await Get($"tile/{tile.Path}", ct);

    /// <summary>The root of the log's first <paramref name="from"/> leaves, and the proof that they are the beginning of its first <paramref name="to"/>; out of tiles.</summary>
    /// <exception cref="LogFaultException">A tile is missing or too short.</exception>
    public Task<byte[][]> ConsistencyProof(long from, long to, CancellationToken ct) => Hashes(MerkleTree.ConsistencyProof(from, to), to, ct);

    /// <summary>The proof that a leaf is in the log's first <paramref name="size"/>; out of tiles.</summary>
    public Task<byte[][]> InclusionProof(long index, long size, CancellationToken ct) => Hashes(MerkleTree.InclusionProof(index, size), size, ct);

    public void Dispose() => _http.Dispose();

    private async Task<byte[][]> Hashes(IReadOnlyList<LeafRange> ranges, long size, CancellationToken ct)
    {
        var tiles = new Dictionary<Tile, byte[]>();
        foreach (var tile in ranges.SelectMany(MerkleTree.Subtrees).Select(s => Widest(Tile.Of(s), size)).Distinct())
        {
            var bytes = await Read(tile, ct) ?? throw new LogFaultException($"Tile {tile.Path} is missing; a log of {size} entries has it.");
            if (bytes.Length != tile.Width * MerkleTree.HashSize) throw new LogFaultException($"Tile {tile.Path} has {bytes.Length} bytes, not {tile.Width * MerkleTree.HashSize}.");
            tiles[tile] = bytes;
        }

        return [.. ranges.Select(r => MerkleTree.RangeHash(r, s => Tile.HashOf(s, tiles[Widest(Tile.Of(s), size)])))];
    }

    /// <summary>The tile as it is at this size of the log.</summary>
    private static Tile Widest(Tile tile, long size) =>
        tile with { Width = (int)Math.Min(Tile.FullWidth, (size >> (8 * tile.Level)) - (tile.Number * Tile.FullWidth)) };

    private async Task<byte[]?> Get(string path, CancellationToken ct)
    {
        for (var began = _clock.GetTimestamp(); ;)
        {
            using var response = await Send($"{_prefix}/{path}", ct);
            if (response.StatusCode == HttpStatusCode.OK) return await response.Content.ReadAsByteArrayAsync(ct);
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            var busy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            if (!busy || _clock.GetElapsedTime(began) > Patience)
                throw new CannotAuditException($"{_prefix}/{path} answered {(int)response.StatusCode}{(response.Headers.Location is { } to ? $" to {to}; give that address" : "")}.");
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), _clock, ct);
        }
    }

    private async Task<HttpResponseMessage> Send(string url, CancellationToken ct)
    {
        try
        {
            return await _http.GetAsync(url, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new CannotAuditException($"{url} cannot be read: {e.Message} Check that the installation runs and that the address is right.", e);
        }
    }
}

/// <summary>The log contradicts itself or what it signed before.</summary>
public sealed class LogFaultException(string message) : Exception(message);
