using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Privacy;

/// <summary>At every start: destroys again whatever keys a restore has brought back from before an erasure.</summary>
public sealed class RepeatedErasures(Database database, KeyDatabase keys, KeyRing ring, ErasureJournal journal, MirrorDirectory mirror)
{
    private const string Remembered = "privacy/erasures";

    /// <summary>Repeats all erasures of the journal; call it before anything is read or filled.</summary>
    /// <exception cref="ErasureJournalException">There were erasures, or there may have been, and the journal cannot be had.</exception>
    /// <exception cref="KeyMissingException">The key database is not the one that belongs to these events.</exception>
    public async Task<RepeatedErasure> Apply(CancellationToken ct)
    {
        var entries = journal.Read();
        if (!journal.Exists) await BeginJournal(ct);
        var destroyed = entries.Count == 0 ? 0 : await Destroy(entries, ct);
        if (await IsTrue(keys.Source, "select not exists (select from keys.data_key)", ct)
            && await IsTrue(database.Source, "select exists (select from privacy.envelope)", ct))
            throw KeyMissingException.DataKeysLost();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', entries.Select(e => e.EventId)))));
        var stale = destroyed > 0 || (entries.Count > 0 && !await Knows(digest, ct) && await IsAnyUnknown(entries, ct));
        return new(destroyed, stale, digest);
    }

    /// <summary>Called when the read tables were filled after it.</summary>
    public async Task Remember(RepeatedErasure repeated, CancellationToken ct)
    {
        await using var insert = database.Source.CreateCommand(
            "insert into projections.definition (name, digest) values ($1, $2) on conflict (name) do update set digest = excluded.digest");
        insert.Parameters.Add(new() { Value = Remembered });
        insert.Parameters.Add(new() { Value = repeated.Digest });
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Without a journal there was no erasure, or the mirror directory is not this installation's.</summary>
    private async Task BeginJournal(CancellationToken ct)
    {
        if (await IsTrue(keys.Source, "select exists (select from keys.data_key where wrapped is null)", ct))
            throw ErasureJournalException.Missing(journal.File, "the key database knows of erasures");
        if (await IsTrue(database.Source, "select exists (select from privacy.envelope where envelope is null)", ct))
            throw ErasureJournalException.Missing(journal.File, "the database knows of erasures");
        if (MirroredSize() is { } signed && await LogSize(ct) < signed)
            throw ErasureJournalException.Missing(journal.File, "the database was restored from an older state");
        journal.Create();
    }

    /// <summary>Also what the second place says of the log.</summary>
    /// <returns>The size in the last signed checkpoint (a C2SP note: its second line); null where there is none.</returns>
    public long? MirroredSize()
    {
        var file = Path.Combine(mirror.Path, "checkpoint");
        if (!File.Exists(file)) return null;
        return long.TryParse(File.ReadLines(file).ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
    }

    public async Task<long> LogSize(CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select size from ledger.state");
        return (long)(await select.ExecuteScalarAsync(ct))!; // the state is one row, always
    }

    private async Task<int> Destroy(IReadOnlyList<ErasureEntry> entries, CancellationToken ct)
    {
        var names = entries.SelectMany(e => e.Classes.Select(c => new KeyName(e.Subject, c))).Distinct().ToList();
        await using var batch = keys.Source.CreateBatch();
        batch.BatchCommands.Add(OfNames("""
            insert into keys.data_key (subject_id, key_class) select n.s, n.c from unnest($1, $2) as n(s, c) order by n.s, n.c collate "C" on conflict do nothing
            """, names));
        batch.BatchCommands.Add(OfNames("""
            update keys.data_key k set wrapped = null, epoch = null from unnest($1, $2) as n(s, c)
            where k.subject_id = n.s and k.key_class = n.c and k.wrapped is not null
            """, names));
        // Without a name: all Hosts forget all keys.
        batch.BatchCommands.Add(new($"select pg_notify('{ErasureListener.Channel}', '')"));
        await batch.ExecuteNonQueryAsync(ct);
        ring.Forget(null);
        return (int)batch.BatchCommands[1].RecordsAffected;
    }

    private async Task<bool> Knows(string digest, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select digest from projections.definition where name = $1");
        select.Parameters.Add(new() { Value = Remembered });
        return (string?)await select.ExecuteScalarAsync(ct) == digest;
    }

    private async Task<bool> IsAnyUnknown(IReadOnlyList<ErasureEntry> entries, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand(
            "select exists (select from unnest($1) as n(id) where not exists (select from events.mt_events e where e.id = n.id))");
        select.Parameters.Add(new() { Value = entries.Select(e => e.EventId).ToArray() });
        return (bool)(await select.ExecuteScalarAsync(ct))!; // exists answers true or false
    }

    private static async Task<bool> IsTrue(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var select = source.CreateCommand(sql);
        return (bool)(await select.ExecuteScalarAsync(ct))!; // asked for true or false
    }

    private static NpgsqlBatchCommand OfNames(string sql, List<KeyName> names) => new(sql)
    {
        Parameters =
        {
            new() { Value = names.Select(n => n.Subject).ToArray() },
            new() { Value = names.Select(n => n.Class).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        },
    };
}

/// <param name="Keys">How many keys had come back and were destroyed again.</param>
/// <param name="ReadTablesStale">Whether read tables may show what was erased.</param>
public sealed record RepeatedErasure(int Keys, bool ReadTablesStale, string Digest);
