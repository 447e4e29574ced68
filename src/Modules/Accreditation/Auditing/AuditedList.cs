using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>A list of applications as auditors get it: only what a grant opens, and told before it is shown.</summary>
internal static class AuditedList
{
    /// <summary>Each of the shown is told under the first grant that opens it; an empty list under the first of all.</summary>
    /// <param name="scopes">The grants in force, at least one.</param>
    /// <returns>Why the list may not be shown; null when all is recorded.</returns>
    public static async Task<Refusal?> Record(
        IAuditorReads reads, Caller caller, IReadOnlyList<AuditorScope> scopes, IEnumerable<ApplicationRow> rows, CancellationToken ct)
    {
        var shown = rows.ToLookup(r => scopes.First(s => s.Covers(AuditedCases.Of(r))).Grant, r => r.Candidate);
        foreach (var grant in shown.Count == 0 ? [scopes[0].Grant] : shown.Select(g => g.Key))
            if (await reads.Record(caller, grant, "list of applications", shown[grant], ct) is { } unrecorded) return unrecorded;
        return null;
    }
}
