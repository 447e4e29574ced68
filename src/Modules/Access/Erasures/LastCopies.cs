using ClusterNet.Privacy;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// Until when a copy of a destroyed key may still be opened: in the key database's logs and backups it lies wrapped by the key-encryption key of
/// its epoch, and dies with it.
/// </summary>
internal sealed class LastCopies(KeyDatabase keys, EpochLength length)
{
    /// <summary>The day after the open epoch's last.</summary>
    public async Task<DateOnly> UnreadableFrom(CancellationToken ct)
    {
        var epochs = await KeyEpochs.All(keys, ct);
        return DateOnly.FromDateTime((epochs[^1].OpenedAt + length.Value).UtcDateTime).AddDays(1);
    }
}
