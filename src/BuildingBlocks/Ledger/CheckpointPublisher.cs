using System.Diagnostics.Metrics;
using ClusterNet.EventStore;
using ClusterNet.Telemetry;
using ClusterNet.Tlog;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Ledger;

/// <summary>
/// Signs what the sequencer sealed, has it cosigned, and publishes it. Before it signs it reads the new events again, seals them with the verifier's
/// code and checks that the tree continues the last one signed: one flipped bit must not be signed into history.
/// </summary>
public sealed class CheckpointPublisher(
    Database database, SignedLog log, LogMirror mirror, LogWitnesses witnesses, TimeProvider clock, ILogger<CheckpointPublisher> logger)
{
    private const long Lock = 7203215904;
    private static readonly Counter<long> Checkpoints = ClusterNetTelemetry.Meter.CreateCounter<long>("clusternet.ledger.signed", "{checkpoint}");

    /// <summary>At most one checkpoint a second: as long as readers may keep one.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Why nothing is signed any more; null while all is well.</summary>
    public string? Halted { get; private set; }

    /// <summary>Signs if there is something new, then asks the witnesses that have not cosigned the newest checkpoint.</summary>
    /// <returns>Whether a checkpoint was signed.</returns>
    /// <exception cref="LogDamagedException">What is stored is not what was sealed.</exception>
    public async Task<bool> Step(CancellationToken ct)
    {
        if (Halted is not null) return false;
        try
        {
            var open = await log.Open(ct);
            var signed = await Sign(open, ct);
            await witnesses.Ask(open, ct);
            return signed;
        }
        catch (Exception e) when (e is LogDamagedException or LogRolledBackException or LogKeyException)
        {
            Halted = e.Message;
            logger.LogCritical("The log is not signed any more: {Reason}", e.Message);
            return false;
        }
    }

    private async Task<bool> Sign(OpenLog open, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        await using (var locking = new NpgsqlCommand($"select pg_try_advisory_xact_lock({Lock})", connection, transaction))
            if (!(bool)(await locking.ExecuteScalarAsync(ct))!) return false; // the function answers true or false
        var head = await Head(connection, ct);
        var now = clock.GetUtcNow();
        if (head.Last is { } last && (head.Size == last.Size || (now - last.SignedAt).Duration() < Interval)) return false;
        var checkpoint = new Checkpoint(open.Verifier.Name, head.Size, head.Root);
        await Sealed.Check(connection, LastOf(open, head), checkpoint, ct);
        var note = SignedNote.Sign(checkpoint.ToText(), open.Signer);
        mirror.Write(note);
        await using var insert = new NpgsqlCommand("insert into ledger.checkpoint (size, note, signed_at) values ($1, $2, $3)", connection, transaction);
        insert.Parameters.Add(new() { Value = head.Size });
        insert.Parameters.Add(new() { Value = note.ToString() });
        // Clocks may be set back; the log's times never go back.
        insert.Parameters.Add(new() { Value = head.Last is { } l && l.SignedAt > now ? l.SignedAt : now });
        await insert.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        Checkpoints.Add(1);
        return true;
    }

    /// <summary>The last checkpoint, whoever of this installation's logs signed it: a log that follows another goes on with its tree.</summary>
    private static Checkpoint? LastOf(OpenLog open, LogHead head)
    {
        if (head.Last is not { } last) return null;
        var checkpoint = SignedNote.Parse(last.Note) is { } note ? Checkpoint.Parse(note.Text) : null;
        if (checkpoint is null || checkpoint.Size != last.Size) throw new LogDamagedException($"The checkpoint of size {last.Size} in ledger.checkpoint is damaged.");
        if (checkpoint.Origin == open.Verifier.Name && Checkpoint.Open(last.Note, open.Verifier) is null)
            throw new LogDamagedException($"The checkpoint of size {last.Size} in ledger.checkpoint is not signed by {open.Verifier.Name}.");
        return checkpoint;
    }

    private static async Task<LogHead> Head(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            "select s.size, s.root, c.size, c.note, c.signed_at from ledger.state s left join (select * from ledger.checkpoint order by size desc limit 1) c on true", connection);
        await using var reader = await select.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(
            reader.GetInt64(0), reader.GetFieldValue<byte[]>(1),
            reader.IsDBNull(2) ? null : new(reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
    }

    private sealed record LogHead(long Size, byte[] Root, LastSigned? Last);

    private sealed record LastSigned(long Size, string Note, DateTimeOffset SignedAt);
}
