using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Privacy;

/// <summary>
/// The data keys of subjects, one per (subject, class), wrapped by the key-encryption key of an epoch and kept in the key database, apart from the
/// events. A key is committed there before the first event that uses it. A key that is there but cannot be opened is an error, never "erased".
/// </summary>
public sealed class KeyRing(KeyDatabase database, IKeyVault vault, TimeProvider clock)
{
    private const int MaxCached = 200_000;
    private const int Attempts = 5;
    internal static readonly TimeSpan CacheFor = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<KeyName, Cached> _cache = new();
    private long _forgotten;

    /// <summary>The keys that exist among <paramref name="names"/>; an erased person's are missing.</summary>
    public async ValueTask<IReadOnlyDictionary<KeyName, byte[]>> Find(IReadOnlySet<KeyName> names, CancellationToken ct)
    {
        var (found, missing) = FromCache(names);
        if (missing.Count > 0) await Read(missing, found, ct);
        return found;
    }

    /// <summary>The keys of <paramref name="names"/>, made where there are none yet. An erased person gets no new key and is missing.</summary>
    public async ValueTask<IReadOnlyDictionary<KeyName, byte[]>> FindOrMake(IReadOnlySet<KeyName> names, CancellationToken ct)
    {
        var (found, missing) = FromCache(names);
        if (missing.Count > 0) await Read(missing, found, ct);
        missing.RemoveAll(found.ContainsKey);
        if (missing.Count == 0) return found;
        for (var attempt = 1; !await Make(missing, ct); attempt++)
            if (attempt == Attempts) throw new InvalidOperationException("Each time the key epoch changed while a key was being made.");
        await Read(missing, found, ct);
        return found;
    }

    /// <summary>
    /// Destroys a subject's keys of the given classes for good: a tombstone stays, so that no key is made again. All Hosts forget them at once.
    /// </summary>
    /// <returns>How many keys there were to destroy; 0 when it was done before.</returns>
    public async Task<int> Erase(Guid subject, IReadOnlyCollection<string> classes, CancellationToken ct)
    {
        var ordered = classes.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (ordered.Length == 0) return 0;
        await using var batch = database.Source.CreateBatch();
        // First the tombstones: they wait for whoever is making such a key just now, and the next statement then sees it.
        batch.BatchCommands.Add(Command(
            "insert into keys.data_key (subject_id, key_class) select $1, c from unnest($2) as c order by c collate \"C\" on conflict do nothing", subject, ordered));
        batch.BatchCommands.Add(Command(
            "update keys.data_key set wrapped = null, epoch = null where subject_id = $1 and key_class = any($2) and wrapped is not null", subject, ordered));
        batch.BatchCommands.Add(Command($"select pg_notify('{ErasureListener.Channel}', $1)", subject.ToString()));
        await batch.ExecuteNonQueryAsync(ct);
        Forget(subject);
        return (int)batch.BatchCommands[1].RecordsAffected;
    }

    /// <summary>Drops a subject's keys from this process; null drops all.</summary>
    internal void Forget(Guid? subject)
    {
        Interlocked.Increment(ref _forgotten);
        if (subject is null)
        {
            _cache.Clear();
            return;
        }

        foreach (var name in _cache.Keys.Where(n => n.Subject == subject)) _cache.TryRemove(name, out _);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private (Dictionary<KeyName, byte[]> Found, List<KeyName> Missing) FromCache(IReadOnlySet<KeyName> names)
    {
        var found = new Dictionary<KeyName, byte[]>(names.Count);
        var missing = new List<KeyName>();
        var now = clock.GetUtcNow();
        foreach (var name in names)
        {
            if (_cache.TryGetValue(name, out var cached) && cached.Until > now) found[name] = cached.Key;
            else missing.Add(name);
        }

        return (found, missing);
    }

    /// <returns>False when the epoch was closed meanwhile, and nothing was written.</returns>
    private async Task<bool> Make(List<KeyName> names, CancellationToken ct)
    {
        var epoch = await KeyEpochs.Current(database, ct);
        using var kek = await vault.Open(epoch, ct);
        if (kek is null && await KeyEpochs.Current(database, ct) == epoch) throw KeyMissingException.Of(vault, epoch);
        if (kek is null) return false;
        // The epoch's row stays locked until the keys are committed, so it cannot be closed, and its key not be destroyed, in between.
        // A fixed order, so that two writers who need the same keys never wait for each other in a circle.
        await using var insert = database.Source.CreateCommand("""
            with open as materialized (select number from keys.epoch where number = $4 and closed_at is null for share),
            made as (insert into keys.data_key (subject_id, key_class, wrapped, epoch)
                select n.s, n.c, n.w, (select number from open) from unnest($1, $2, $3) as n(s, c, w) where exists (select from open)
                order by n.s, n.c collate "C" on conflict do nothing)
            select exists (select from open)
            """);
        insert.Parameters.Add(new() { Value = names.Select(n => n.Subject).ToArray() });
        insert.Parameters.Add(new() { Value = names.Select(n => n.Class).ToArray() });
        insert.Parameters.Add(new() { Value = names.Select(n => kek.Wrap(RandomNumberGenerator.GetBytes(32), n)).ToArray() });
        insert.Parameters.Add(new() { Value = epoch.Number });
        return (bool)(await insert.ExecuteScalarAsync(ct))!; // exists answers true or false
    }

    private async Task Read(List<KeyName> names, Dictionary<KeyName, byte[]> into, CancellationToken ct)
    {
        if (_cache.Count > MaxCached) _cache.Clear();
        var forgotten = Interlocked.Read(ref _forgotten);
        var left = names;
        for (var attempt = 1; left.Count > 0; attempt++)
        {
            using var keks = new OpenKeks(vault);
            var again = new List<KeyName>();
            foreach (var row in await Wrapped(left, ct))
            {
                if (await keks.Get(row.Epoch, ct) is { } kek) Keep(row.Name, kek.Unwrap(row.Wrapped, row.Name), into);
                else if (attempt == Attempts) throw KeyMissingException.Of(vault, row.Epoch);
                else again.Add(row.Name);
            }

            // A rotation may have wrapped these anew and destroyed the old key since they were read.
            left = again;
        }

        // What was read before an erasure must not stay here after it.
        if (Interlocked.Read(ref _forgotten) != forgotten)
            foreach (var name in names) _cache.TryRemove(name, out _);
    }

    private void Keep(KeyName name, byte[] key, Dictionary<KeyName, byte[]> into)
    {
        into[name] = key;
        _cache[name] = new(key, clock.GetUtcNow() + CacheFor);
    }

    private async Task<List<WrappedKey>> Wrapped(List<KeyName> names, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand($"""
            select {WrappedKey.Columns} from keys.data_key k join keys.epoch e on e.number = k.epoch
            join unnest($1, $2) as n(s, c) on k.subject_id = n.s and k.key_class = n.c where k.wrapped is not null
            """);
        select.Parameters.Add(new() { Value = names.Select(n => n.Subject).ToArray() });
        select.Parameters.Add(new() { Value = names.Select(n => n.Class).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var rows = new List<WrappedKey>();
        while (await reader.ReadAsync(ct)) rows.Add(WrappedKey.Read(reader));
        return rows;
    }

    private readonly record struct Cached(byte[] Key, DateTimeOffset Until);
}
