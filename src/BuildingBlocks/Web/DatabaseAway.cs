using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace ClusterNet.Web;

/// <summary>Tells a database that is away for a moment from a bug, and says to the caller how to go on.</summary>
internal static class DatabaseAway
{
    private const string RetryAfterSeconds = "1";

    /// <summary>Lost and refused connections (class 08), a server that ends, crashes or starts (57P0x), one that has no room (class 53).</summary>
    public static bool Is(Exception exception) => exception switch
    {
        PostgresException e => e.SqlState is ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', '0', ..],
        NpgsqlException e => e.IsTransient,
        _ => false,
    };

    /// <summary>Whether a command was carried out before the connection broke is not known here; its key finds out.</summary>
    public static ProblemHttpResult Answer(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Problems.Of(
            503, "database-unavailable",
            "The database does not answer now. Send the request again in a moment, a POST with the same Idempotency-Key: it is carried out once.");
    }
}
