using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Privacy;

/// <summary>
/// The data keys of persons, one per (person, class), wrapped by the key-encryption key and kept in the key database, apart from the events.
/// A key is committed there before the first event that uses it.
/// </summary>
public sealed class KeyRing(KeyDatabase database, KeyEncryptionKey kek, TimeProvider clock)
{
    private const int MaxCached = 200_000;
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
        await using (var insert = database.Source.CreateCommand(
            "insert into keys.data_key (subject_id, key_class, wrapped) select * from unnest($1, $2, $3) on conflict do nothing"))
        {
            // A fixed order, so that two writers who need the same keys never wait for each other in a circle.
            missing.Sort();
            insert.Parameters.Add(new() { Value = missing.Select(n => n.Subject).ToArray() });
            insert.Parameters.Add(new() { Value = missing.Select(n => n.Class).ToArray() });
            insert.Parameters.Add(new() { Value = missing.Select(n => kek.Wrap(RandomNumberGenerator.GetBytes(32), n)).ToArray() });
            await insert.ExecuteNonQueryAsync(ct);
        }

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
            "insert into keys.data_key (subject_id, key_class, wrapped) select $1, c, null from unnest($2) as c on conflict do nothing", subject, ordered));
        batch.BatchCommands.Add(Command(
            "update keys.data_key set wrapped = null where subject_id = $1 and key_class = any($2) and wrapped is not null", subject, ordered));
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

    private async Task Read(List<KeyName> names, Dictionary<KeyName, byte[]> into, CancellationToken ct)
    {
        if (_cache.Count > MaxCached) _cache.Clear();
        var forgotten = Interlocked.Read(ref _forgotten);
        await using var select = database.Source.CreateCommand(
            "select k.subject_id, k.key_class, k.wrapped from keys.data_key k join unnest($1, $2) as n(s, c) on k.subject_id = n.s and k.key_class = n.c where k.wrapped is not null");
        select.Parameters.Add(new() { Value = names.Select(n => n.Subject).ToArray() });
        select.Parameters.Add(new() { Value = names.Select(n => n.Class).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var name = new KeyName(reader.GetGuid(0), reader.GetString(1));
            var key = kek.Unwrap(reader.GetFieldValue<byte[]>(2), name);
            into[name] = key;
            _cache[name] = new(key, clock.GetUtcNow() + CacheFor);
        }

        // What was read before an erasure must not stay here after it.
        if (Interlocked.Read(ref _forgotten) != forgotten)
            foreach (var name in names) _cache.TryRemove(name, out _);
    }

    private readonly record struct Cached(byte[] Key, DateTimeOffset Until);
}

/// <summary>Which key: whose, and for what class of data.</summary>
public readonly record struct KeyName(Guid Subject, string Class) : IComparable<KeyName>
{
    public int CompareTo(KeyName other) =>
        Subject.CompareTo(other.Subject) is var order and not 0 ? order : string.CompareOrdinal(Class, other.Class);

    public static bool operator <(KeyName left, KeyName right) => left.CompareTo(right) < 0;

    public static bool operator <=(KeyName left, KeyName right) => left.CompareTo(right) <= 0;

    public static bool operator >(KeyName left, KeyName right) => left.CompareTo(right) > 0;

    public static bool operator >=(KeyName left, KeyName right) => left.CompareTo(right) >= 0;

    internal byte[] Associated() => [.. Subject.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(Class)];
}

/// <summary>The key database (<c>ConnectionStrings:ClusterNetKeys</c>): by default another database of the same server.</summary>
public sealed class KeyDatabase(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = source;

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
