using System.Globalization;
using Npgsql;

namespace ClusterNet.Privacy;

/// <summary>One epoch of the key-encryption key. The open one has no <c>ClosedAt</c>; what was wrapped in a destroyed one can never be read again.</summary>
public sealed record Epoch(EpochName Name, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, DateTimeOffset? DestroyedAt, long LivingKeys);

/// <summary>The epochs as the key database has them.</summary>
public static class KeyEpochs
{
    /// <summary>
    /// Creates the key database's tables where they are missing and, on a new installation only, opens the first epoch; then makes sure that every
    /// key-encryption key is there that a living data key needs.
    /// </summary>
    /// <exception cref="KeyMissingException">The installation uses a key that this Host does not have.</exception>
    public static async Task Open(KeyDatabase database, IKeyVault vault, TimeProvider clock, CancellationToken ct)
    {
        await CreateTables(database, ct);
        var epochs = await All(database, ct);
        if (epochs.Count == 0)
        {
            // One is what a first start leaves that died between making and registering it.
            if (vault.Highest() is > 1 and var highest) throw KeyMissingException.KeyDatabaseLost(highest);
            await Register(database, vault, await vault.Make(1, ct), clock.GetUtcNow(), ct);
            epochs = await All(database, ct);
        }

        // Another Host may end an epoch just now; what is missing twice is missing.
        if (await Missing(vault, epochs, ct) is null) return;
        if (await Missing(vault, await All(database, ct), ct) is { } missing) throw KeyMissingException.Of(vault, missing);
    }

    /// <summary>All epochs, oldest first.</summary>
    public static async Task<IReadOnlyList<Epoch>> All(KeyDatabase database, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("""
            select e.number, e.fingerprint, e.opened_at, e.closed_at, e.destroyed_at,
                (select count(*) from keys.data_key k where k.epoch = e.number and k.wrapped is not null)
            from keys.epoch e order by e.number
            """);
        await using var reader = await select.ExecuteReaderAsync(ct);
        var epochs = new List<Epoch>();
        while (await reader.ReadAsync(ct))
        {
            epochs.Add(new(
                new(reader.GetInt32(0), reader.GetString(1)), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset?>(3),
                reader.GetFieldValue<DateTimeOffset?>(4), reader.GetInt64(5)));
        }

        return epochs;
    }

    /// <summary>The one epoch in which data keys are wrapped now.</summary>
    internal static async Task<EpochName> Current(KeyDatabase database, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select number, fingerprint from keys.epoch where closed_at is null");
        await using var reader = await select.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(reader.GetInt32(0), reader.GetString(1))
            : throw new InvalidOperationException("The key database has no open epoch.");
    }

    /// <summary>Opens an epoch and closes the one before it in the same moment: from then on nobody wraps in the old one.</summary>
    internal static async Task Register(KeyDatabase database, IKeyVault vault, EpochName epoch, DateTimeOffset now, CancellationToken ct)
    {
        await using (var batch = database.Source.CreateBatch())
        {
            batch.BatchCommands.Add(Command("select pg_advisory_xact_lock(7203215904)"));
            // Waits for those who are writing a key under the old epoch, see KeyRing.
            batch.BatchCommands.Add(Command("update keys.epoch set closed_at = $2 where number = $1 - 1 and closed_at is null", epoch.Number, now));
            batch.BatchCommands.Add(Command(
                "insert into keys.epoch (number, fingerprint, opened_at) values ($1, $2, $3) on conflict do nothing", epoch.Number, epoch.Fingerprint, now));
            await batch.ExecuteNonQueryAsync(ct);
            if (batch.BatchCommands[2].RecordsAffected == 1) return;
        }

        // Another Host opened it at the same moment; its key is the one.
        await vault.Destroy(epoch, ct);
    }

    private static async Task<EpochName?> Missing(IKeyVault vault, IReadOnlyList<Epoch> epochs, CancellationToken ct)
    {
        foreach (var epoch in epochs.Where(e => e.ClosedAt is null || e.LivingKeys > 0))
        {
            using var kek = await vault.Open(epoch.Name, ct);
            if (kek is null) return epoch.Name;
        }

        return null;
    }

    internal static async Task CreateTables(KeyDatabase database, CancellationToken ct)
    {
        await using var schema = database.Source.CreateCommand(Schema);
        await schema.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private const string Schema = """
        select pg_advisory_xact_lock(7203215901);
        create schema if not exists keys;
        create table if not exists keys.epoch (
            number int primary key, fingerprint text not null, opened_at timestamptz not null, closed_at timestamptz null, destroyed_at timestamptz null
        );
        create unique index if not exists epoch_open on keys.epoch ((true)) where closed_at is null;
        create table if not exists keys.data_key (
            subject_id uuid, key_class text, wrapped bytea null, epoch int null references keys.epoch (number),
            primary key (subject_id, key_class), check (wrapped is null or epoch is not null)
        );
        create index if not exists data_key_epoch on keys.data_key (epoch) where wrapped is not null;
        """;
}

/// <summary>This Host lacks a key that the installation uses: nothing that it protects may be taken for erased.</summary>
public sealed class KeyMissingException : Exception
{
    private KeyMissingException(string message)
        : base(message)
    {
    }

    internal static KeyMissingException Of(IKeyVault vault, EpochName epoch) => new(string.Create(CultureInfo.InvariantCulture,
        $"The key-encryption key of epoch {epoch.Number} with fingerprint {epoch.Fingerprint[..16]}… is not in {vault.PlaceOf(epoch)}. ") +
        "Copy the key directory of this installation there (or set ClusterNet__KeyDirectory to it); without it personal data cannot be read.");

    internal static KeyMissingException KeyDatabaseLost(int highest) => new(string.Create(CultureInfo.InvariantCulture,
        $"The key directory holds the key-encryption key of epoch {highest}, but the key database knows of no epoch: it is new, or another one. ") +
        "Set ConnectionStrings__ClusterNetKeys to the right one, or restore it: clusternet restore --keys --from FILE");
}
