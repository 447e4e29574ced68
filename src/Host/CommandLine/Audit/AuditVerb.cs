using System.CommandLine;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary><c>audit …</c>: everything by which an auditor, a member firm or the operator proves or disproves the history.</summary>
internal static class AuditVerb
{
    public static Command Command()
    {
        var command = new Command("audit", "Check the history: 0 = all well, 1 = a fault was found and named, 2 = the check could not be made")
        {
            FsckVerb.Command(), ConsistencyVerb.Command(), ProofVerb.Command(), WitnessVerb.Command(), ReopenVerb.Command(), ReplayVerb.Command(),
        };
        command.SetAction(_ => List(command));
        return command;
    }

    /// <summary>Without a verb nothing is checked, so it must not look like all well.</summary>
    private static int List(Command audit)
    {
        AuditOutput.Note("Nothing was checked. Say what to check:");
        foreach (var verb in audit.Subcommands) AuditOutput.Note($"  audit {verb.Name,-12} {verb.Description}");
        AuditOutput.Note("--help after a verb lists its options.");
        return AuditOutput.NotRun;
    }
}
