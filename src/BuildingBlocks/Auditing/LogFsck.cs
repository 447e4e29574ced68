using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Tlog;
using Npgsql;

namespace ClusterNet.Auditing;

/// <summary>
/// Recomputes everything that the databases hold of the log, from the stored events up, and names what does not fit. In one snapshot, so a Host may
/// serve and seal meanwhile. What was forgotten is held against the orders to forget it. It changes nothing and opens no key.
/// </summary>
public sealed class LogFsck(
    Database database, KeyDatabase keys, LogMirror mirror, ErasureJournal journal, AuditFaults faults, IProgress<AuditStep> progress)
{
    /// <exception cref="CannotAuditException">There is no log in the database.</exception>
    public async Task<FsckReport> Run(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using (var exists = new NpgsqlCommand("select to_regclass('ledger.state') is not null", connection))
            if (!(bool)(await exists.ExecuteScalarAsync(ct))!) // is not null is true or false
                throw new CannotAuditException("The database holds no log. Give the connection string of an installation that was started once.");
        // The second copy is written before its checkpoint is committed: read before the snapshot it is not ahead of it, read after not behind.
        var before = MirrorText();
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using (var readOnly = new NpgsqlCommand("set transaction read only", connection, snapshot)) await readOnly.ExecuteNonQueryAsync(ct);
        var state = await ReadState(connection, ct);
        var logs = await KnownLogs.Read(connection, faults, ct);
        var checkpoints = new CheckpointPass(connection, logs, Second(before, logs), faults);
        await checkpoints.Begin(ct);
        var leaves = new LeafPass(connection, checkpoints, faults, progress);
        var edge = await leaves.Run(state.End, ct);
        await checkpoints.End(edge.Size, ct);
        CheckState(state, edge, checkpoints);
        CheckMirror(before, MirrorText(), edge.Size, logs, checkpoints);
        foreach (var rule in StoredOrder.Rules) await rule.Check(connection, faults, ct);
        await new ForgettingPass(connection, keys, journal, faults).Run(ct);
        return new(logs.Current?.Key.Name, edge.Size, checkpoints.Count, checkpoints.Cosignatures, state.Waiting);
    }

    private async Task<StoredState> ReadState(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("""
            select s.size, s.root, s.published, (select coalesce(max(position) + 1, 0) from ledger.leaf), (select count(*) from ledger.pending)
            from (select 1) as one left join ledger.state s on true
            """, connection);
        await using var reader = await select.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!reader.IsDBNull(0)) return new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
        faults.Add("ledger.state", "The row with the log's size and root is missing.");
        return new(null, null, 0, reader.GetInt64(3), reader.GetInt64(4));
    }

    private void CheckState(StoredState state, TreeEdge edge, CheckpointPass checkpoints)
    {
        if (state.Size is { } size && size != edge.Size) faults.Add("ledger.state", $"The size is {size}, but there are leaves up to position {edge.Size - 1}.");
        if (state.Root is { } root && !root.AsSpan().SequenceEqual(edge.Root())) faults.Add("ledger.state", $"The root is not that of the {edge.Size} leaves.");
        if (state.Published > checkpoints.Largest) faults.Add("ledger.state", $"A checkpoint of {state.Published} is published, but the largest one is of {checkpoints.Largest}.");
    }

    private void CheckMirror(string? before, string? after, long size, KnownLogs logs, CheckpointPass checkpoints)
    {
        if (checkpoints.LargestOfCurrent < 0 && before is null) return;
        if (after is null)
        {
            faults.Add(mirror.File, "The second copy of the last checkpoint is missing: a rollback of the database would go unnoticed at start.");
            return;
        }

        if (logs.Current is { } log && Checkpoint.Open(after, log.Key) is null) faults.Add(mirror.File, $"It holds no checkpoint signed by {log.Key.Name}.");
        if (Second(before, logs) is not { } second) return;
        if (second.Size > size) faults.Add(mirror.File, $"A checkpoint of {second.Size} entries was signed, but the log has {size}: the database was rolled back.");
        else if (checkpoints.MirrorRoot is { } root && !root.AsSpan().SequenceEqual(second.Root)) faults.Add(mirror.File, $"The first {size} entries are not those that were signed: the database was rewritten.");
        if (Second(after, logs) is { } newer && newer.Size < checkpoints.LargestOfCurrent)
            faults.Add(mirror.File, $"It holds a checkpoint of {newer.Size}, but one of {checkpoints.LargestOfCurrent} was signed since.");
    }

    private static Checkpoint? Second(string? text, KnownLogs logs) => text is not null && logs.Current is { } log ? Checkpoint.Open(text, log.Key)?.Checkpoint : null;

    private string? MirrorText() => File.Exists(mirror.File) ? File.ReadAllText(mirror.File) : null;

    private sealed record StoredState(long? Size, byte[]? Root, long Published, long Leaves, long Waiting)
    {
        /// <summary>A size that was tampered with must not make the check run for ever.</summary>
        public long End => Math.Max(0, Leaves);
    }
}

/// <summary>What was checked.</summary>
/// <param name="Waiting">Events that are stored and not yet sealed.</param>
public sealed record FsckReport(string? Origin, long Events, long Checkpoints, long Cosignatures, long Waiting);

/// <summary>The logs of this installation; more than one only after a rollback.</summary>
internal sealed record KnownLogs(IReadOnlyDictionary<string, KnownLog> ByOrigin)
{
    public KnownLog? Current => ByOrigin.Values.MaxBy(l => l.Number);

    public static async Task<KnownLogs> Read(NpgsqlConnection connection, AuditFaults faults, CancellationToken ct)
    {
        var logs = new Dictionary<string, KnownLog>(StringComparer.Ordinal);
        await using var select = new NpgsqlCommand("select number, origin, vkey from ledger.log order by number", connection);
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (number, origin, key) = (reader.GetInt32(0), reader.GetString(1), NoteVerifier.Parse(reader.GetString(2)));
            if (key is null || key.Name != origin) faults.Add("ledger.log", $"The public key of log {number} ({origin}) cannot be read or is another name's.");
            else logs[origin] = new(number, key);
        }

        return new(logs);
    }
}

internal sealed record KnownLog(int Number, NoteVerifier Key);
