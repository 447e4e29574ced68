using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Ledger;

/// <summary>
/// Gives queued events their gap-free positions: the one global order. One runs at a time over all Hosts; an event that is committed is never missed,
/// because it queued itself in its own transaction.
/// </summary>
public sealed class Sequencer(Database database, TimeProvider clock)
{
    private const long Lock = 7203215903;
    private const int BatchSize = 5_000;

    /// <summary>One batch.</summary>
    /// <returns>How many events were placed; 0 when there were none or another sequencer is at work.</returns>
    public async Task<long> Step(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // A statement of its own: the next one must have a snapshot taken after the lock.
        await using (var locking = new NpgsqlCommand($"select pg_try_advisory_xact_lock({Lock})", connection, transaction))
            if (!(bool)(await locking.ExecuteScalarAsync(ct))!) return 0; // the function answers true or false
        await using var move = new NpgsqlCommand(Move, connection, transaction);
        move.Parameters.Add(new() { Value = BatchSize });
        move.Parameters.Add(new() { Value = clock.GetUtcNow() });
        var moved = (long)(await move.ExecuteScalarAsync(ct))!; // count(*) is never null
        if (moved > 0) await transaction.CommitAsync(ct);
        return moved;
    }

    /// <summary>Whether a committed event waits for its position.</summary>
    internal async Task<bool> IsAnythingWaiting(CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("select exists (select from ledger.pending)");
        return (bool)(await command.ExecuteScalarAsync(ct))!; // exists answers true or false
    }

    private const string Move = """
        with next as (select seq_id from ledger.pending order by seq_id limit $1),
        moved as (delete from ledger.pending p using next where p.seq_id = next.seq_id returning p.seq_id),
        placed as (insert into ledger.entry (position, seq_id)
            select s.size + row_number() over (order by m.seq_id) - 1, m.seq_id from moved m, ledger.state s returning 1),
        counted as (select count(*) as n from placed),
        sized as (update ledger.state set size = size + n from counted where n > 0 returning size),
        noted as (insert into ledger.batch (size, sequenced_at)
            select size, greatest($2, (select sequenced_at from ledger.batch order by size desc limit 1)) from sized)
        select n from counted
        """;
}
