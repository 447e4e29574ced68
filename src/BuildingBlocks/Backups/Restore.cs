using System.Globalization;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using Npgsql;

namespace ClusterNet.Backups;

/// <summary>Puts a backup into a new installation, all of it or nothing. Read tables are marked, so that the next preparation fills them.</summary>
public sealed class Restore(Database database, KeyDatabase keys, ReadModels models, Backup backup)
{
    /// <summary>What the schema's own script leaves in an empty installation, and may be replaced.</summary>
    private static readonly string[] Seeded = ["ledger.", "projections.", "keys.epoch"];

    /// <summary>The tables must have been made by this program, and be empty.</summary>
    /// <exception cref="ArchiveException">Says what is in the way.</exception>
    public async Task<Manifest> Events(string path, CancellationToken ct)
    {
        using var archive = await Open(path, Manifest.Events, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Fill(connection, archive, backup.Schemas, await backup.Excluded(connection, ct), ct);
        if (await IsTrue(connection, "select exists (select from privacy.envelope)", ct) && !await HasKeys(ct))
            throw new ArchiveException("The key database is empty, so all personal data would look erased. First restore the keys: clusternet restore --keys --from FILE");
        foreach (var table in models.Tables)
            await Run(connection, $"update projections.definition set digest = 'restored' where name = '{table.Schema}.{table.Name}'", ct);
        await transaction.CommitAsync(ct);
        return archive.Manifest;
    }

    /// <exception cref="ArchiveException">Says what is in the way, for example that the key-encryption key which the backup needs is not there.</exception>
    public static async Task<Manifest> Keys(string path, KeyDatabase keys, IKeyVault vault, CancellationToken ct)
    {
        using var archive = await Open(path, Manifest.Keys, ct);
        await KeyEpochs.CreateTables(keys, ct);
        await using var connection = await keys.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Fill(connection, archive, Backup.KeySchemas, new HashSet<string>(), ct);
        foreach (var epoch in await KeyEpochs.All(connection, ct))
        {
            if (epoch.ClosedAt is not null && epoch.LivingKeys == 0) continue;
            using var kek = await vault.Open(epoch.Name, ct);
            if (kek is null) throw new ArchiveException($"Nothing was restored, since nobody could read it: {KeyMissingException.Of(vault, epoch.Name).Message}");
        }

        await transaction.CommitAsync(ct);
        return archive.Manifest;
    }

    /// <summary>How many (subject, class) pairs have envelopes but neither a key nor a tombstone: their content is lost, not erased.</summary>
    public async Task<long> LostKeys(CancellationToken ct)
    {
        var known = new HashSet<KeyName>();
        await using (var select = keys.Source.CreateCommand("select subject_id, key_class from keys.data_key"))
        {
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) known.Add(new(reader.GetGuid(0), reader.GetString(1)));
        }

        var lost = 0L;
        await using var used = database.Source.CreateCommand("select distinct subject_id, key_class from privacy.envelope");
        await using var names = await used.ExecuteReaderAsync(ct);
        while (await names.ReadAsync(ct)) lost += known.Contains(new(names.GetGuid(0), names.GetString(1))) ? 0 : 1;
        return lost;
    }

    private static async Task<ArchiveReader> Open(string path, string kind, CancellationToken ct)
    {
        var archive = await ArchiveReader.Open(path, ct);
        if (archive.Manifest.Kind == kind) return archive;
        archive.Dispose();
        throw new ArchiveException($"{path} is a backup of {archive.Manifest.Kind}. " + (kind == Manifest.Keys
            ? "Restore it without --keys." : "Restore it with --keys."));
    }

    private static async Task Fill(NpgsqlConnection connection, ArchiveReader archive, string[] schemas, IReadOnlySet<string> excluded, CancellationToken ct)
    {
        var live = (await StoredTables.Of(connection, schemas, excluded, ct)).ToDictionary(t => t.Name);
        foreach (var table in archive.Manifest.Tables)
            if (!live.TryGetValue(table.Name, out var here) || table.Columns.Except(here.Columns).Any())
                throw new ArchiveException(
                    $"The backup's {table.Name} is unknown to this program. Restore it with version {archive.Manifest.Program}, which took it, or a newer one.");
        await Run(connection, $"lock table {string.Join(", ", live.Keys)} in exclusive mode", ct);
        await RequireEmpty(connection, live.Keys, ct);
        foreach (var table in live.Values.Where(t => t.HasTriggers)) await Run(connection, $"alter table {table.Name} disable trigger user", ct);
        foreach (var table in live.Keys.Where(IsSeeded)) await Run(connection, $"delete from {table}", ct);
        foreach (var table in archive.Manifest.Tables) await Copy(connection, archive, table, ct);
        foreach (var table in live.Values.Where(t => t.HasTriggers)) await Run(connection, $"alter table {table.Name} enable trigger user", ct);
        foreach (var sequence in archive.Manifest.Sequences)
            await Run(connection, string.Create(CultureInfo.InvariantCulture, $"select setval('{sequence.Name}', {sequence.Last}, {sequence.Called})"), ct);
    }

    private static async Task RequireEmpty(NpgsqlConnection connection, IEnumerable<string> tables, CancellationToken ct)
    {
        foreach (var table in tables.Where(t => !IsSeeded(t)))
        {
            if (!await IsTrue(connection, $"select exists (select from {table})", ct)) continue;
            throw new ArchiveException(
                $"This installation is not empty: {table} has rows, and nothing was changed. A backup is restored into a new, empty database, before its first start: " +
                "name one in ConnectionStrings__ClusterNet (for keys in ConnectionStrings__ClusterNetKeys), or another ClusterNet__DataDirectory.");
        }
    }

    private static bool IsSeeded(string table) => Seeded.Any(s => table.StartsWith(s, StringComparison.Ordinal));

    private static async Task Copy(NpgsqlConnection connection, ArchiveReader archive, ArchivedTable table, CancellationToken ct)
    {
        var columns = string.Join(", ", table.Columns.Select(c => $"\"{c}\""));
        await using (var rows = await archive.Rows(table, ct))
        await using (var into = await connection.BeginRawBinaryCopyAsync($"copy {table.Name} ({columns}) from stdin (format binary)", ct))
            await rows.CopyToAsync(into, ct);
        if (!await IsTrue(connection, string.Create(CultureInfo.InvariantCulture, $"select count(*) = {table.Rows} from {table.Name}"), ct))
            throw new ArchiveException($"Not all rows of {table.Name} arrived; nothing was restored.");
    }

    private async Task<bool> HasKeys(CancellationToken ct)
    {
        await using var connection = await keys.Source.OpenConnectionAsync(ct);
        return await IsTrue(connection, "select exists (select from keys.data_key)", ct);
    }

    private static async Task<bool> IsTrue(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (bool)(await command.ExecuteScalarAsync(ct))!; // asked for true or false
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
