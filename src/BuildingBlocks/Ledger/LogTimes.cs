using ClusterNet.EventStore;

namespace ClusterNet.Ledger;

/// <summary>Times of the log: which position was the last at an instant. Through signed checkpoints, never event timestamps, which skew.</summary>
public sealed class LogTimes(Database database, TimeProvider clock)
{
    /// <summary>The position at which the log ended at <paramref name="instant"/>: that of the largest checkpoint signed by then.</summary>
    /// <returns>The position (-1 before the first event) and its checkpoint's time; or the range that the log knows.</returns>
    public async Task<LogMoment> At(DateTimeOffset instant, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            select c.size, c.signed_at, (select min(signed_at) from ledger.checkpoint), (select max(signed_at) from ledger.checkpoint)
            from (select 1) as one left join lateral
                (select size, signed_at from ledger.checkpoint where signed_at <= $1 order by signed_at desc, size desc limit 1) as c on true
            """);
        command.Parameters.Add(new() { Value = instant.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        DateTimeOffset? Instant(int i) => reader.IsDBNull(i) ? null : reader.GetFieldValue<DateTimeOffset>(i);
        // Nobody knows yet what the log will be in the future; the clock is the one that the signer reads.
        var known = !reader.IsDBNull(0) && instant <= clock.GetUtcNow();
        return known
            ? new LogMoment.Known(reader.GetInt64(0) - 1, Instant(1)!.Value) // set with the size
            : new LogMoment.OutOfRange(Instant(2), Instant(3));
    }

    /// <summary>The first checkpoint that covers a position: its size and when it was signed; null while none does.</summary>
    public async Task<(long Size, DateTimeOffset SignedAt)?> Covering(long position, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("select size, signed_at from ledger.checkpoint where size > $1 order by size limit 1");
        command.Parameters.Add(new() { Value = position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }
}

/// <summary>A moment of the log.</summary>
public abstract record LogMoment
{
    public sealed record Known(long Position, DateTimeOffset SignedAt) : LogMoment;

    /// <summary>The log does not reach there: it knows from <paramref name="First"/> to <paramref name="Last"/> (null while nothing is signed).</summary>
    public sealed record OutOfRange(DateTimeOffset? First, DateTimeOffset? Last) : LogMoment;
}
