using System.Globalization;
using ClusterNet.Files;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Records;

/// <summary>A file that belongs to a record.</summary>
/// <param name="Address">In the vault; it says nothing of the content.</param>
internal sealed record AttachedFile(string Address, Personal<FileFacts> Facts, DateTimeOffset At);

/// <summary>What is known of a file: with its owner's key gone, so is this, and the file cannot be opened.</summary>
/// <param name="Key">Opens the file; base64.</param>
/// <param name="Hash">SHA-256 of the content, so that a dossier can prove it.</param>
internal sealed record FileFacts(string Name, string MediaType, long Length, string Hash, string Key)
{
    private const int LongestName = 120;

    /// <param name="name">As the sender called it: no path, nothing that a file system or a header takes for something else, and the extension of its type.</param>
    public static FileFacts Of(StoredFile file, string? name)
    {
        var stem = Stem(name);
        return new($"{(stem.Length == 0 ? "file" : stem)}.{file.Type.Extension}", file.Type.MediaType, file.Length, file.Hash, Convert.ToBase64String(file.Key));
    }

    /// <summary>The name alone, without its ending; empty where there is none. Marks that turn the direction of text around would hide what a name ends with.</summary>
    public static string Stem(string? name)
    {
        var given = new string([.. (name ?? "").Split('/', '\\')[^1].Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format).Select(c => char.IsControl(c) || "\"<>|:*?;".Contains(c, StringComparison.Ordinal) ? ' ' : c)]).Trim(' ', '.');
        var stem = Path.GetFileNameWithoutExtension(given);
        return stem.Length > LongestName ? stem[..(char.IsHighSurrogate(stem[LongestName - 1]) ? LongestName - 1 : LongestName)] : stem;
    }
}
