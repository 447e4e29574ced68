namespace ClusterNet.Privacy;

/// <summary>Which key-encryption key: that of one epoch, told from others by its fingerprint (SHA-256 in hex).</summary>
public sealed record EpochName(int Number, string Fingerprint);

/// <summary>Where the key-encryption keys of the epochs are kept: outside PostgreSQL, shared by all Hosts. Today a directory; a vault fits as well.</summary>
public interface IKeyVault
{
    /// <summary>A new key, kept for good when this returns.</summary>
    Task<EpochName> Make(int number, CancellationToken ct);

    /// <summary>The key itself, which the caller disposes of; null when it is not there or is another one than <paramref name="epoch"/> says.</summary>
    Task<KeyEncryptionKey?> Open(EpochName epoch, CancellationToken ct);

    /// <summary>Makes the key unreadable for good. Not there any more is as good.</summary>
    Task Destroy(EpochName epoch, CancellationToken ct);

    /// <summary>Where an operator has to look for it.</summary>
    string PlaceOf(EpochName epoch);

    /// <summary>The highest epoch that has a key here, registered or not; 0 without any.</summary>
    int Highest();
}
