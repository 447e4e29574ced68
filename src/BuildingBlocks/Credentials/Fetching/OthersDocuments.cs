using System.Collections.Concurrent;
using System.Text;
using ClusterNet.Outgoing;

namespace ClusterNet.Credentials.Fetching;

/// <summary>Documents of others, kept for a minute; who asks for what is being fetched waits for the same answer.</summary>
public sealed class OthersDocuments(GuardedHttp http, IOwnDocuments own, TimeProvider clock)
{
    /// <summary>A document is at most as large as a credential, a list in base64url a third larger.</summary>
    private const int MaxDocument = CredentialText.MaxSize, MaxList = CredentialText.MaxSize / 3 * 4 + 16 * 1024;

    private const int MaxKept = 64;
    private const string Accept = "application/did+json, application/vc, application/vc+jwt, application/ld+json, application/json;q=0.9, */*;q=0.1";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1), KeptSilence = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    internal Task<Fetched> Document(Uri url, CancellationToken ct) => Get(url, MaxDocument, ct);

    internal Task<Fetched> List(Uri url, CancellationToken ct) => Get(url, MaxList, ct);

    /// <summary>JSON in any of its dresses, or a signed text.</summary>
    public static bool IsDocument(string mediaType) =>
        mediaType is "application/json" or "application/vc" or "application/vp" or "application/jwt" or "text/plain" or "application/octet-stream"
        || (mediaType.StartsWith("application/", StringComparison.Ordinal) && (mediaType.EndsWith("+json", StringComparison.Ordinal) || mediaType.EndsWith("+jwt", StringComparison.Ordinal)));

    private async Task<Fetched> Get(Uri url, int maxBytes, CancellationToken ct)
    {
        if (await own.Find(url.AbsoluteUri, ct) is { } ours) return new Fetched.Text(ours);
        var now = clock.GetUtcNow();
        var key = $"{maxBytes} {url.AbsoluteUri}";
        if (_asked.TryGetValue(key, out var known) && known.IsFresh(now)) return await known.Answer.WaitAsync(ct);
        foreach (var old in _asked.Where(a => !a.Value.IsFresh(now))) _asked.TryRemove(old);
        // Fetched for whoever waits: one of them leaving must not take it from the others. The fetch ends by itself.
        var asking = new Asked(new(() => Fetch(url, maxBytes)), now);
        if (_asked.Count < MaxKept) asking = _asked.GetOrAdd(key, asking);
        return await asking.Answer.WaitAsync(ct);
    }

    private async Task<Fetched> Fetch(Uri url, int maxBytes)
    {
        var got = await http.Get(url, Accept, IsDocument, maxBytes, CancellationToken.None);
        return got switch
        {
            { Bytes: { } bytes } => new Fetched.Text(Encoding.UTF8.GetString(bytes)),
            { Fault: FetchFault.Absent } => new Fetched.Absent(),
            _ => new Fetched.Unreachable(),
        };
    }

    private sealed record Asked(Lazy<Task<Fetched>> Asking, DateTimeOffset At)
    {
        public Task<Fetched> Answer => Asking.Value;

        public bool IsFresh(DateTimeOffset now) =>
            now - At < (Asking.IsValueCreated && Answer is { IsCompletedSuccessfully: true, Result: Fetched.Unreachable } ? KeptSilence : Kept);
    }
}

/// <summary>The documents as one verification sees them: all its questions to others together take no longer than ten seconds.</summary>
internal sealed class PatientDocuments(OthersDocuments others, TimeProvider clock) : IDidDocuments, IStatusLists
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly long _began = clock.GetTimestamp();

    public Task<Fetched> Document(Uri url, CancellationToken ct) => Ask(c => others.Document(url, c), ct);

    public Task<Fetched> List(Uri url, CancellationToken ct) => Ask(c => others.List(url, c), ct);

    private async Task<Fetched> Ask(Func<CancellationToken, Task<Fetched>> ask, CancellationToken ct)
    {
        var left = Patience - clock.GetElapsedTime(_began);
        if (left <= TimeSpan.Zero) return new Fetched.Unreachable();
        try
        {
            return await ask(ct).WaitAsync(left, clock, ct);
        }
        catch (TimeoutException)
        {
            return new Fetched.Unreachable();
        }
    }
}
