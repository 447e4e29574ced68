namespace ClusterNet.EventStore;

/// <summary>
/// The port behind which the store stands: what a Marten adapter would have to do as well.
/// Streams are read whole or as they once were; several appends commit together or not at all.
/// </summary>
public interface IEventStore
{
    /// <summary>Reads one stream, in order of versions; empty when there is none.</summary>
    /// <param name="personal">False when no fact of the stream's family has personal members: saves a query.</param>
    Task<StreamSlice> Read(string module, Guid stream, AsOf asOf, bool personal, CancellationToken ct);

    /// <summary>The same, with the answer that an earlier sending of this command got, in the same round trip.</summary>
    Task<StreamSlice> Read(string module, Guid stream, bool personal, IdempotencyKey? idempotency, CancellationToken ct);

    /// <summary>What an earlier sending of a command was answered; null when there was none.</summary>
    Task<StoredAnswer?> Earlier(IdempotencyKey key, CancellationToken ct);

    /// <summary>Reads facts in the one global order, from the position after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<Positioned>> ReadAll(long after, int limit, IReadOnlyCollection<string>? storedNames, CancellationToken ct);

    /// <summary>Facts as a later read will show them: without what cannot be kept of erased persons.</summary>
    ValueTask<IReadOnlyList<object>> Storable(Guid stream, IReadOnlyList<object> facts, CancellationToken ct);

    /// <summary>Commits appends and their statements in one transaction and one round trip.</summary>
    Task<CommitResult> Commit(Commit commit, CancellationToken ct);

    /// <summary>Commits after <paramref name="prepare"/> saw the stream under its row's lock, so that nobody starves: order of arrival is commit order.</summary>
    /// <param name="locks">All streams that the command will write, as far as known; locked in the order of their ids.</param>
    Task<CommitResult> CommitLocked(
        Guid stream, IReadOnlyCollection<Guid> locks, bool personal, IdempotencyKey? idempotency, Func<StreamSlice, Task<Commit?>> prepare, CancellationToken ct);
}

/// <summary>A stream as read.</summary>
/// <param name="Version">The version of the last event read; 0 for none.</param>
/// <param name="Earlier">What an earlier sending of the same command was answered.</param>
public sealed record StreamSlice(long Version, IReadOnlyList<Recorded> Events, StoredAnswer? Earlier = null);

/// <summary>What to commit together.</summary>
public sealed record Commit(IReadOnlyList<Append> Appends, CommandMetadata Metadata, IdempotencyRecord? Idempotency = null);

/// <summary>Facts for one stream, with the statements that go with them.</summary>
/// <param name="Expected">The version that the stream must have; 0 for a new stream.</param>
/// <param name="Statements">Read rows and guards, run under the role of <paramref name="Module"/>.</param>
/// <param name="Rows">Which read rows are among them (<see cref="Projections.ReadModels.Fingerprint"/>); null for none.</param>
public sealed record Append(
    string Module, Guid Stream, string StreamType, long Expected, IReadOnlyList<object> Facts, IReadOnlyList<Statement> Statements, string? Rows = null);

/// <summary>What became of a commit.</summary>
public abstract record CommitResult
{
    /// <summary>Stored. <paramref name="SeqId"/> is the last event's; null when nothing was appended.</summary>
    public sealed record Done(long? SeqId) : CommitResult;

    /// <summary>A stream moved on meanwhile.</summary>
    public sealed record Conflict : CommitResult;

    /// <summary>A guard table's constraint refused it.</summary>
    public sealed record GuardViolated(string Constraint) : CommitResult;

    /// <summary>Another sending of the same command was faster.</summary>
    public sealed record AlreadyAnswered : CommitResult;

    /// <summary>Preparation decided to store nothing.</summary>
    public sealed record Abandoned : CommitResult;
}

/// <summary>Who commands and what the command belongs to; goes into every event's metadata.</summary>
public sealed record CommandMetadata(string? Actor, string? OnBehalfOf, string CorrelationId, string CausationId, string? TraceId)
{
    /// <summary>Marks the command as a part of an import, which announces nothing: see <see cref="EventMetadata.IsImport"/>.</summary>
    public CommandMetadata ForImport() => this with { CausationId = EventMetadata.ImportPrefix + CausationId };

    /// <summary>The system itself, in a background run.</summary>
    public static CommandMetadata System(string run) => new(null, null, run, run, global::System.Diagnostics.Activity.Current?.TraceId.ToString());
}

/// <summary>Names one sending of a POST (draft-ietf-httpapi-idempotency-key-header): the same key from the same caller on the same route.</summary>
public sealed record IdempotencyKey(string Caller, string Route, string Key, byte[] BodyHash);

/// <summary>The answer to keep for repeats: ids and links only, no personal data.</summary>
public sealed record IdempotencyRecord(IdempotencyKey Key, int Status, string? Location, string Body, Guid? Stream, long? Version);

/// <summary>An answer given earlier to the same key.</summary>
/// <param name="SameBody">False when the key was used with another body.</param>
/// <param name="SeqId">The last event that the command stored.</param>
public sealed record StoredAnswer(bool SameBody, int Status, string? Location, string Body, long? Version, long? SeqId);

/// <summary>Which state of a stream is wanted: the newest, or one of the past.</summary>
public abstract record AsOf
{
    public static AsOf Now { get; } = new Newest();

    public sealed record Newest : AsOf;

    /// <summary>As it was after the given version.</summary>
    public sealed record Version(long Number) : AsOf;

    /// <summary>As it was when the global order ended at the given position.</summary>
    public sealed record Position(long Number) : AsOf;
}
