using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ClusterNet.Auditing;
using ClusterNet.Tlog;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary>Fetches an event's proof, and the event where the token may read it, then verifies both.</summary>
internal static class ProofFetch
{
    public static async Task<int> Run(AuditOutput output, Uri url, Guid id, string? token, string? save, ProvenEntry? entry, LogPolicy? trusted, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 4 << 20 };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var events = $"{url.ToString().TrimEnd('/')}/api/v1/audit/events/{id:D}";
        var (status, text) = await Get(http, $"{events}/proof", ct);
        if (status == HttpStatusCode.Accepted) throw new CannotAuditException("The event is stored, but no published checkpoint covers it yet. Ask again in a few seconds.");
        if (status != HttpStatusCode.OK) throw new CannotAuditException($"{events}/proof answered {(int)status}. {Reason(status)}");
        if (save is not null)
        {
            await File.WriteAllTextAsync(save, text, ct);
            AuditOutput.Note($"The proof is in {save}.");
        }

        using var log = new RemoteLog(url, TimeProvider.System);
        if (trusted is null) AuditOutput.Note("The log's key is trusted on first use, as the log names it; give --policy or --vkey to be sure of whose log it is.");
        var policy = trusted ?? await log.Policy(ct);
        return ProofVerb.Verify(output, text, entry ?? await Entry(http, events, id, log, text, ct), policy);
    }

    private static async Task<ProvenEntry> Entry(HttpClient http, string events, Guid id, RemoteLog log, string proof, CancellationToken ct)
    {
        var (status, view) = await Get(http, events, ct);
        if (status == HttpStatusCode.OK)
        {
            var entry = ProvenEntry.OfEvent(view);
            return (string?)JsonNode.Parse(entry.Header ?? "{}")?["id"] == id.ToString("D") ? entry : throw new LogFaultException("The installation answered with another event.");
        }

        AuditOutput.Note($"The event itself may not be read ({(int)status}): what is proved is the entry of the public log at its place. Give a --token that may read it, to prove its content.");
        if (LogProof.Parse(proof) is not { } read || Checkpoint.Parse(read.Checkpoint.Text) is not { } checkpoint) throw new LogFaultException("What the installation answered is no proof.");
        var number = read.Index / Tile.FullWidth;
        var tile = new Tile(Tile.EntriesLevel, number, (int)Math.Min(Tile.FullWidth, checkpoint.Size - (number * Tile.FullWidth)));
        var place = (int)(read.Index % Tile.FullWidth);
        return place < tile.Width && await log.Read(tile, ct) is { } bundle && PublicLogCheck.Commitment(bundle, place) is { } commitment
            ? new(commitment, null, read.Index)
            : throw new LogFaultException($"tile/{tile.Path} does not hold the entry at position {read.Index}.");
    }

    private static async Task<(HttpStatusCode Status, string Body)> Get(HttpClient http, string url, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(url, ct);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(ct));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new CannotAuditException($"{url} cannot be read: {e.Message} Check that the installation runs and that the address is right.", e);
        }
    }

    private static string Reason(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "There is no such event, or it is not yours to see; check --event-id and --token.",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "Give a --token that may read it.",
        HttpStatusCode.TooManyRequests => "Ask again in a minute.",
        _ => "Check that the installation runs and that the address is right.",
    };
}
