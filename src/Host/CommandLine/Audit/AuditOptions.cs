using System.CommandLine;
using System.Globalization;
using ClusterNet.Auditing;
using ClusterNet.Host.Composition;
using ClusterNet.Tlog;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary>Options that several audit verbs take.</summary>
internal static class AuditOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on standard output" };

    public static Option<string?> Url() => new("--url") { Description = "Address of the installation, such as https://learning.example.org" };

    public static Option<string?> Policy() => new("--policy") { Description = "File with the log's key, its witnesses and their quorum (C2SP tlog-policy)" };

    public static Option<string?> Key() => new("--vkey") { Description = "The log's key alone: name+id+base64" };

    public static Option<int> Faults()
    {
        var faults = new Option<int>("--faults") { Description = "How many faults to list, 1 or more", DefaultValueFactory = _ => 100 };
        faults.Validators.Add(result =>
        {
            // What is no number is told by the parser itself.
            if (result.Tokens is [.., var last] && int.TryParse(last.Value, CultureInfo.InvariantCulture, out var count) && count < 1) result.AddError("--faults takes a whole number, 1 or more.");
        });
        return faults;
    }

    public static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new CannotAuditException($"--url is \"{text}\"; it takes an address such as https://learning.example.org.");

    /// <summary>Whom the caller trusts; null when nothing was said of it.</summary>
    public static LogPolicy? Trusted(string? policyFile, string? key) => (policyFile, key) switch
    {
        (null, null) => null,
        ({ } file, null) => LogPolicy.Parse(Text("--policy", file)),
        (null, { } text) => NoteVerifier.Parse(text) is { Type: SignatureType.Ed25519 }
            ? LogPolicy.Parse($"log {text}\nquorum none\n")
            : throw new CannotAuditException("--vkey takes a log's key as its operator hands it out: name+id+base64."),
        _ => throw new CannotAuditException("Give --policy or --vkey, not both: a policy holds the log's key."),
    };

    /// <summary>The installation's settings, from the command line's rest as well. The verb's own options must not reach them: they would be read in pairs.</summary>
    public static IConfiguration Settings(ParseResult parsed) => WebHost.Builder([.. parsed.UnmatchedTokens]).Configuration;

    public static string Text(string option, string file) => File.Exists(file)
        ? File.ReadAllText(file)
        : throw new CannotAuditException($"{option} names {file}, which is not there.");
}
