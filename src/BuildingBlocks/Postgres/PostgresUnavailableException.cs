namespace ClusterNet.Postgres;

/// <summary>There is no PostgreSQL to work with. The message is for the operator: what is wrong, and what to do.</summary>
public sealed class PostgresUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
