namespace ClusterNet.Auditing;

/// <summary>One thing that is wrong, and where.</summary>
/// <param name="Where">A table, or an address of the public log.</param>
/// <param name="Position">The position in the log, where it is one's fault.</param>
/// <param name="Event">The event, where it is one's fault.</param>
public sealed record AuditFault(string Where, long? Position, Guid? Event, string What);

/// <summary>The faults found so far: the first ones kept, all counted.</summary>
public sealed class AuditFaults(int kept)
{
    private readonly List<AuditFault> _kept = [];

    public IReadOnlyList<AuditFault> Kept => _kept;

    public long Count { get; private set; }

    public bool Any => Count > 0;

    public void Add(string where, string what, long? position = null, Guid? @event = null)
    {
        Count++;
        if (_kept.Count < kept) _kept.Add(new(where, position, @event, what));
    }
}

/// <summary>The check could not be made; says what to do next. It is no finding about the log.</summary>
public sealed class CannotAuditException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>How far a long check is.</summary>
public readonly record struct AuditStep(long Done, long Total);
