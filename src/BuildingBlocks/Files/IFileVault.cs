namespace ClusterNet.Files;

/// <summary>
/// Where files of people lie: sealed, each under a key of its own, named by the hash of what lies there. The key belongs into the envelope of the person whose
/// file it is (<see cref="Privacy.Personal{T}"/>), so that an erasure reaches the file in every copy of it. S3 can stand behind this port.
/// </summary>
public interface IFileVault
{
    /// <summary>Takes a file in, scanned by the configured command.</summary>
    /// <param name="max">How many bytes it may have.</param>
    /// <returns>The file, or why it was not taken; nothing of it is left then.</returns>
    Task<TakenFile> Take(Stream content, long max, CancellationToken ct);

    /// <summary>A stream that can be read from anywhere; null when the file is gone.</summary>
    /// <param name="address">A <see cref="StoredFile.Address"/>.</param>
    Stream? Open(string address, byte[] key);

    /// <summary>Deletes a file for good.</summary>
    /// <returns>Whether it was there.</returns>
    bool Delete(string address);

    /// <summary>Addresses of all files that have lain there since before the given instant.</summary>
    IEnumerable<string> Held(DateTimeOffset before);

    /// <summary>Deletes what is left of files that began to come in before the given instant and never came whole.</summary>
    void DeleteDrafts(DateTimeOffset before);
}

/// <summary>A file in the vault.</summary>
/// <param name="Address">SHA-256 of what lies in the vault, in lower-case hexadecimal digits: it says nothing of the content.</param>
/// <param name="Key">Opens this file and no other. A secret.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Type">What the content is, told by itself.</param>
public sealed record StoredFile(string Address, byte[] Key, long Length, string Hash, FileType Type);

/// <summary>What became of a file that was handed in: one of the two.</summary>
public sealed record TakenFile(StoredFile? File, FileFault? Fault);

/// <summary>Why a file was not taken.</summary>
public enum FileFault
{
    /// <summary>It has more bytes than are taken.</summary>
    TooLarge,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>By its content it is none of <see cref="FileTypes.All"/>.</summary>
    UnknownType,

    /// <summary>It says that it unpacks to far more than it holds.</summary>
    Bomb,

    /// <summary>The scan found something harmful.</summary>
    Harmful,

    /// <summary>The scan could not be run; nothing is taken without it.</summary>
    NotScanned,
}
