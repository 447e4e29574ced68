namespace ClusterNet.Privacy;

/// <summary>Copies the key database before an old key-encryption key is destroyed: older copies are worth nothing from then on.</summary>
public interface IKeyCopies
{
    /// <summary>Kept for good when this returns; taking it again replaces it.</summary>
    Task Take(EpochName current, CancellationToken ct);
}
