using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>Where reads are recorded before they are answered: an auditor whose read cannot be recorded reads nothing.</summary>
internal sealed class AuditDesk(Streams<AuditTrail, AuditTrailEvent> trails, Commands commands, IHttpContextAccessor accessor,
    TimeProvider clock)
{
    /// <summary>Records the read when the caller is there as an auditor.</summary>
    /// <returns>Why the caller may not read; null when the answer may be given.</returns>
    public async Task<Refusal?> Record(Id<Application> id, OpenedApplication opened, string what, CancellationToken ct)
    {
        if (opened is not { Standing: Standing.Auditor, Grant: { } grant }) return null;
        var request = accessor.HttpContext!.Request; // reads come by HTTP only
        var (words, unusable) = AuditorPurpose.Of(request);
        if (unusable is not null) return unusable;
        var persons = AuditedCases.PersonsIn(opened.Loaded, opened.Dossier).Distinct().Order();
        var read = new AuditorReadWithinGrant(
            opened.Caller.Person, grant.Grant, what, request.Path.Value ?? "", [.. persons], words, clock.GetUtcNow());
        return await trails.Execute(AuditTrail.IdOf(id), new RecordRead(read), new(commands.Metadata()), ct) switch
        {
            Outcome.Written => null,
            Outcome.Refused r => r.Refusal,
            var other => throw new InvalidOperationException($"An auditor's read could not be recorded: {other}."),
        };
    }
}
