using System.Security.Cryptography;

namespace ClusterNet.Files;

/// <summary>The vault in a folder: two letters of the address make a folder, so that none gets too large.</summary>
internal sealed class FileVault(VaultFolder folder, FileScan scan) : IFileVault
{
    private const string DraftEnding = ".draft";

    public async Task<TakenFile> Take(Stream content, long max, CancellationToken ct)
    {
        WholeFile.CreateFolder(folder.Path);
        var head = new byte[PhotoMetadata.HeadLength];
        var begun = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (PhotoMetadata.Knows(head))
        {
            var photo = new MemoryStream();
            await photo.WriteAsync(head.AsMemory(0, begun), ct);
            if (!await Copy(content, photo, max, ct)) return new(null, FileFault.TooLarge);
            content = new MemoryStream(PhotoMetadata.Without(photo.ToArray()));
            begun = 0;
        }

        var (key, draft) = (RandomNumberGenerator.GetBytes(SealedFile.KeyLength), Path.Combine(folder.Path, $"{Guid.NewGuid():n}{DraftEnding}"));
        try
        {
            (long Length, string Hash)? held;
            await using (var target = WholeFile.New(draft, FileOptions.Asynchronous))
            {
                held = await SealedFile.Seal(head.AsMemory(0, begun), content, target, key, max, ct);
                target.Flush(flushToDisk: true);
            }

            if (held is not var (length, hash)) return new(null, FileFault.TooLarge);
            await using (var plain = new SealedStream(File.OpenRead(draft), key))
            {
                var (type, fault) = FileTypes.Tell(plain);
                if (type is null) return new(null, fault);
                if (await scan.Scan(plain, ct) is { } harm) return new(null, harm);
                var address = await AddressOf(draft, ct);
                WholeFile.CreateFolder(Path.GetDirectoryName(PathOf(address))!); // within the vault
                File.Move(draft, PathOf(address));
                return new(new(address, key, length, hash, type), null);
            }
        }
        finally
        {
            File.Delete(draft);
        }
    }

    public Stream? Open(string address, byte[] key) => File.Exists(PathOf(address)) ? new SealedStream(File.OpenRead(PathOf(address)), key) : null;

    public bool Delete(string address)
    {
        var there = File.Exists(PathOf(address));
        if (there) File.Delete(PathOf(address));
        return there;
    }

    public IEnumerable<string> Held(DateTimeOffset before) => !Directory.Exists(folder.Path)
        ? []
        : Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => IsAddress(Path.GetFileName(f)) && IsOlder(f, before)).Select(f => Path.GetFileName(f));

    public void DeleteDrafts(DateTimeOffset before)
    {
        if (!Directory.Exists(folder.Path)) return;
        foreach (var draft in Directory.EnumerateFiles(folder.Path, $"*{DraftEnding}").Where(f => IsOlder(f, before))) File.Delete(draft);
    }

    private static bool IsOlder(string path, DateTimeOffset before) => File.GetLastWriteTimeUtc(path) < before.UtcDateTime;

    private static bool IsAddress(string name) => name.Length == SHA256.HashSizeInBytes * 2 && name.All(char.IsAsciiHexDigitLower);

    private static async Task<bool> Copy(Stream content, MemoryStream target, long max, CancellationToken ct)
    {
        var buffer = new byte[SealedFile.Chunk];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (target.Length + read > max) return false;
            target.Write(buffer, 0, read);
        }

        return true;
    }

    private string PathOf(string address) => IsAddress(address)
        ? Path.Combine(folder.Path, address[..2], address)
        : throw new ArgumentException("This is no address of the vault.", nameof(address));

    private static async Task<string> AddressOf(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }
}

/// <summary>The folder of the vault.</summary>
public sealed record VaultFolder(string Path);
