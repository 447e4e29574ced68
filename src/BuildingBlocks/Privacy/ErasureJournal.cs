using System.Text;
using System.Text.Json;
using ClusterNet.Files;
using ClusterNet.Ledger;

namespace ClusterNet.Privacy;

/// <summary>One erasure: the event that ordered it, whose keys, of which classes.</summary>
public sealed record ErasureEntry(Guid EventId, Guid Subject, IReadOnlyList<string> Classes, DateTimeOffset At);

/// <summary>
/// All erasures, in a file of the mirror directory, one JSON object per line. The databases may be restored from before an erasure; this is not,
/// so every start and every restore destroys those keys again.
/// </summary>
public sealed class ErasureJournal(MirrorDirectory mirror)
{
    private const string FileName = "erasures";
    private const int Attempts = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public string File => Path.Combine(mirror.Path, FileName);

    public bool Exists => System.IO.File.Exists(File);

    /// <summary>An empty journal: that it is missing later then means that it was lost.</summary>
    public void Create()
    {
        WholeFile.CreateFolder(mirror.Path);
        WholeFile.Create(File, "");
    }

    /// <summary>Writes an entry to the disk; one whose event is there already adds nothing.</summary>
    public async Task Append(ErasureEntry entry, CancellationToken ct)
    {
        WholeFile.CreateFolder(mirror.Path);
        await using var stream = await OpenAlone(ct);
        var (entries, end) = Parse(await Content(stream, ct));
        if (entries.Any(e => e.EventId == entry.EventId)) return;
        // What follows the last whole line was never confirmed to anybody.
        stream.SetLength(end);
        stream.Position = end;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry, JsonSerializerOptions.Web) + "\n"), ct);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>All entries, oldest first. A last line that was not written to its end is not one yet.</summary>
    /// <exception cref="ErasureJournalException">The file cannot be read, or a line in it is no entry.</exception>
    public IReadOnlyList<ErasureEntry> Read()
    {
        try
        {
            using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return Parse(content.ToArray()).Entries;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErasureJournalException($"The journal of erasures, {File}, cannot be read: {e.Message}");
        }
    }

    /// <summary>Another Host may be writing an entry just now.</summary>
    private async Task<FileStream> OpenAlone(CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(File, options);
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(Pause, ct);
            }
        }
    }

    private static async Task<byte[]> Content(FileStream stream, CancellationToken ct)
    {
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, ct);
        return content;
    }

    /// <returns>The entries, and where the last whole line ends.</returns>
    private (List<ErasureEntry> Entries, int End) Parse(byte[] content)
    {
        var (entries, start) = (new List<ErasureEntry>(), 0);
        while (content.AsSpan(start).IndexOf((byte)'\n') is var length and >= 0)
        {
            entries.Add(Entry(content.AsSpan(start, length))
                ?? throw new ErasureJournalException($"Line {entries.Count + 1} of the journal of erasures, {File}, is no entry. Put the whole file back from a copy."));
            start += length + 1;
        }

        return (entries, start);
    }

    private static ErasureEntry? Entry(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<ErasureEntry>(line, JsonSerializerOptions.Web) is { Classes: not null } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The journal of erasures cannot be had: without it a restore could bring an erased subject's data back.</summary>
public sealed class ErasureJournalException(string message) : Exception(message)
{
    internal static ErasureJournalException Missing(string file, string because) => new(
        $"The journal of erasures, {file}, is missing, though {because}. Put the mirror directory of this installation back (or set ClusterNet__MirrorDirectory to it). " +
        "If it is lost for good, make an empty file of that name: erasures since the backup are then not repeated, which your data protection officer has to know.");
}
