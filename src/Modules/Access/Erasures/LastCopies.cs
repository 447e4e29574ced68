using ClusterNet.Privacy;
using Microsoft.Extensions.Configuration;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// Until when a copy of a destroyed key may still be opened: in the key database's logs and backups it lies wrapped by the key-encryption key of
/// its epoch, and dies with it.
/// </summary>
internal sealed class LastCopies(KeyDatabase keys, IConfiguration configuration, TimeProvider clock)
{
    private const int EpochDays = 30;

    /// <summary>The day after the open epoch's last.</summary>
    public async Task<DateOnly> UnreadableFrom(CancellationToken ct)
    {
        await using var known = keys.Source.CreateCommand("select to_regclass('keys.epoch') is not null");
        if (await known.ExecuteScalarAsync(ct) is not true) return DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(EpochDays + 1);
        await using var select = keys.Source.CreateCommand("select max(opened_at) from keys.epoch where closed_at is null");
        var opened = await select.ExecuteScalarAsync(ct) is DateTime at ? at : clock.GetUtcNow().UtcDateTime;
        return DateOnly.FromDateTime(opened).AddDays(configuration.GetValue("ClusterNet:KeyEpochDays", EpochDays) + 1);
    }
}
