namespace ClusterNet.Projections;

/// <summary>One rebuild of read tables at a time over all Hosts, and none while rows are scrubbed: it could bring back what was forgotten meanwhile.</summary>
internal static class ReplayLock
{
    private const string Key = "hashtextextended('replay', 7203217)";

    /// <summary>Until the session gives it up.</summary>
    public const string Session = $"select pg_advisory_lock({Key})";

    /// <summary>Until the transaction ends.</summary>
    public const string Transaction = $"select pg_advisory_xact_lock({Key})";

    /// <summary>Until the transaction ends, beside others of its kind.</summary>
    public const string Shared = $"select pg_advisory_xact_lock_shared({Key})";
}
