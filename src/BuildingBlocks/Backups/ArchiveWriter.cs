using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using ClusterNet.Files;

namespace ClusterNet.Backups;

/// <summary>Writes a backup (a zip) under a temporary name; it gets its own when it is whole and on the disk.</summary>
internal sealed class ArchiveWriter : IAsyncDisposable
{
    public const string ManifestName = "manifest.json", DigestName = "manifest.sha256", TableFolder = "tables/";
    private readonly string _path;
    private readonly string _draft;
    private readonly FileStream _file;
    private readonly ZipArchive _zip;

    public ArchiveWriter(string path)
    {
        if (File.Exists(path)) throw new ArchiveException($"{path} is there already. Name another file.");
        (_path, _draft) = (path, $"{path}~{Guid.NewGuid():n}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new(_draft, options);
        _zip = new(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <returns>SHA-256 of the part.</returns>
    public async Task<string> Add(string name, Stream content, CancellationToken ct)
    {
        await using var part = await _zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await part.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The manifest comes last: a backup that was cut off has none.</summary>
    public async Task Complete(Manifest manifest, CancellationToken ct)
    {
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, JsonSerializerOptions.Web));
        var digest = await Add(ManifestName, json, ct);
        using var text = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(digest));
        await Add(DigestName, text, ct);
        await _zip.DisposeAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_draft, _path);
        WholeFile.Flush(WholeFile.FolderOf(_path));
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing of a backup that did not come to its end stays.
        if (File.Exists(_draft))
        {
            await _file.DisposeAsync();
            File.Delete(_draft);
        }
    }
}
