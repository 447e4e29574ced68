using ClusterNet.EventStore;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// Until when a copy of a destroyed key may still be opened: in the key database's logs and backups it lies wrapped by the key-encryption key of
/// its epoch, which is destroyed at the latest after 30 days.
/// </summary>
internal sealed class LastCopies(TimeProvider clock)
{
    private const int EpochDays = 30;

    public Task<DateOnly> UnreadableFrom(CancellationToken ct) => Task.FromResult(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(EpochDays + 1));
}
