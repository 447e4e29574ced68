using ClusterNet.Tlog;

namespace ClusterNet.Ledger;

/// <summary>The installation's policy: which witnesses are asked and how many must cosign. Read again when its file changes.</summary>
public sealed class LogPolicies(LogSettings settings)
{
    private readonly Lock _reading = new();
    private (DateTime Written, LogPolicy Policy, string Log)? _known;

    /// <summary>The policy for readers of <paramref name="log"/>: its own line, then the file's witnesses, groups and quorum.</summary>
    /// <exception cref="LogKeyException">The file is no policy; names the line.</exception>
    public LogPolicy Of(NoteVerifier log)
    {
        lock (_reading)
        {
            var written = File.GetLastWriteTimeUtc(settings.PolicyFile);
            if (_known is { } known && known.Written == written && known.Log == log.ToString()) return known.Policy;
            // The log's own line comes last, so that faults name the file's lines.
            var policy = Parse($"{(File.Exists(settings.PolicyFile) ? File.ReadAllText(settings.PolicyFile).TrimEnd('\n') : "quorum none")}\nlog {log}\n");
            _known = (written, policy, log.ToString());
            return policy;
        }
    }

    private LogPolicy Parse(string text)
    {
        try
        {
            return LogPolicy.Parse(text);
        }
        catch (FormatException e)
        {
            throw new LogKeyException($"The log's policy file ({Path.GetFileName(settings.PolicyFile)}) is no policy: {e.Message}");
        }
    }
}
