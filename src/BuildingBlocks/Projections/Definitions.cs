using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Which definition and code each live read table was made by (<see cref="ReadModels.CodeVersion"/>).</summary>
internal static class Definitions
{
    /// <summary>Whether the live table is what this program would make.</summary>
    public static async Task<bool> Holds(Database database, ITable table, string version, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return await Of(connection, table, ct) == version;
    }

    public static async Task<string?> Of(NpgsqlConnection connection, ITable table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select digest from projections.definition where name = $1", connection);
        command.Parameters.Add(new() { Value = $"{table.Schema}.{table.Name}" });
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    public static async Task Remember(NpgsqlConnection connection, string name, string version, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "insert into projections.definition (name, digest) values ($1, $2) on conflict (name) do update set digest = excluded.digest", connection);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = version });
        await command.ExecuteNonQueryAsync(ct);
    }
}
