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

    /// <summary>How long a log that could not be signed is left alone before it is looked at again.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    // Each of the two is lifted only by what raised it: a good answer of one says nothing about the other.
    private readonly Fault _damage = new();
    private readonly Fault _doubt = new();
    private bool _asked;

    /// <summary>Why nothing is signed now; null while all is well.</summary>
    public string? Halted => _damage.Reason ?? _doubt.Reason;

    /// <summary>Signs if there is something new, and no quorum of witnesses says that the log was rolled back.</summary>
    /// <returns>Whether a checkpoint was signed.</returns>
    public async Task<bool> Sign(CancellationToken ct)
    {
        // What a witness knows of the log is asked before this process signs anything.
        if (!_asked) await AskWitnesses(ct);
        return _doubt.Reason is null && await Guarded(_damage, Sign, ct);
    }

    /// <summary>Asks the witnesses that have not cosigned the newest checkpoint.</summary>
    public Task<bool> AskWitnesses(CancellationToken ct) => Guarded(_doubt, async (open, token) =>
    {
        await witnesses.Ask(open, token);
        _asked = true;
        return false;
    }, ct);

    /// <summary>Both, one after the other.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        var signed = await Sign(ct);
        await AskWitnesses(ct);
        return signed;
    }

    private async Task<bool> Guarded(Fault fault, Func<OpenLog, CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        if (fault.Reason is not null && clock.GetUtcNow() < fault.NotBefore) return false;
        try
        {
            var done = await work(await log.Open(ct), ct);
            if (fault.Reason is not null) logger.LogInformation("What stopped the log's signing is in order again: {Reason}", fault.Reason);
            fault.Reason = null;
            return done;
        }
        catch (Exception e) when (e is LogDamagedException or LogRolledBackException or LogKeyException)
        {
            if (fault.Reason != e.Message) logger.LogCritical("The log is not signed: {Reason}", e.Message);
            (fault.Reason, fault.NotBefore) = (e.Message, clock.GetUtcNow() + Rest);
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
        var basis = BaseOf(open, head);
        if (basis is not null && head.Size < basis.Size) throw LogRolledBackException.Shorter(open.Verifier.Name, head.Size, basis.Size, "its second copy in the mirror directory, or ledger.checkpoint");
        if (head.Last is { } last && (head.Size == last.Size || (now - last.SignedAt).Duration() < Interval)) return false;
        var checkpoint = new Checkpoint(open.Verifier.Name, head.Size, head.Root);
        await Sealed.Check(connection, basis, checkpoint, ct);
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

    /// <summary>What the next checkpoint must continue: the last one signed, as the second copy has it or the database, whichever is larger.</summary>
    private Checkpoint? BaseOf(OpenLog open, LogHead head)
    {
        var (stored, copied) = (LastOf(open, head), mirror.Read(open.Verifier));
        if (stored is null || copied is null || stored.Origin != copied.Origin) return copied ?? stored;
        if (stored.Size == copied.Size && !stored.Root.AsSpan().SequenceEqual(copied.Root)) throw LogRolledBackException.Other(open.Verifier.Name, copied.Size);
        return stored.Size > copied.Size ? stored : copied;
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
        if (!await reader.ReadAsync(ct)) throw LogDamagedException.NoState;
        return new(
            reader.GetInt64(0), reader.GetFieldValue<byte[]>(1),
            reader.IsDBNull(2) ? null : new(reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
    }

    private sealed class Fault
    {
        public string? Reason { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }

    private sealed record LogHead(long Size, byte[] Root, LastSigned? Last);

    private sealed record LastSigned(long Size, string Note, DateTimeOffset SignedAt);
}
