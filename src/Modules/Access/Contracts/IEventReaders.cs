namespace ClusterNet.Access.Contracts;

/// <summary>A module's rule on who may read the events of its streams in full. What an auditor looks at is recorded there, before it is answered.</summary>
public interface IEventReaders
{
    /// <summary>The module whose events it speaks for.</summary>
    string Module { get; }

    /// <param name="what">For the audit trail: what is about to be read; null when nothing will be shown, and so nothing is recorded.</param>
    /// <returns>Whether the caller may read the stream's events; false also for what the module does not know.</returns>
    Task<bool> MayRead(Guid stream, Caller caller, string? what, CancellationToken ct);
}
