using System.Globalization;
using System.Security.Cryptography;
using ClusterNet.Files;

namespace ClusterNet.Privacy;

/// <summary>The directory of secrets that all Hosts of one installation share: one file per epoch, readable by the Host's own account only.</summary>
public sealed class KeyDirectory(string path) : IKeyVault
{
    private const string Prefix = "key-encryption-key";
    private const int FingerprintShown = 16;

    /// <remarks>The name holds the fingerprint, so two Hosts that make a key for one epoch never meet in one file.</remarks>
    public Task<EpochName> Make(int number, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetBytes(KeyEncryptionKey.Size);
        var epoch = new EpochName(number, KeyEncryptionKey.FingerprintOf(key));
        WholeFile.CreateFolder(path);
        WholeFile.Create(PlaceOf(epoch), Convert.ToBase64String(key) + "\n");
        CryptographicOperations.ZeroMemory(key);
        return Task.FromResult(epoch);
    }

    /// <remarks>Read each time, never kept: a key that is destroyed or lost is so for every running Host at once.</remarks>
    public async Task<KeyEncryptionKey?> Open(EpochName epoch, CancellationToken ct)
    {
        try
        {
            var text = await File.ReadAllTextAsync(PlaceOf(epoch), ct);
            return KeyEncryptionKey.Parse(text) is { } kek && kek.Fingerprint == epoch.Fingerprint ? kek : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public async Task Destroy(EpochName epoch, CancellationToken ct)
    {
        var file = PlaceOf(epoch);
        if (!File.Exists(file)) return;
        await using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await stream.WriteAsync(RandomNumberGenerator.GetBytes((int)stream.Length), ct);
            stream.Flush(flushToDisk: true);
        }

        File.Delete(file);
        WholeFile.Flush(path);
    }

    public string PlaceOf(EpochName epoch) =>
        Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{epoch.Number}.{epoch.Fingerprint[..FingerprintShown]}"));

    public int Highest() => !Directory.Exists(path) ? 0 : Directory.EnumerateFiles(path, $"{Prefix}.*.*")
        .Select(f => int.TryParse(Path.GetFileName(f).Split('.')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .DefaultIfEmpty(0).Max();
}
