using ClusterNet.Tlog;
using Npgsql;

namespace ClusterNet.Auditing;

/// <summary>Every signed checkpoint against the root of the leaves at its size, and every cosignature against its checkpoint; beside the pass over the leaves.</summary>
internal sealed class CheckpointPass(NpgsqlConnection connection, KnownLogs logs, Checkpoint? mirror, AuditFaults faults)
{
    private const string Table = "ledger.checkpoint";
    private readonly Dictionary<string, NoteVerifier> _witnesses = new(StringComparer.Ordinal);
    private (DateTimeOffset At, int Log) _last = (DateTimeOffset.MinValue, 0);

    public long Count { get; private set; }

    public long Cosignatures { get; private set; }

    public long Largest { get; private set; }

    /// <summary>Of the log as it is named now; -1 while that has signed nothing.</summary>
    public long LargestOfCurrent { get; private set; } = -1;

    /// <summary>The leaves' root at the size of the second copy.</summary>
    public byte[]? MirrorRoot { get; private set; }

    public async Task Begin(CancellationToken ct)
    {
        await using (var select = new NpgsqlCommand("select name, vkey from ledger.witness", connection))
        await using (var reader = await select.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (NoteVerifier.Parse(reader.GetString(1)) is { Type: SignatureType.Cosignature } key) _witnesses[reader.GetString(0)] = key;
                else faults.Add("ledger.witness", $"The key of witness {reader.GetString(0)} cannot be read.");
            }
        }

        if (mirror?.Size == 0) MirrorRoot = MerkleTree.EmptyRoot;
        await Check(-1, 0, new() { [0] = MerkleTree.EmptyRoot }, ct);
    }

    /// <summary>The sizes after <paramref name="from"/> up to <paramref name="to"/> whose roots are wanted.</summary>
    public async Task<HashSet<long>> Sizes(long from, long to, CancellationToken ct)
    {
        await using var select = Ranged($"select size from {Table}", from, to);
        await using var reader = await select.ExecuteReaderAsync(ct);
        var sizes = new HashSet<long>();
        while (await reader.ReadAsync(ct)) sizes.Add(reader.GetInt64(0));
        if (mirror is { } m && m.Size > from && m.Size <= to) sizes.Add(m.Size);
        return sizes;
    }

    public async Task Check(long from, long to, Dictionary<long, byte[]> roots, CancellationToken ct)
    {
        if (mirror is { } m && roots.TryGetValue(m.Size, out var root)) MirrorRoot = root;
        var texts = new Dictionary<long, string>();
        await using (var select = Ranged($"select size, note, signed_at from {Table}", from, to))
        await using (var reader = await select.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) Check(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), roots, texts);
        }

        await CheckCosignatures(from, to, texts, ct);
    }

    /// <summary>What is signed beyond the leaves that there are.</summary>
    public async Task End(long size, CancellationToken ct)
    {
        await Check(size, long.MaxValue, [], ct);
        await Check(long.MinValue, -1, [], ct);
    }

    private void Check(long size, string text, DateTimeOffset signedAt, Dictionary<long, byte[]> roots, Dictionary<long, string> texts)
    {
        Count++;
        Largest = Math.Max(Largest, size);
        if (signedAt < _last.At) faults.Add(Table, $"Size {size}: it was signed at {signedAt:O}, before the smaller one before it.", size - 1);
        _last.At = signedAt;
        if (SignedNote.Parse(text) is not { } note || Checkpoint.Parse(note.Text) is not { } checkpoint)
        {
            faults.Add(Table, $"Size {size}: the note is no checkpoint.", size - 1);
            return;
        }

        texts[size] = note.Text;
        if (!logs.ByOrigin.TryGetValue(checkpoint.Origin, out var log)) faults.Add(Table, $"Size {size}: the origin {checkpoint.Origin} is none of this installation's logs.", size - 1);
        else if (!note.IsSignedBy(log.Key)) faults.Add(Table, $"Size {size}: the signature of {checkpoint.Origin} is not valid.", size - 1);
        else Follow(size, checkpoint, log);
        if (checkpoint.Size != size) faults.Add(Table, $"Size {size}: the note is a checkpoint of size {checkpoint.Size}.", size - 1);
        else if (!roots.TryGetValue(size, out var root)) faults.Add(Table, $"Size {size}: the log has not that many leaves.", size - 1);
        else if (!root.AsSpan().SequenceEqual(checkpoint.Root)) faults.Add(Table, $"Size {size}: the leaves do not give the root that was signed.", size - 1);
    }

    private void Follow(long size, Checkpoint checkpoint, KnownLog log)
    {
        if (log.Number < _last.Log) faults.Add(Table, $"Size {size}: {checkpoint.Origin} signed it, though a later log had taken over.", size - 1);
        _last.Log = log.Number;
        if (log == logs.Current) LargestOfCurrent = Math.Max(LargestOfCurrent, size);
    }

    private async Task CheckCosignatures(long from, long to, Dictionary<long, string> texts, CancellationToken ct)
    {
        await using var select = Ranged("select size, witness, line, at from ledger.cosignature", from, to);
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Cosignatures++;
            var (size, witness) = (reader.GetInt64(0), reader.GetString(1));
            if (Fault(texts.GetValueOrDefault(size), witness, reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)) is { } fault)
                faults.Add("ledger.cosignature", $"Size {size}, witness {witness}: {fault}", size - 1);
        }
    }

    private string? Fault(string? text, string witness, string line, DateTimeOffset at)
    {
        if (text is null) return "there is no checkpoint that it could have cosigned.";
        if (!_witnesses.TryGetValue(witness, out var key)) return "its key is not in ledger.witness, so the cosignature cannot be verified.";
        if (NoteSignature.Parse(line.TrimEnd('\n')) is not { } signature) return "the line is no signature line.";
        if (!Cosignature.IsValid(key, text, signature)) return "the cosignature is not one of this checkpoint by this witness' key.";
        return Cosignature.TimeOf(signature) == at ? null : "the time beside it is not the one that was signed.";
    }

    private NpgsqlCommand Ranged(string select, long from, long to)
    {
        var command = new NpgsqlCommand($"{select} where size > $1 and size <= $2 order by size", connection);
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        return command;
    }
}
