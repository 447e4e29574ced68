using System.CommandLine;
using System.Text.Json;
using ClusterNet.Backups;
using ClusterNet.Host.Composition;

namespace ClusterNet.Host.CommandLine;

/// <summary><c>backup --to</c> copies the installation into a file, <c>backup --keys --to</c> its data keys into another; <c>backup --check</c> reads one through.</summary>
internal static class BackupVerb
{
    public static Command Command(string[] args)
    {
        var to = new Option<string?>("--to") { Description = "The file to write; it must not be there yet" };
        var check = new Option<string?>("--check") { Description = "A backup to read through: exit 2 if any part of it is not as it was written" };
        var keys = new Option<bool>("--keys") { Description = "The key database instead of the events. Keep the two files apart" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("backup", "Copy the installation into one file while Hosts go on; read tables are left out") { to, check, keys, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) => (parsed.GetValue(to), parsed.GetValue(check)) switch
        {
            ({ } path, null) => Take(Settings(args), path, parsed.GetValue(keys), parsed.GetValue(json), ct),
            (null, { } path) => Check(path, parsed.GetValue(json), ct),
            _ => throw new SettingsException(["backup takes --to FILE or --check FILE."]),
        });
        return command;
    }

    /// <summary>The configuration reads names and values in pairs, so lone switches must not reach it.</summary>
    internal static string[] Settings(string[] args) => [.. args.Where(a => a is not ("--keys" or "--json"))];

    private static async Task<int> Take(string[] args, string path, bool keys, bool json, CancellationToken ct)
    {
        await using var offline = await Offline.OpenAsIs(args, ct);
        var backup = offline.Services.GetRequiredService<Backup>();
        Print(keys ? await backup.TakeKeys(path, ct) : await backup.Take(path, ct), path, json, "Written");
        return 0;
    }

    private static async Task<int> Check(string path, bool json, CancellationToken ct)
    {
        using var archive = await ArchiveReader.Open(path, ct);
        Print(archive.Manifest, path, json, "Whole");
        return 0;
    }

    internal static void Print(Manifest manifest, string path, bool json, string what)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { file = Path.GetFullPath(path), manifest }, JsonSerializerOptions.Web));
            return;
        }

        var log = manifest.LogSize is { } size ? $", a log of {size} entries" : "";
        Console.WriteLine(
            $"{what}: {path}, {manifest.Kind} of {manifest.TakenAt:yyyy-MM-dd HH:mm}Z by version {manifest.Program}: " +
            $"{manifest.Tables.Count} tables, {manifest.Rows} rows{log}.");
    }
}
