namespace ClusterNet.Privacy;

/// <summary>Proves that the log holds an event; receipts and exports show the proof where the installation can make one.</summary>
public interface IProofOf
{
    /// <returns>The proof as text; null while no signed checkpoint covers the position.</returns>
    Task<string?> Event(long position, CancellationToken ct);
}
