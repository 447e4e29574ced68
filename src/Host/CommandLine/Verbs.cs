using System.CommandLine;
using ClusterNet.Host.Composition;
using ClusterNet.Postgres;
using ClusterNet.Privacy;

namespace ClusterNet.Host.CommandLine;

/// <summary>The command line: serving is the default, verbs do single jobs.</summary>
internal static class Verbs
{
    public static async Task<int> Run(string[] args)
    {
        try
        {
            return await Root(args).Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is PostgresUnavailableException or KeyMissingException or SettingsException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private static RootCommand Root(string[] args)
    {
        var demo = new Option<bool>("--demo") { Description = "Import the demo cluster, play its story, and keep serving (loopback only)" };
        var root = new RootCommand("ClusterNet: a learning network for clusters of small firms, with a history that can be proved.")
        {
            demo, DemoVerb.Command(), ReplayVerb.Command(args), SkillsVerb.Command(args),
        };
        // --urls, --environment and the like go to the web host's configuration.
        root.TreatUnmatchedTokensAsErrors = false;
        // The configuration reads names and values in pairs, so the lone switch must not reach it.
        root.SetAction((parsed, ct) => Serve.Run([.. args.Where(a => a != "--demo")], parsed.GetValue(demo), ct));
        return root;
    }
}
