using ClusterNet.EventStore;

namespace ClusterNet.Ledger;

/// <summary>Positions of the log, for those who show events and states of the past.</summary>
public sealed class LogPositions(Database database)
{
    /// <summary>The positions of events; those that still wait for one are missing.</summary>
    public async Task<IReadOnlyDictionary<long, long>> Of(IReadOnlyCollection<long> seqIds, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("select seq_id, position from ledger.leaf where seq_id = any($1)");
        command.Parameters.Add(new() { Value = seqIds.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var positions = new Dictionary<long, long>();
        while (await reader.ReadAsync(ct)) positions[reader.GetInt64(0)] = reader.GetInt64(1);
        return positions;
    }

    /// <summary>The last position; -1 while the log is empty.</summary>
    public async Task<long> Last(CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("select size - 1 from ledger.state");
        return (long)(await command.ExecuteScalarAsync(ct))!; // the state is one row, always
    }
}
