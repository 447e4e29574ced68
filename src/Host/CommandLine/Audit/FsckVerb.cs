using System.CommandLine;
using ClusterNet.Auditing;
using ClusterNet.Host.Composition;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Tlog;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary><c>audit fsck</c>: recomputes the whole log from the stored events; with <c>--url</c>, from what an outsider can read.</summary>
internal static class FsckVerb
{
    public static Command Command()
    {
        var (url, policy, key, json, kept) = (AuditOptions.Url(), AuditOptions.Policy(), AuditOptions.Key(), AuditOptions.Json(), AuditOptions.Faults());
        var command = new Command("fsck", "Recompute the whole log from the stored events and name every fault; with --url, from the public log alone")
        {
            url, policy, key, kept, json,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) =>
        {
            var output = new AuditOutput("fsck", parsed.GetValue(json));
            var faults = new AuditFaults(parsed.GetValue(kept));
            return output.Run(() => parsed.GetValue(url) is { } address
                ? OverHttp(output, faults, AuditOptions.Address(address), AuditOptions.Trusted(parsed.GetValue(policy), parsed.GetValue(key)), ct)
                : OnDatabases(output, faults, AuditOptions.Settings(parsed), ct));
        });
        return command;
    }

    private static async Task<int> OverHttp(AuditOutput output, AuditFaults faults, Uri url, LogPolicy? policy, CancellationToken ct)
    {
        using var log = new RemoteLog(url, TimeProvider.System);
        if (policy is null) AuditOutput.Note("The log's key is trusted on first use, as the log names it; give --policy or --vkey to be sure of whose log it is.");
        var progress = AuditProgress.OnError("entries");
        var checkpoint = await new PublicLogCheck(log, policy, faults, progress).Run(ct);
        progress.End();
        output.With("log", log.Address).With("origin", checkpoint?.Origin).With("size", checkpoint?.Size).With("trustedOnFirstUse", policy is null);
        return output.End(faults, $"{checkpoint?.Origin}: {checkpoint?.Size} entries give all tiles and the signed root.");
    }

    private static async Task<int> OnDatabases(AuditOutput output, AuditFaults faults, IConfiguration configuration, CancellationToken ct)
    {
        var settings = HostSettings.From(configuration);
        if (settings.ConnectionString is null && !Directory.Exists(settings.DataDirectory))
            throw new CannotAuditException($"There is no installation in {settings.DataDirectory}. Set ClusterNet__DataDirectory or ConnectionStrings__ClusterNet, or check a public log with --url.");
        await using var backbone = await Backbone.Open(settings, AuditOutput.Note, ct);
        var progress = AuditProgress.OnError("events");
        var report = await new LogFsck(backbone.Database, backbone.Keys, new LogMirror(backbone.Mirror), new ErasureJournal(backbone.Mirror), faults, progress).Run(ct);
        progress.End();
        output.With("origin", report.Origin).With("events", report.Events).With("checkpoints", report.Checkpoints).With("cosignatures", report.Cosignatures).With("waiting", report.Waiting);
        return output.End(faults, $"{report.Origin}: {report.Events} events, {report.Checkpoints} checkpoints and {report.Cosignatures} cosignatures are as they were sealed and signed.");
    }
}
