using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Privacy;

/// <summary>Where a rotation stands, for tests that stop it there.</summary>
internal enum RotationStep
{
    KekMade,
    EpochOpened,
    BatchWrapped,
    AllWrapped,
    Copied,
    KekDestroyed,
    EpochMarked,
}

/// <summary>
/// Begins a new epoch: a new key-encryption key, all living data keys wrapped under it, then the old one destroyed. What was erased during the old
/// epoch is unreadable from then on in every copy of the key database. Each step can be interrupted and done again; Hosts read and write meanwhile.
/// </summary>
public sealed class KeyRotation(KeyDatabase database, IKeyVault vault, IKeyCopies copies, TimeProvider clock)
{
    private const long Lock = 7203215905;
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Called after every step.</summary>
    internal Action<RotationStep> Reached { get; set; } = _ => { };

    /// <summary>Finishes a rotation that was interrupted, then begins a new epoch if the open one is <paramref name="due"/>.</summary>
    /// <returns>Whether a new epoch began; false also when another Host is at it.</returns>
    public async Task<bool> Run(Func<Epoch, bool> due, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var locking = new NpgsqlCommand($"select pg_try_advisory_xact_lock({Lock})", connection, transaction);
        if (!(bool)(await locking.ExecuteScalarAsync(ct))!) return false; // the function answers true or false
        await Finish(ct);
        var epochs = await KeyEpochs.All(database, ct);
        if (!due(epochs[^1])) return false;
        var next = await vault.Make(epochs[^1].Name.Number + 1, ct);
        Reached(RotationStep.KekMade);
        // What is not there as it was made must not become the key of everything.
        using (var kek = await vault.Open(next, ct) ?? throw KeyMissingException.Of(vault, next))
            await KeyEpochs.Register(database, vault, next, clock.GetUtcNow(), ct);
        Reached(RotationStep.EpochOpened);
        await Finish(ct);
        return true;
    }

    private async Task Finish(CancellationToken ct)
    {
        if ((await KeyEpochs.All(database, ct)).All(e => e.ClosedAt is null || e.DestroyedAt is not null)) return;
        var current = await KeyEpochs.Current(database, ct);
        while (await IsAnyOlder(current, ct))
        {
            // Rows that an erasure holds just now are left out: whoever waits for nobody blocks nobody.
            if (await WrapBatch(current, ct) == 0) await Task.Delay(Pause, ct);
            Reached(RotationStep.BatchWrapped);
        }

        Reached(RotationStep.AllWrapped);
        await copies.Take(current, ct);
        Reached(RotationStep.Copied);
        foreach (var epoch in (await KeyEpochs.All(database, ct)).Where(e => e.ClosedAt is not null && e.DestroyedAt is null && e.LivingKeys == 0))
        {
            await vault.Destroy(epoch.Name, ct);
            Reached(RotationStep.KekDestroyed);
            await using var mark = database.Source.CreateCommand("update keys.epoch set destroyed_at = $2 where number = $1 and destroyed_at is null");
            mark.Parameters.Add(new() { Value = epoch.Name.Number });
            mark.Parameters.Add(new() { Value = clock.GetUtcNow() });
            await mark.ExecuteNonQueryAsync(ct);
            Reached(RotationStep.EpochMarked);
        }
    }

    private async Task<bool> IsAnyOlder(EpochName current, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select exists (select from keys.data_key where epoch < $1 and wrapped is not null)");
        select.Parameters.Add(new() { Value = current.Number });
        return (bool)(await select.ExecuteScalarAsync(ct))!; // exists answers true or false
    }

    private async Task<int> WrapBatch(EpochName current, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await Older(connection, current, ct);
        if (rows.Count == 0) return 0;
        using var keks = new OpenKeks(vault);
        var wrapped = new List<byte[]>(rows.Count);
        var into = await keks.Get(current, ct) ?? throw KeyMissingException.Of(vault, current);
        foreach (var row in rows)
        {
            var from = await keks.Get(row.Epoch, ct) ?? throw KeyMissingException.Of(vault, row.Epoch);
            wrapped.Add(into.Wrap(from.Unwrap(row.Wrapped, row.Name), row.Name));
        }

        // The old key must not die before these are on the disk, whatever the server's settings are.
        await using (var durable = new NpgsqlCommand("set local synchronous_commit = on", connection, transaction)) await durable.ExecuteNonQueryAsync(ct);
        await using var update = new NpgsqlCommand("""
            update keys.data_key k set wrapped = n.w, epoch = $4 from unnest($1, $2, $3) as n(s, c, w)
            where k.subject_id = n.s and k.key_class = n.c and k.wrapped is not null
            """, connection, transaction);
        update.Parameters.Add(new() { Value = rows.Select(r => r.Name.Subject).ToArray() });
        update.Parameters.Add(new() { Value = rows.Select(r => r.Name.Class).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        update.Parameters.Add(new() { Value = wrapped.ToArray() });
        update.Parameters.Add(new() { Value = current.Number });
        await update.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    private static async Task<List<WrappedKey>> Older(NpgsqlConnection connection, EpochName current, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand($"""
            select {WrappedKey.Columns} from keys.data_key k join keys.epoch e on e.number = k.epoch
            where k.epoch < $1 and k.wrapped is not null limit {BatchSize} for update of k skip locked
            """, connection);
        select.Parameters.Add(new() { Value = current.Number });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var rows = new List<WrappedKey>();
        while (await reader.ReadAsync(ct)) rows.Add(WrappedKey.Read(reader));
        return rows;
    }
}

/// <summary>A data key as the key database has it.</summary>
internal sealed record WrappedKey(KeyName Name, byte[] Wrapped, EpochName Epoch)
{
    public const string Columns = "k.subject_id, k.key_class, k.wrapped, e.number, e.fingerprint";

    public static WrappedKey Read(NpgsqlDataReader reader) => new(
        new(reader.GetGuid(0), reader.GetString(1)), reader.GetFieldValue<byte[]>(2), new(reader.GetInt32(3), reader.GetString(4)));
}

/// <summary>Key-encryption keys for the length of one job.</summary>
internal sealed class OpenKeks(IKeyVault vault) : IDisposable
{
    private readonly Dictionary<EpochName, KeyEncryptionKey?> _open = [];

    public async ValueTask<KeyEncryptionKey?> Get(EpochName epoch, CancellationToken ct)
    {
        if (!_open.TryGetValue(epoch, out var kek)) _open[epoch] = kek = await vault.Open(epoch, ct);
        return kek;
    }

    public void Dispose()
    {
        foreach (var kek in _open.Values) kek?.Dispose();
    }
}
