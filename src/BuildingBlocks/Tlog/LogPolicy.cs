using System.Globalization;

namespace ClusterNet.Tlog;

/// <summary>
/// Which logs and witnesses are trusted, and how many witnesses must have cosigned (C2SP tlog-policy, a draft: read and written here only).
/// </summary>
public sealed class LogPolicy
{
    private readonly Dictionary<string, Func<IReadOnlySet<string>, bool>> _rules = new(StringComparer.Ordinal)
    {
        ["none"] = _ => true,
    };

    private readonly List<(NoteVerifier Key, string? Url)> _logs = [];
    private readonly List<Witness> _witnesses = [];
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);

    private LogPolicy(string text) => Text = text;

    /// <summary>A witness of the policy.</summary>
    /// <param name="Name">Its name within the policy.</param>
    /// <param name="Url">Where it takes checkpoints; null when it is not asked.</param>
    public sealed record Witness(string Name, NoteVerifier Key, string? Url);

    public string Text { get; }

    public IReadOnlyList<(NoteVerifier Key, string? Url)> Logs => _logs;

    public IReadOnlyList<Witness> Witnesses => _witnesses;

    public string Quorum { get; private set; } = "";

    /// <exception cref="FormatException">Names the line and what it should be.</exception>
    public static LogPolicy Parse(string text)
    {
        var policy = new LogPolicy(text);
        foreach (var (i, line) in text.Split('\n').Index())
        {
            if (line.Any(c => (c < ' ' && c != '\t') || c == '\u007f')) throw new FormatException($"Line {i + 1} of the policy holds a control character.");
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#')) continue;
            if (policy.Read(words) is { } fault) throw new FormatException($"Line {i + 1} of the policy: {fault}");
        }

        return policy.Quorum.Length > 0 ? policy : throw new FormatException("The policy has no quorum line; \"quorum none\" asks for no cosignatures.");
    }

    /// <summary>Whether these witnesses together suffice.</summary>
    public bool IsMetBy(IReadOnlySet<string> names) => _rules[Quorum](names);

    /// <summary>Whether a signed checkpoint is one of a trusted log, with enough cosignatures.</summary>
    /// <returns>null when it is; else what is wrong.</returns>
    public string? FaultOf(SignedNote checkpoint)
    {
        var origin = Checkpoint.Parse(checkpoint.Text)?.Origin;
        if (!_logs.Any(l => l.Key.Name == origin && checkpoint.IsSignedBy(l.Key)))
            return $"The checkpoint of {origin ?? "no log"} is not signed by a log of the policy.";
        return IsMetBy(CosignedBy(checkpoint)) ? null : $"The quorum {Quorum} is not met: cosigned by {Listed(CosignedBy(checkpoint))}.";
    }

    /// <summary>The names of the policy's witnesses whose cosignatures are valid.</summary>
    public IReadOnlySet<string> CosignedBy(SignedNote checkpoint) =>
        _witnesses.Where(w => checkpoint.IsSignedBy(w.Key)).Select(w => w.Name).ToHashSet(StringComparer.Ordinal);

    private static string Listed(IReadOnlySet<string> names) => names.Count == 0 ? "nobody" : string.Join(", ", names.Order(StringComparer.Ordinal));

    private string? Read(string[] words) => words switch
    {
        ["log", var key] => ReadLog(key, null),
        ["log", var key, var url] => ReadLog(key, url),
        ["witness", var name, var key] => ReadWitness(name, key, null),
        ["witness", var name, var key, var url] => ReadWitness(name, key, url),
        ["group", var name, var count, .. var members] => ReadGroup(name, count, members),
        ["quorum", var name] => ReadQuorum(name),
        _ => "it is none of log, witness, group and quorum with their words.",
    };

    private string? ReadLog(string text, string? url)
    {
        if (NoteVerifier.Parse(text) is not { Type: SignatureType.Ed25519 } key) return "the log's key is no Ed25519 key of a log (name+id+base64).";
        if (_logs.Any(l => l.Key.PublicKey.AsSpan().SequenceEqual(key.PublicKey))) return "this log's key was given before.";
        _logs.Add((key, url));
        return null;
    }

    private string? ReadWitness(string name, string text, string? url)
    {
        if (NoteVerifier.Parse(text) is not { Type: SignatureType.Cosignature } key) return "the witness' key is no cosignature key (name+id+base64).";
        if (_witnesses.Any(w => w.Key.PublicKey.AsSpan().SequenceEqual(key.PublicKey))) return "this witness' key was given before.";
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")) return "the witness' address is no http or https URL.";
        if (!_rules.TryAdd(name, names => names.Contains(name))) return $"the name {name} is taken.";
        _witnesses.Add(new(name, key, url?.TrimEnd('/')));
        return null;
    }

    private string? ReadGroup(string name, string count, string[] members)
    {
        var needed = count switch
        {
            "all" => members.Length,
            "any" => 1,
            _ => Checkpoint.ParseSize(count) is { } n ? (int)Math.Min(n, int.MaxValue) : 0,
        };
        if (members.Length == 0) return "a group has members.";
        if (needed < 1 || needed > members.Length) return $"a group of {members.Length.ToString(CultureInfo.InvariantCulture)} takes all, any or a number from 1 to that.";
        if (members.FirstOrDefault(m => m == "none" || !_rules.ContainsKey(m)) is { } unknown) return $"{unknown} is no witness or group of a line above.";
        if (members.FirstOrDefault(m => !_members.Add(m)) is { } twice) return $"{twice} is a member already; each counts once.";
        var rules = members.Select(m => _rules[m]).ToArray();
        return _rules.TryAdd(name, names => rules.Count(r => r(names)) >= needed) ? null : $"the name {name} is taken.";
    }

    private string? ReadQuorum(string name)
    {
        if (Quorum.Length > 0) return "there is one quorum line only.";
        if (!_rules.ContainsKey(name)) return $"{name} is no witness or group of a line above.";
        Quorum = name;
        return null;
    }
}
