using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClusterNet.Backups;

/// <summary>A backup whose every part was read once and found as it was written.</summary>
public sealed class ArchiveReader : IDisposable
{
    private readonly ZipArchive _zip;

    private ArchiveReader(ZipArchive zip, Manifest manifest) => (_zip, Manifest) = (zip, manifest);

    public Manifest Manifest { get; }

    /// <exception cref="ArchiveException">Names the part that is missing, changed or cut off.</exception>
    public static async Task<ArchiveReader> Open(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new ArchiveException($"There is no file {path}.");
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), ZipArchiveMode.Read);
            var manifest = await ReadManifest(zip, path, ct);
            foreach (var table in manifest.Tables)
                if (await Digest(zip, ArchiveWriter.TableFolder + table.Name, ct) != table.Sha256) throw Changed(path, table.Name);
            return new(zip, manifest);
        }
        catch (InvalidDataException)
        {
            zip?.Dispose();
            throw new ArchiveException($"{path} is cut off, or no backup of ClusterNet. Take an older backup.");
        }
        catch
        {
            zip?.Dispose();
            throw;
        }
    }

    public void Dispose() => _zip.Dispose();

    internal Task<Stream> Rows(ArchivedTable table, CancellationToken ct) =>
        _zip.GetEntry(ArchiveWriter.TableFolder + table.Name)!.OpenAsync(ct); // Open has read it

    private static async Task<Manifest> ReadManifest(ZipArchive zip, string path, CancellationToken ct)
    {
        var json = await Content(zip, ArchiveWriter.ManifestName, ct);
        var digest = await Content(zip, ArchiveWriter.DigestName, ct);
        if (json is null || digest is null) throw new ArchiveException($"{path} is cut off, or no backup of ClusterNet. Take an older backup.");
        if (Convert.ToHexStringLower(SHA256.HashData(json)) != Encoding.ASCII.GetString(digest)) throw Changed(path, ArchiveWriter.ManifestName);
        var manifest = JsonSerializer.Deserialize<Manifest>(json, JsonSerializerOptions.Web)!; // its digest says that we wrote it
        return manifest.Format == Manifest.CurrentFormat
            ? manifest
            : throw new ArchiveException(
                $"{path} has format {manifest.Format}, which this program does not read. It was written by version {manifest.Program}; restore it with that one.");
    }

    private static async Task<byte[]?> Content(ZipArchive zip, string name, CancellationToken ct)
    {
        if (zip.GetEntry(name) is not { } entry) return null;
        await using var stream = await entry.OpenAsync(ct);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, ct);
        return content.ToArray();
    }

    private static async Task<string?> Digest(ZipArchive zip, string name, CancellationToken ct)
    {
        if (zip.GetEntry(name) is not { } entry) return null;
        try
        {
            await using var stream = await entry.OpenAsync(ct);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
        }
        catch (InvalidDataException)
        {
            // Not even its compression holds.
            return null;
        }
    }

    private static ArchiveException Changed(string path, string part) =>
        new($"{path} was changed or damaged: its part {part} is not what was written. Nothing was restored from it; take another backup.");
}
