using System.CommandLine;
using System.CommandLine.Invocation;
using ClusterNet.Backups;
using ClusterNet.Credentials;
using ClusterNet.Host.CommandLine.Audit;
using ClusterNet.Host.Composition;
using ClusterNet.Ledger;
using ClusterNet.Postgres;
using ClusterNet.Privacy;
using Microsoft.AspNetCore.Connections;

namespace ClusterNet.Host.CommandLine;

/// <summary>The command line: serving is the default, verbs do single jobs.</summary>
internal static class Verbs
{
    public static async Task<int> Run(string[] args)
    {
        try
        {
            var parsed = Root(args).Parse(args);
            if (Misunderstood(parsed.UnmatchedTokens) is { } fault) throw new SettingsException([fault]);
            if (parsed.Action is ParseErrorAction misread) misread.ShowHelp = false;
            var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
            return parsed.Action is ParseErrorAction ? 2 : code;
        }
        catch (Exception e) when (IsExplained(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (Exception e) when (e is IOException { InnerException: AddressInUseException } or FormatException)
        {
            await Console.Error.WriteLineAsync($"{e.Message.TrimEnd('.')}. Stop what listens there, or name another address: --urls http://127.0.0.1:9000");
            return 2;
        }
    }

    /// <summary>Faults whose message says all that the caller needs.</summary>
    public static bool IsExplained(Exception e) => e is PostgresUnavailableException or KeyMissingException or SettingsException
        or ErasureJournalException or ArchiveException or LogKeyException or LogRolledBackException or LogDamagedException or CredentialKeyException;

    /// <summary>What no verb knows goes to the configuration, but only if it looks like a setting: a typing error must not do something else.</summary>
    private static string? Misunderstood(IReadOnlyList<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var name = tokens[i].Split('=')[0];
            var setting = name is "--urls" or "--environment" or "--contentRoot" || (name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal));
            if (!setting) return $"\"{tokens[i]}\" is no verb, option or setting. --help lists them; settings look like --urls or --ClusterNet:DataDirectory.";
            if (!tokens[i].Contains('=', StringComparison.Ordinal)) i++;
        }

        return null;
    }

    private static RootCommand Root(string[] args)
    {
        var demo = new Option<bool>("--demo") { Description = "Import the demo cluster, play its story, and keep serving (loopback only)" };
        var root = new RootCommand("ClusterNet: a learning network for clusters of small firms, with a history that can be proved.")
        {
            demo, DemoVerb.Command(), ReplayVerb.Command(), SkillsVerb.Command(args), KeysVerb.Command(args), AuditVerb.Command(),
            BackupVerb.Command(args), RestoreVerb.Command(args),
        };
        // --urls, --environment and the like go to the web host's configuration.
        root.TreatUnmatchedTokensAsErrors = false;
        // The configuration reads names and values in pairs, so the lone switch must not reach it.
        root.SetAction((parsed, ct) => Serve.Run([.. args.Where(a => a != "--demo")], parsed.GetValue(demo), ct));
        return root;
    }
}
