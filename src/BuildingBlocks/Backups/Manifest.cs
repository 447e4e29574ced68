namespace ClusterNet.Backups;

/// <summary>What a backup holds, and what must be true of its parts.</summary>
/// <param name="Kind"><see cref="Events"/> or <see cref="Keys"/>: never both in one file, or the file could be read without the key directory's help.</param>
/// <param name="LogSize">How many entries the log has; null in a backup of keys.</param>
/// <param name="Checkpoint">The last signed checkpoint of the log, as it was published; null where there is none.</param>
public sealed record Manifest(
    int Format, string Kind, string Program, DateTimeOffset TakenAt, long? LogSize, string? Origin, string? Checkpoint,
    IReadOnlyList<ArchivedTable> Tables, IReadOnlyList<ArchivedSequence> Sequences)
{
    public const int CurrentFormat = 1;
    public const string Events = "events", Keys = "keys";

    public long Rows => Tables.Sum(t => t.Rows);
}

/// <summary>A table's rows in PostgreSQL's binary COPY format.</summary>
public sealed record ArchivedTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256);

public sealed record ArchivedSequence(string Name, long Last, bool Called);

/// <summary>A backup cannot be taken, read or restored; says what to do.</summary>
public sealed class ArchiveException(string message) : Exception(message);
