namespace ClusterNet.Projections;

/// <summary>What to replay and what to make of it.</summary>
public sealed record ReplayRequest
{
    /// <summary>The last position to fold; null for where the log stands. Of the past there is no live table to compare.</summary>
    public long? Until { get; init; }

    /// <summary>As if every key were gone: columns that are not personal must come out the same.</summary>
    public bool Erased { get; init; }
}

/// <summary>How far a replay is.</summary>
/// <param name="Events">Folded so far, of <paramref name="Total"/>.</param>
/// <param name="Doing">What comes after the events, such as the table that is being compared; null while events are folded.</param>
public sealed record ReplayProgress(long Events, long Total, string? Doing = null);

/// <summary>What a replay found.</summary>
/// <param name="Until">The last position that the digests speak of; -1 for an empty log.</param>
/// <param name="Compared">Whether live tables were compared: not so for a position of the past.</param>
public sealed record ReplayReport(long Until, bool Compared, bool Erased, IReadOnlyList<TableReport> Tables)
{
    public bool Equal => Tables.All(t => t.Equal);
}

/// <summary>One read table, live beside replayed.</summary>
/// <param name="CodeVersion">Of the projection and its table's definition.</param>
/// <param name="Digest">The published digest of the rows at the replay's position (see docs/replay.md).</param>
/// <param name="Rows">How many these are.</param>
public sealed record TableReport(string Table, string CodeVersion, string Digest, long Rows)
{
    /// <summary>Rows of the live table, and of the replay when it had seen all that the live table had.</summary>
    public long LiveRows { get; init; }

    public long ReplayedRows { get; init; }

    /// <summary>The buckets, of 256, in which live and replay differ.</summary>
    public IReadOnlyList<int> Buckets { get; init; } = [];

    /// <summary>The rows that differ, in the order of their keys.</summary>
    public IReadOnlyList<RowDifference> Differences { get; init; } = [];

    /// <summary>What was recorded for the same position before, by this code or another.</summary>
    public IReadOnlyList<RecordedDigest> Recorded { get; init; } = [];

    /// <summary>Neither the live table nor an earlier claim of the same code says otherwise.</summary>
    public bool Equal => Buckets.Count == 0 && Recorded.All(r => r.CodeVersion != CodeVersion || r.Digest == Digest);
}

/// <summary>A digest that a replay recorded.</summary>
public sealed record RecordedDigest(string CodeVersion, string Digest, DateTimeOffset At);

/// <summary>The log does not reach the position that was asked for.</summary>
public sealed class BeyondTheLogException(long until, long last) : Exception(
    last < 0 ? "The log is empty." : $"The log ends at position {last}, before {until}. Name a position from 0 to {last}.");
