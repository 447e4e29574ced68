using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>Waits, bounded, until a projection has passed an event: so that a query sees what its caller wrote.</summary>
public sealed class Freshness(Database database, CommitSignal signal)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    /// <param name="seqId">From the answer's <c>ClusterNet-Wrote</c>.</param>
    /// <returns>Whether the projection got there in time.</returns>
    public async Task<bool> Wait(string projection, long seqId, TimeSpan atMost, TimeProvider clock, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            await using var command = database.Source.CreateCommand(
                "select exists (select from ledger.leaf l join projections.checkpoint c on c.position >= l.position where l.seq_id = $1 and c.name = $2)");
            command.Parameters.Add(new() { Value = seqId });
            command.Parameters.Add(new() { Value = projection });
            if ((bool)(await command.ExecuteScalarAsync(ct))!) return true; // exists answers true or false
            if (clock.GetElapsedTime(started) > atMost) return false;
            await signal.NextMove(Poll, ct);
        }
    }
}
