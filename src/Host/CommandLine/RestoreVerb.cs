using System.CommandLine;
using ClusterNet.Backups;
using ClusterNet.EventStore;
using ClusterNet.Host.Composition;
using ClusterNet.Privacy;

namespace ClusterNet.Host.CommandLine;

/// <summary><c>restore --keys --from</c>, then <c>restore --from</c>: a backup into a new installation, erasures repeated, read tables rebuilt.</summary>
internal static class RestoreVerb
{
    private const int LogRolledBack = 3;

    public static Command Command(string[] args)
    {
        var from = new Option<string>("--from") { Description = "The backup's file", Required = true };
        var keys = new Option<bool>("--keys") { Description = "It is the key database's; restore it first" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("restore", "Put a backup into a new, empty installation; exit 3 when the log is older than what was signed") { from, keys, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) => parsed.GetValue(keys)
            ? Keys(BackupVerb.Settings(args), parsed.GetRequiredValue(from), parsed.GetValue(json), ct)
            : Events(BackupVerb.Settings(args), parsed.GetRequiredValue(from), parsed.GetValue(json), ct));
        return command;
    }

    private static async Task<int> Keys(string[] args, string path, bool json, CancellationToken ct)
    {
        await using var backbone = await Backbone.OpenWithoutKeys(HostSettings.From(WebHost.Builder(args).Configuration), Say, ct);
        BackupVerb.Print(await Restore.Keys(path, backbone.Keys, backbone.Vault, ct), path, json, "Restored");
        return 0;
    }

    private static async Task<int> Events(string[] args, string path, bool json, CancellationToken ct)
    {
        // Before anything is made or written.
        using (await ArchiveReader.Open(path, ct))
        {
            await using var offline = await Offline.OpenAsIs(args, ct);
            return await Events(offline.Services, path, json, Say, ct);
        }
    }

    /// <returns>0, or <see cref="LogRolledBack"/> when more was signed than the backup has.</returns>
    public static async Task<int> Events(IServiceProvider services, string path, bool json, Action<string> say, CancellationToken ct)
    {
        await services.GetRequiredService<Installation>().Apply(ct);
        var manifest = await services.GetRequiredService<Restore>().Events(path, ct);
        await services.Fill(say, ct);
        BackupVerb.Print(manifest, path, json, "Restored");
        if (await services.GetRequiredService<Restore>().LostKeys(ct) is > 0 and var lost)
            say($"{lost} data keys are not in the key database, whose backup is older than these events: what they protected is lost.");
        var erasures = services.GetRequiredService<RepeatedErasures>();
        if (erasures.MirroredSize() is not { } signed || await erasures.LogSize(ct) is var size && size >= signed) return 0;
        say($"The restored log has {size} entries, but a checkpoint of {signed} was signed: {signed - size} entries are lost. " +
            "This cannot be repaired in silence: no Host signs this log again.");
        return LogRolledBack;
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
