using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Auditing;
using ClusterNet.Tlog;
using Microsoft.AspNetCore.Connections;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary><c>audit witness</c>: a member firm cosigns the log, so that not even the operator can rewrite it unseen.</summary>
internal static class WitnessVerb
{
    private const string DefaultAddress = "http://127.0.0.1:9381";

    public static Command Command()
    {
        var key = new Option<string>("--key") { Description = "File with the witness' private key; made on first use, readable for you only", Required = true };
        var state = new Option<string>("--state") { Description = "File with what was cosigned; made on first use, never to be lost, copied back or shared", Required = true };
        var policy = AuditOptions.Policy();
        var logs = new Option<string[]>("--log") { Description = "Key of a log to cosign: name+id+base64; repeat it for several", AllowMultipleArgumentsPerToken = true };
        var listen = new Option<string>("--listen") { Description = "Where to take checkpoints", DefaultValueFactory = _ => DefaultAddress };
        var name = new Option<string?>("--name") { Description = "The witness' name in its key, for first use, such as witness.example.org" };
        var json = AuditOptions.Json();
        var command = new Command("witness", "Cosign a log's checkpoints, one after the other, and refuse one that does not continue the last (C2SP tlog-witness)")
        {
            key, state, policy, logs, listen, name, json,
        };
        command.SetAction((parsed, ct) =>
        {
            var output = new AuditOutput("witness", parsed.GetValue(json));
            return output.Run(() => Run(
                parsed.GetRequiredValue(key), parsed.GetRequiredValue(state), Keys(parsed.GetValue(policy), parsed.GetValue(logs) ?? []),
                parsed.GetRequiredValue(listen), parsed.GetValue(name), parsed.GetValue(json), ct));
        });
        return command;
    }

    private static List<NoteVerifier> Keys(string? policy, string[] logs)
    {
        var keys = policy is null ? [] : LogPolicy.Parse(AuditOptions.Text("--policy", policy)).Logs.Select(l => l.Key).ToList();
        foreach (var text in logs)
            keys.Add(NoteVerifier.Parse(text) is { Type: SignatureType.Ed25519 } key ? key : throw new CannotAuditException($"--log is \"{text}\"; it takes a log's key: name+id+base64."));
        return keys.Count > 0 ? keys : throw new CannotAuditException("Say which logs to cosign: --log with a log's key, or --policy with a file that names it. An installation shows its own at /log/policy.");
    }

    private static async Task<int> Run(string keyFile, string stateFile, List<NoteVerifier> logs, string listen, string? name, bool json, CancellationToken ct)
    {
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) throw new CannotAuditException($"--listen is \"{listen}\"; it takes an address such as {DefaultAddress}.");
        var (state, signer) = WitnessMemory.Open(stateFile, keyFile, name ?? $"{Environment.MachineName.ToLowerInvariant()}/witness");
        using var held = state;
        await using var app = WitnessServer.Build(new(signer, logs, state, TimeProvider.System), listen);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new CannotAuditException($"{listen} is in use. Stop what listens there, or name another address with --listen.", e);
        }

        Tell(signer.Verifier, app.Urls.First(), logs, json);
        await app.WaitForShutdownAsync(ct);
        return AuditOutput.Well;
    }

    private static void Tell(NoteVerifier key, string url, List<NoteVerifier> logs, bool json)
    {
        var line = $"witness {key.Name} {key} {url}";
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["verb"] = "witness",
                ["result"] = "listening",
                ["vkey"] = key.ToString(),
                ["url"] = url,
                ["policyLine"] = line,
                ["logs"] = new JsonArray([.. logs.Select(l => (JsonNode)l.ToString())]),
            }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
            return;
        }

        Console.WriteLine($"""
            Key      {key}
            Policy   {line}
                     (give this line to the log's operator, with the address under which the log reaches you)
            Cosigns  {string.Join($"{Environment.NewLine}         ", logs.Select(l => l.Name))}
            Witness listens on {url}; press Ctrl+C to stop.
            """);
    }
}
