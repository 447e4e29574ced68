using System.CommandLine;
using ClusterNet.Auditing;
using ClusterNet.Tlog;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary><c>audit consistency</c>: what the log is now continues what it was at the last check.</summary>
internal static class ConsistencyVerb
{
    public static Command Command()
    {
        var (url, policy, key, json) = (AuditOptions.Url(), AuditOptions.Policy(), AuditOptions.Key(), AuditOptions.Json());
        url.Required = true;
        var state = new Option<string>("--state") { Description = "Your file with the last checkpoint that you verified; made on first use", Required = true };
        var command = new Command("consistency", "Prove that a public log only grew since the last check; needs one small file and nothing of the operator's")
        {
            url, state, policy, key, json,
        };
        command.SetAction((parsed, ct) =>
        {
            var output = new AuditOutput("consistency", parsed.GetValue(json));
            return output.Run(() => Run(
                output, AuditOptions.Address(parsed.GetRequiredValue(url)!), parsed.GetRequiredValue(state), // required
                AuditOptions.Trusted(parsed.GetValue(policy), parsed.GetValue(key)), ct));
        });
        return command;
    }

    private static async Task<int> Run(AuditOutput output, Uri url, string state, LogPolicy? policy, CancellationToken ct)
    {
        using var log = new RemoteLog(url, TimeProvider.System);
        output.With("log", log.Address).With("state", state).With("firstUse", false);
        switch (await new LogConsistency(log, state, policy).Check(ct))
        {
            case ConsistencyOutcome.First(var now, var onFirstUse):
                if (onFirstUse) AuditOutput.Note("The log's key was trusted on first use; give --policy or --vkey to be sure of whose log it is.");
                return Now(output.With("firstUse", true), now)
                    .End($"First use: {state} holds the checkpoint of {now.Origin} with {now.Size} entries now. Keep it; the next check compares with it.");
            case ConsistencyOutcome.Consistent(var before, var now):
                return Now(output.With("from", before.Size), now).End($"{now.Origin} has {now.Size} entries; the {before.Size} of the last check are its beginning.");
            case ConsistencyOutcome.Refused(var reason, var evidence):
                output.With("evidence", evidence);
                if (evidence is not null) AuditOutput.Note($"The refused checkpoint is kept as evidence in {evidence}; {state} is as it was.");
                return output.Refuse("checkpoint", reason);
            case var other:
                throw new System.Diagnostics.UnreachableException(other.GetType().Name);
        }
    }

    private static AuditOutput Now(AuditOutput output, Checkpoint now) =>
        output.With("origin", now.Origin).With("size", now.Size).With("root", Convert.ToBase64String(now.Root));
}
