using System.Data;
using System.Globalization;
using System.Reflection;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using Npgsql;

namespace ClusterNet.Backups;

/// <summary>
/// Copies what cannot be had again into one file: events, log, envelopes, the modules' state. Read tables are left out: they hold personal data
/// in the clear and are rebuilt from the events. The data keys, wrapped, go into a file of their own.
/// </summary>
public sealed class Backup(Database database, KeyDatabase keys, ReadModels models, IEnumerable<EventModule> modules, TimeProvider clock)
{
    /// <summary>Made anew by the program itself, or not worth keeping.</summary>
    private static readonly string[] Left = ["projections.definition", "http.idempotency"];

    internal static readonly string[] KeySchemas = ["keys"];

    /// <summary>The schemas of the store and of all modules.</summary>
    internal string[] Schemas { get; } = ["events", "ledger", "privacy", "projections", .. modules.Select(m => m.Name)];

    /// <summary>One consistent state of the installation, while Hosts go on.</summary>
    public Task<Manifest> Take(string path, CancellationToken ct) => Take(database.Source, Manifest.Events, Schemas, Excluded, clock, path, ct);

    /// <summary>The wrapped data keys. Without the key directory nobody can use them; they belong apart from it and from the events.</summary>
    public Task<Manifest> TakeKeys(string path, CancellationToken ct) => TakeKeys(keys, clock, path, ct);

    internal static Task<Manifest> TakeKeys(KeyDatabase keys, TimeProvider clock, string path, CancellationToken ct) =>
        Take(keys.Source, Manifest.Keys, KeySchemas, (_, _) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>()), clock, path, ct);

    internal async Task<IReadOnlySet<string>> Excluded(NpgsqlConnection connection, CancellationToken ct)
    {
        var excluded = models.Tables.Select(t => $"{t.Schema}.{t.Name}").Concat(Left).ToHashSet();
        // Read tables of an older program, too, hold personal data in the clear.
        await using var select = new NpgsqlCommand("select name from projections.definition", connection);
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) excluded.Add(reader.GetString(0));
        return excluded;
    }

    private static async Task<Manifest> Take(
        NpgsqlDataSource source, string kind, string[] schemas, Func<NpgsqlConnection, CancellationToken, Task<IReadOnlySet<string>>> excluded,
        TimeProvider clock, string path, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        if (kind == Manifest.Events && !await Exists(connection, "events.mt_events", ct))
            throw new ArchiveException("This database holds no installation of ClusterNet: there is nothing to back up.");
        var tables = await StoredTables.Of(connection, schemas, await excluded(connection, ct), ct);
        await using var archive = new ArchiveWriter(path);
        var parts = new List<ArchivedTable>();
        foreach (var table in tables) parts.Add(await Copy(connection, table, archive, ct));
        var manifest = await Describe(connection, kind, parts, ct) with { TakenAt = clock.GetUtcNow(), Sequences = await StoredTables.Sequences(connection, schemas, ct) };
        await archive.Complete(manifest, ct);
        return manifest;
    }

    private static async Task<ArchivedTable> Copy(NpgsqlConnection connection, StoredTable table, ArchiveWriter archive, CancellationToken ct)
    {
        string digest;
        await using (var rows = await connection.BeginRawBinaryCopyAsync($"copy {table.Name} ({table.ColumnList}) to stdout (format binary)", ct))
            digest = await archive.Add(ArchiveWriter.TableFolder + table.Name, rows, ct);
        return new(table.Name, table.Columns, Convert.ToInt64(await Scalar(connection, $"select count(*) from {table.Name}", ct), CultureInfo.InvariantCulture), digest);
    }

    private static async Task<Manifest> Describe(NpgsqlConnection connection, string kind, List<ArchivedTable> parts, CancellationToken ct)
    {
        var events = kind == Manifest.Events;
        var size = events ? (long?)await Scalar(connection, "select size from ledger.state", ct) : null;
        var note = events && await Exists(connection, "ledger.checkpoint", ct)
            ? (string?)await Scalar(connection, "select note from ledger.checkpoint order by size desc limit 1", ct)
            : null;
        return new(Manifest.CurrentFormat, kind, ProgramVersion(), default, size, note?.Split('\n')[0], note, parts, []);
    }

    private static string ProgramVersion() =>
        typeof(Backup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static async Task<bool> Exists(NpgsqlConnection connection, string table, CancellationToken ct) =>
        (bool)(await Scalar(connection, $"select to_regclass('{table}') is not null", ct))!; // is not null answers true or false

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(ct);
    }
}
