using System.CommandLine;
using ClusterNet.Auditing;
using ClusterNet.Host.Composition;
using ClusterNet.Ledger;
using ClusterNet.Tlog;
using Microsoft.Extensions.Logging.Abstractions;

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

    private const string InOrder =
        "Nothing was changed: the log is in order, and a new one would make every auditor's check fail. Only with signed evidence of the contrary, from a witness or an auditor, say --force as well as --yes.";

    public static Command Command()
    {
        var origin = new Option<string?>("--origin") { Description = "The new log's name; by default the old one with a number" };
        var yes = new Option<bool>("--yes") { Description = "Do it" };
        var force = new Option<bool>("--force") { Description = "With --yes: do it though the log is in order" };
        var json = AuditOptions.Json();
        var command = new Command("reopen", "After a rollback of the database: go on with a new log that names the old one") { origin, yes, force, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) =>
        {
            var output = new AuditOutput("reopen", parsed.GetValue(json));
            return output.Run(() => Run(output, AuditOptions.Settings(parsed), parsed.GetValue(origin), parsed.GetValue(yes), parsed.GetValue(force), ct));
        });
        return command;
    }

    private static async Task<int> Run(AuditOutput output, IConfiguration configuration, string? origin, bool yes, bool force, CancellationToken ct)
    {
        if (origin is not null && !NoteVerifier.IsName(origin)) throw new CannotAuditException($"--origin is \"{origin}\"; it takes a name without spaces and plus signs, such as example.org/log-2.");
        var settings = HostSettings.From(configuration);
        await using var backbone = await Backbone.Open(settings, AuditOutput.Note, ct);
        var mirror = new LogMirror(backbone.Mirror);
        using var log = new SignedLog(backbone.Database, backbone.Log, mirror, TimeProvider.System, NullLogger<SignedLog>.Instance);
        var damage = await Damage(log, ct);
        if (damage is null && !force) throw new CannotAuditException(InOrder);
        AuditOutput.Note(Meaning);
        AuditOutput.Note(damage ?? "By its second copy the log is in order; it is given up all the same, since --force was said.");
        if (!yes) throw new CannotAuditException("Nothing was changed. Say it again with --yes to do it.");
        var last = File.Exists(mirror.File) ? await File.ReadAllTextAsync(mirror.File, ct) : null;
        var opened = await log.Reopen(origin, ct);
        output.With("origin", opened.Verifier.Name).With("vkey", opened.Verifier.ToString()).With("number", opened.Number).With("follows", last);
        if (last is not null) AuditOutput.Note($"The old log's last checkpoint, which the new log names (kept in {mirror.File}.{opened.Number - 1}):{Environment.NewLine}{last}");
        return output.End($"{opened.Verifier} is the log now. Remove ClusterNet__LogOrigin or set it to {opened.Verifier.Name}, start the Hosts, and hand out the new /log/policy.");
    }

    /// <returns>How the database was rolled back; null when the log is in order.</returns>
    private static async Task<string?> Damage(SignedLog log, CancellationToken ct)
    {
        try
        {
            await log.Open(ct);
            return null;
        }
        catch (LogRolledBackException e)
        {
            return e.Message;
        }
    }
}
