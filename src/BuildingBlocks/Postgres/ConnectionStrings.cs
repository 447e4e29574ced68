using System.Globalization;
using Npgsql;

namespace ClusterNet.Postgres;

internal static class ConnectionStrings
{
    public const string Database = "clusternet";

    // What the event store is tuned for; an operator's own value wins.
    private static readonly (string Name, object Value)[] Defaults =
    [
        ("Max Auto Prepare", 200), ("Auto Prepare Min Usages", 2), ("Maximum Pool Size", 100),
        // Nothing of ours outlives its transaction in a session: roles, locks and temporary tables all end with it.
        ("No Reset On Close", true), ("Include Error Detail", false), ("Application Name", Database),
    ];

    public static string WithDefaults(string given)
    {
        var builder = new NpgsqlConnectionStringBuilder(given);
        // ContainsKey says yes to every name that Npgsql knows; Keys are the given ones, whatever synonym was used.
        var own = builder.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Defaults)
        {
            if (!own.Contains(name))
                builder[name] = value;
        }
        return builder.ConnectionString;
    }

    public static string To(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;

    public static NpgsqlConnection Once(string connectionString, string? database = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (database is not null)
            builder.Database = database;
        return new NpgsqlConnection(builder.ConnectionString);
    }

    /// <summary>Why the embedded server does not answer, or null when it does.</summary>
    public static async Task<string?> Fault(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = Once(connectionString, "postgres");
            await connection.OpenAsync(ct);
            return null;
        }
        catch (NpgsqlException e)
        {
            return Why(e);
        }
    }

    /// <summary>The connection string of a configured server that answers, is new enough, and has the database.</summary>
    public static async Task<string> Checked(string configured, CancellationToken ct)
    {
        try
        {
            var connectionString = WithDefaults(configured);
            await CheckVersion(connectionString, ct);
            return connectionString;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new PostgresUnavailableException($"ConnectionStrings__ClusterNet cannot be read: {e.Message}", e);
        }
        catch (NpgsqlException e)
        {
            var at = new NpgsqlConnectionStringBuilder(configured);
            throw new PostgresUnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"The PostgreSQL of ConnectionStrings__ClusterNet ({at.Host}:{at.Port}) ") +
                $"cannot be used ({Why(e)}): start it, correct the setting, or remove it to use the embedded server.", e);
        }
    }

    public static async Task<string> Ensure(string connectionString, string database, CancellationToken ct)
    {
        try
        {
            await using var connection = Once(connectionString, "postgres");
            await connection.OpenAsync(ct);
            await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection);
            exists.Parameters.Add(new() { Value = database });
            if (await exists.ExecuteScalarAsync(ct) is not true)
                await Create(connection, database, ct);
            return To(connectionString, database);
        }
        catch (NpgsqlException e)
        {
            throw new PostgresUnavailableException(
                $"The database {database} cannot be created ({Why(e)}): " +
                "create it, or let the user of ConnectionStrings__ClusterNet do so (createdb).", e);
        }
    }

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    private static async Task Create(NpgsqlConnection connection, string database, CancellationToken ct)
    {
        try
        {
            var sql = $"create database {Quoted(database)} encoding 'UTF8' template template0";
            await using var create = new NpgsqlCommand(sql, connection);
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another Host was quicker.
        }
    }

    private static string Why(NpgsqlException e) =>
        e is PostgresException refused ? $"{refused.SqlState}: {refused.MessageText}" : e.InnerException?.Message ?? e.Message;

    private static async Task CheckVersion(string connectionString, CancellationToken ct)
    {
        await using var connection = Once(connectionString);
        try
        {
            await connection.OpenAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await Ensure(connectionString, connection.Database, ct);
            await connection.OpenAsync(ct);
        }
        if (connection.PostgreSqlVersion.Major < ServerBinaries.OldestMajor)
            throw new PostgresUnavailableException(
                $"The PostgreSQL of ConnectionStrings__ClusterNet is version {connection.PostgreSqlVersion}, and " +
                $"{ServerBinaries.OldestMajor} or newer is needed: upgrade it, or remove the setting to use the embedded server.");
    }
}
