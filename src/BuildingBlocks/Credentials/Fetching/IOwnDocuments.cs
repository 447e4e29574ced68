namespace ClusterNet.Credentials.Fetching;

/// <summary>What this installation itself publishes: it is looked up here before any network is asked.</summary>
public interface IOwnDocuments
{
    /// <param name="url">Its absolute address.</param>
    /// <returns>The DID document, status list or credential that stands there; null where the address is none of ours.</returns>
    Task<string?> Find(string url, CancellationToken ct);
}

/// <summary>Of an installation that publishes nothing.</summary>
internal sealed class NoOwnDocuments : IOwnDocuments
{
    public Task<string?> Find(string url, CancellationToken ct) => Task.FromResult<string?>(null);
}
