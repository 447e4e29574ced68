using System.CommandLine;
using ClusterNet.Host.Composition;
using ClusterNet.Host.Demo;

namespace ClusterNet.Host.CommandLine;

/// <summary><c>demo --url</c> plays the demo cluster's story against a running installation.</summary>
internal static class DemoVerb
{
    public static Command Command()
    {
        var url = new Option<string>("--url") { Description = "Address of the running installation, such as http://127.0.0.1:8080", Required = true };
        var code = new Option<string?>("--code") { Description = "The code that a new installation printed at its start" };
        var file = new Option<string>("--state")
        {
            Description = "File in which the story keeps its ids and tokens",
            DefaultValueFactory = _ => "clusternet-demo.json",
        };
        var command = new Command("demo", "Play the demo cluster's story through the HTTP API of a running installation") { url, code, file };
        command.SetAction(parsed => Run(Address(parsed.GetRequiredValue(url)), parsed.GetValue(code), parsed.GetRequiredValue(file)));
        return command;
    }

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme.StartsWith("http", StringComparison.Ordinal)
        ? url
        : throw new SettingsException([$"--url takes an address such as {WebHost.DefaultUrl}."]);

    /// <summary>Plays the story unless the state file says that it was played, then tells how to go on.</summary>
    public static async Task<int> Run(Uri url, string? code, string file)
    {
        var state = new DemoState(file);
        using var api = new DemoApi(url);
        try
        {
            if (!state.Finished)
            {
                Console.WriteLine($"Playing the demo cluster's story through {url}");
                await new DemoStory(api, state, Console.Out).Play(code);
            }
        }
        catch (Exception e) when (e is DemoFailedException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"The story stopped: {e.Message}{Environment.NewLine}Start it again to go on from here; what it did is in {file}.");
            return 1;
        }

        Tell(url, state, file);
        return 0;
    }

    /// <summary>What a verb must be told to find this installation's data.</summary>
    private static string Settings(string file) => Path.GetFileName(file) == Serve.DemoFile
        ? $"ClusterNet__DataDirectory={Path.GetDirectoryName(Path.GetFullPath(file))} "
        : "";

    private static void Tell(Uri url, DemoState state, string file)
    {
        var root = url.ToString().TrimEnd('/');
        Console.WriteLine($"""

            The demo cluster is there. Its people and tokens are in {file}.
            Start page        {root}/
            Sign in           {root}/sign-in, password: {state["password"]}
                              {string.Join(", ", state.Addresses)}, {DemoCast.OperatorEmail}
            API description   {root}/api
            Credential        {root}/verify?number={state["number"]}
            History           {root}/audit

            Repeat the audit:
              TOKEN={state["token of auditor"]}
              curl {root}/api/v1/accreditation/credentials/{state["number"]}
              curl -H "Authorization: Bearer $TOKEN" {root}/api/v1/accreditation/applications/{state["application"]}/events
              curl -H "Authorization: Bearer $TOKEN" "{root}/api/v1/accreditation/applications/{state["application"]}?asOfVersion=2"
              curl -H "Authorization: Bearer $TOKEN" "{root}/api/v1/accreditation/applications/{state["application"]}?asOf={DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}"
              {Settings(file)}ops/run replay --verify

            Check the history itself:
              ops/run audit fsck --url {root}
              ops/run audit consistency --url {root} --state last-checkpoint
              {Settings(file)}ops/run audit fsck
            """);
    }
}
