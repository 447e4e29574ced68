using System.Security.Cryptography;
using System.Text;
using ClusterNet.Projections;
using Npgsql;

namespace ClusterNet.EventStore;

/// <summary>A module's own tables that are no read models (sessions, secrets, guards of state): scripts in order, each run once.</summary>
public sealed record ModuleSchema(string Module, params IReadOnlyList<string> Scripts);

/// <summary>Sets up the database at start: the store's tables, one schema and role per module, read tables. Safe to run from several Hosts at once.</summary>
public sealed class Installation(Database database, IEnumerable<EventModule> modules, IEnumerable<ModuleSchema> schemas, ReadModels readModels)
{
    private const long Lock = 7203215902;

    /// <summary>Brings the database to what this program needs.</summary>
    /// <returns>The read tables that are new or changed and must be built from the events before serving.</returns>
    public async Task<IReadOnlyList<ITable>> Apply(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Run(connection, $"select pg_advisory_xact_lock({Lock})", ct);
        await Run(connection, StoreSchema(), ct);
        foreach (var module in modules.Select(m => m.Name)) await Run(connection, ModuleSql(module), ct);
        foreach (var schema in schemas)
            for (var i = 0; i < schema.Scripts.Count; i++) await RunOnce(connection, $"{schema.Module}/{i + 1}", schema.Scripts[i], ct);
        var changed = new List<ITable>();
        foreach (var table in readModels.Tables)
            if (await IsToBuild(connection, table, ct)) changed.Add(table);
        foreach (var module in modules.Select(m => m.Name)) await Run(connection, GrantSql(module), ct);
        await transaction.CommitAsync(ct);
        await connection.ReloadTypesAsync(ct);
        return changed;
    }

    /// <summary>
    /// A table is made at once only while there is nothing to fill it with. Else it is built beside the live one, which goes on serving (<see cref="Replay.Rebuild"/>).
    /// </summary>
    private async Task<bool> IsToBuild(NpgsqlConnection connection, ITable table, CancellationToken ct)
    {
        var version = readModels.CodeVersion(table);
        var known = await Definitions.Of(connection, table, ct);
        if (known == version) return false;
        if (known is not null || await HasEvents(connection, ct)) return true;
        await Run(connection, table.Create(), ct);
        await Definitions.Remember(connection, $"{table.Schema}.{table.Name}", version, ct);
        return false;
    }

    private static async Task<bool> HasEvents(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select exists (select from events.mt_events)", connection);
        return (bool)(await command.ExecuteScalarAsync(ct))!; // exists answers true or false
    }

    private static async Task RunOnce(NpgsqlConnection connection, string name, string sql, CancellationToken ct)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        var known = await Scalar(connection, "select digest from projections.definition where name = $1", name, ct);
        if (known == digest) return;
        if (known is not null) throw new InvalidOperationException($"Schema script {name} was changed after it ran; add a new script instead.");
        await Run(connection, sql, ct);
        await Definitions.Remember(connection, name, digest, ct);
    }

    private static async Task<string?> Scalar(NpgsqlConnection connection, string sql, string parameter, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = parameter });
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string StoreSchema()
    {
        using var stream = typeof(Installation).Assembly.GetManifestResourceStream("ClusterNet.EventStore.schema.sql")!; // embedded by the csproj
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string ModuleSql(string module)
    {
        var role = Database.RoleOf(module);
        return $"""
            do $$ begin create role {role} nologin; exception when duplicate_object or unique_violation then null; end $$;
            do $$ begin if not pg_has_role(current_user, '{role}', 'member') then grant {role} to current_user; end if; end $$;
            create schema if not exists {module};
            """;
    }

    /// <summary>The application's roles may append history and read it; nobody of them may change it.</summary>
    internal static string GrantSql(string module)
    {
        var role = Database.RoleOf(module);
        return $"""
            grant usage on schema events, ledger, privacy, http, projections, mail, {module} to {role};
            grant select, insert, update, delete on all tables in schema {module} to {role};
            grant usage on all sequences in schema {module}, events to {role};
            grant select, insert on events.mt_events, privacy.envelope to {role};
            grant select, insert, update on events.mt_streams to {role};
            grant select on all tables in schema ledger to {role};
            grant select, insert, delete on http.idempotency to {role};
            grant select, insert, update on projections.checkpoint to {role};
            grant insert on mail.outbox to {role};
            grant execute on all functions in schema events to {role};
            """;
    }
}
