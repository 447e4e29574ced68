using System.Globalization;
using ClusterNet.Files;
using ClusterNet.Ledger;
using ClusterNet.Privacy;

namespace ClusterNet.Backups;

/// <summary>One backup of the wrapped data keys in the mirror directory, as they were when the present epoch began.</summary>
public sealed class KeyCopies(KeyDatabase keys, MirrorDirectory mirror, TimeProvider clock) : IKeyCopies
{
    private const string Pattern = "keys-epoch-*.zip";

    public async Task Take(EpochName current, CancellationToken ct)
    {
        WholeFile.CreateFolder(mirror.Path);
        var file = Path.Combine(mirror.Path, Pattern.Replace("*", current.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var fresh = $"{file}.{Guid.NewGuid():n}";
        await Backup.TakeKeys(keys, clock, fresh, ct);
        File.Move(fresh, file, overwrite: true);
        WholeFile.Flush(mirror.Path);
        // No key directory opens the older ones any more.
        foreach (var older in Directory.EnumerateFiles(mirror.Path, Pattern).Where(f => f != file)) File.Delete(older);
    }
}
