using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Skills.Catalogue.Intake;

/// <summary>One import at a time, whichever Host or command line runs it: two versions must not be mixed.</summary>
internal sealed class ImportTurn : IAsyncDisposable
{
    private const string Lock = "hashtextextended('skills.catalogue-import', 7203215)";

    private readonly NpgsqlConnection _connection;

    private ImportTurn(NpgsqlConnection connection) => _connection = connection;

    /// <returns>Null while another import runs.</returns>
    public static async Task<ImportTurn?> Take(Database database, CancellationToken ct)
    {
        var turn = new ImportTurn(await database.Source.OpenConnectionAsync(ct));
        if (await turn.Ask($"select pg_try_advisory_lock({Lock})", ct)) return turn;
        await turn._connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Ask($"select pg_advisory_unlock({Lock})", CancellationToken.None);
        await _connection.DisposeAsync();
    }

    private async Task<bool> Ask(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return (bool)(await command.ExecuteScalarAsync(ct))!; // both functions answer
    }
}
