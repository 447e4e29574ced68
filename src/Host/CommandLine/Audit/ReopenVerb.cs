using System.CommandLine;
using ClusterNet.Auditing;
using ClusterNet.Host.Composition;
using ClusterNet.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using ClusterNet.Tlog;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary><c>audit reopen</c>: after a rollback that no newer backup can undo, the log goes on under a new name that tells the old one.</summary>
internal static class ReopenVerb
{
    private const string Meaning = """
        This starts a new log, with a new name and a new key, over the events that the database holds now.
          - Everything that was signed after the backup is lost; nobody can sign it again. Its last checkpoint stays beside the new one as evidence.
          - Witnesses, auditors and holders of credentials see the new name: proofs under the old name stay valid, new ones verify with the new key.
          - Auditors' checks of the old name fail from now on, as they must: tell them what happened and give them the new policy (/log/policy).
        Do it only when no newer backup can be had, and stop all Hosts first.
        """;

    public static Command Command()
    {
        var origin = new Option<string?>("--origin") { Description = "The new log's name; by default the old one with a number" };
        var yes = new Option<bool>("--yes") { Description = "Do it" };
        var json = AuditOptions.Json();
        var command = new Command("reopen", "After a rollback of the database: go on with a new log that names the old one") { origin, yes, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) =>
        {
            var output = new AuditOutput("reopen", parsed.GetValue(json));
            return output.Run(() => Run(output, AuditOptions.Settings(parsed), parsed.GetValue(origin), parsed.GetValue(yes), ct));
        });
        return command;
    }

    private static async Task<int> Run(AuditOutput output, IConfiguration configuration, string? origin, bool yes, CancellationToken ct)
    {
        if (origin is not null && !NoteVerifier.IsName(origin)) throw new CannotAuditException($"--origin is \"{origin}\"; it takes a name without spaces and plus signs, such as example.org/log-2.");
        var settings = HostSettings.From(configuration);
        await using var backbone = await Backbone.Open(settings, AuditOutput.Note, ct);
        var mirror = new LogMirror(backbone.Mirror);
        using var log = new SignedLog(backbone.Database, backbone.Log, mirror, TimeProvider.System, NullLogger<SignedLog>.Instance);
        AuditOutput.Note(Meaning);
        AuditOutput.Note(await Standing(log, ct));
        if (!yes) throw new CannotAuditException("Nothing was changed. Say it again with --yes to do it.");
        var last = File.Exists(mirror.File) ? await File.ReadAllTextAsync(mirror.File, ct) : null;
        var opened = await log.Reopen(origin, ct);
        output.With("origin", opened.Verifier.Name).With("vkey", opened.Verifier.ToString()).With("number", opened.Number).With("follows", last);
        if (last is not null) AuditOutput.Note($"The old log's last checkpoint, which the new log names (kept in {mirror.File}.{opened.Number - 1}):{Environment.NewLine}{last}");
        return output.End($"{opened.Verifier} is the log now. Remove ClusterNet__LogOrigin or set it to {opened.Verifier.Name}, start the Hosts, and hand out the new /log/policy.");
    }

    private static async Task<string> Standing(SignedLog log, CancellationToken ct)
    {
        try
        {
            var open = await log.Open(ct);
            return $"By its second copy the log {open.Verifier.Name} is in order. Go on only if a witness or an auditor has signed evidence of the contrary.";
        }
        catch (LogRolledBackException e)
        {
            return e.Message;
        }
    }
}
