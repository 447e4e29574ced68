using System.CommandLine;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary><c>audit …</c>: everything by which an auditor, a member firm or the operator proves or disproves the history.</summary>
internal static class AuditVerb
{
    public static Command Command(string[] args) => new("audit", "Check the history: 0 = all well, 1 = a fault was found and named, 2 = the check could not be made")
    {
        FsckVerb.Command(), ConsistencyVerb.Command(), ProofVerb.Command(), WitnessVerb.Command(), ReopenVerb.Command(), ReplayVerb.Command(),
    };
}
