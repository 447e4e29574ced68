using ClusterNet.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Auditing;

/// <summary>
/// Whatever was forgotten was ordered: every erased envelope, every tombstone in place of a key and every key that is not there, against the journal of erasures.
/// </summary>
/// <remarks>
/// A running Host makes a key before the event that uses it, and writes the journal before it destroys a key. So the events are read first (the caller's
/// snapshot), then the keys, the journal last. Names come in pages, so any number of people needs the same memory; the journal is held whole.
/// </remarks>
internal sealed class ForgettingPass(NpgsqlConnection connection, KeyDatabase keys, ErasureJournal journal, AuditFaults faults)
{
    private const int PageSize = 5_000;
    private const string Names = "select subject_id, key_class, bool_or(envelope is null) from privacy.envelope group by 1, 2 order by 1, 2";
    private const string Envelopes = "privacy.envelope";
    private const string Keys = "keys.data_key";
    private const string Unordered = "erased without an order in the journal of erasures.";
    private const string Lost = "its key is missing, and no order in the journal of erasures says why.";

    /// <exception cref="ErasureJournalException">The journal cannot be read.</exception>
    public async Task Run(CancellationToken ct)
    {
        await using (var select = new NpgsqlCommand(Names, connection) { CommandTimeout = 0 })
        await using (var reader = await select.ExecuteReaderAsync(ct))
        {
            var page = new Dictionary<KeyName, bool>();
            while (await reader.ReadAsync(ct))
            {
                page[new(reader.GetGuid(0), reader.GetString(1))] = reader.GetBoolean(2);
                if (page.Count < PageSize) continue;
                await Check(page, ct);
                page.Clear();
            }

            await Check(page, ct);
        }

        await CheckTombstones(ct);
    }

    private async Task Check(Dictionary<KeyName, bool> page, CancellationToken ct)
    {
        var missing = await WithoutRow(page.Keys, ct);
        if (missing.Count == 0 && !page.ContainsValue(true)) return;
        var ordered = Ordered();
        foreach (var (name, erased) in page)
        {
            if (ordered.Contains(name)) continue;
            if (erased) Add(Envelopes, name, Unordered);
            if (missing.Contains(name)) Add(Keys, name, Lost);
        }
    }

    private async Task<HashSet<KeyName>> WithoutRow(IReadOnlyCollection<KeyName> names, CancellationToken ct)
    {
        await using var select = keys.Source.CreateCommand("""
            select s, c from unnest($1, $2) as n(s, c) where not exists (select from keys.data_key k where k.subject_id = n.s and k.key_class = n.c)
            """);
        select.Parameters.Add(new() { Value = names.Select(n => n.Subject).ToArray() });
        select.Parameters.Add(new() { Value = names.Select(n => n.Class).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var missing = new HashSet<KeyName>();
        while (await reader.ReadAsync(ct)) missing.Add(new(reader.GetGuid(0), reader.GetString(1)));
        return missing;
    }

    private async Task CheckTombstones(CancellationToken ct)
    {
        await using var select = keys.Source.CreateCommand("select subject_id, key_class from keys.data_key where wrapped is null order by 1, 2");
        select.CommandTimeout = 0;
        await using var reader = await select.ExecuteReaderAsync(ct);
        // The statement's snapshot is taken by now, so whatever it shows is in the journal already.
        var ordered = Ordered();
        while (await reader.ReadAsync(ct))
        {
            var name = new KeyName(reader.GetGuid(0), reader.GetString(1));
            if (!ordered.Contains(name)) Add(Keys, name, Unordered);
        }
    }

    private HashSet<KeyName> Ordered() => [.. journal.Read().SelectMany(e => e.Classes.Select(c => new KeyName(e.Subject, c)))];

    private void Add(string where, KeyName name, string what) => faults.Add(where, $"Subject {name.Subject:D}, {name.Class}: {what}");
}
