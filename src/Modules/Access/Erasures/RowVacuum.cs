using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// Frees what an erasure left behind in read tables. PostgreSQL keeps replaced rows until a vacuum; the database does that by itself too, but later.
/// </summary>
internal sealed class RowVacuum(Streams<PersonErasure, PersonErasureEvent> erasures, Database database, ILogger<RowVacuum> logger)
{
    private const int PatienceInSeconds = 300;

    /// <summary>Vacuums the read tables in which the erasure replaced rows. A failure is logged only: the erasure does not rest on it.</summary>
    public async Task After(Id<PersonErasure> id, CancellationToken ct)
    {
        var facts = (await erasures.Load(id.Value, ct)).Events.Select(e => e.Fact);
        foreach (var table in facts.OfType<PersonErasureStepTaken>().Where(s => s.Step == ErasureStep.Rows).SelectMany(s => s.Stores).Select(s => s.Store).Distinct())
        {
            try
            {
                // By itself: a vacuum runs in no transaction.
                await using var vacuum = database.Source.CreateCommand($"vacuum {Quoted(table)}");
                vacuum.CommandTimeout = PatienceInSeconds;
                await vacuum.ExecuteNonQueryAsync(ct);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning("After erasure {Erasure} {Table} could not be vacuumed: {Reason}", id, table, e.Message);
            }
        }
    }

    private static string Quoted(string table) =>
        string.Join('.', table.Split('.').Select(part => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}
