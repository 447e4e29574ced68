namespace ClusterNet.Access.Contracts;

/// <summary>A rule on who may read the events of a module's streams. What an auditor looks at is recorded there, before it is answered.</summary>
public interface IEventReaders
{
    /// <summary>The module whose events it speaks for; a module above may add a rule to that of the module itself.</summary>
    string Module { get; }

    /// <param name="what">For the audit trail: what is about to be read; null when nothing will be shown, and so nothing is recorded.</param>
    /// <returns>Whether the caller may read the stream's events; false also for what the module does not know.</returns>
    Task<bool> MayRead(Guid stream, Caller caller, string? what, CancellationToken ct);

    /// <summary>How much of the stream the caller may read; all of it, unless the module says otherwise.</summary>
    /// <inheritdoc cref="MayRead"/>
    /// <returns>Null when nothing.</returns>
    async Task<OpenedStream?> Open(Guid stream, Caller caller, string? what, CancellationToken ct) =>
        await MayRead(stream, caller, what, ct) ? OpenedStream.Whole : null;
}

/// <summary>What of a stream is open to a reader.</summary>
/// <param name="Until">The last version that is.</param>
/// <param name="Subjects">Whose personal members are; null for everybody's.</param>
public sealed record OpenedStream(long Until, IReadOnlyCollection<Guid>? Subjects)
{
    /// <summary>Everything in it.</summary>
    public static OpenedStream Whole { get; } = new(long.MaxValue, null);

    public bool Opens(Guid subject) => Subjects is null || Subjects.Contains(subject);
}
