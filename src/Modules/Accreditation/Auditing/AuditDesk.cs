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
    private const int MaxPurpose = 500;

    private static readonly Refusal PurposeTooLong = new(
        "purpose-too-long", $"A purpose has at most {MaxPurpose} characters. Shorten it.", 422);

    /// <summary>Records the read when the caller is there as an auditor.</summary>
    /// <param name="subject">The application or the cluster.</param>
    /// <returns>Why the caller may not read; null when the answer may be given.</returns>
    public async Task<Refusal?> Record(IId subject, Standing standing, Caller caller, string what, CancellationToken ct)
    {
        if (standing != Standing.Auditor) return null;
        var request = accessor.HttpContext!.Request; // reads come by HTTP only
        var purpose = request.Query["purpose"].ToString();
        if (purpose.Length > MaxPurpose) return PurposeTooLong;
        var command = new RecordRead(caller.Person, what, request.Path.Value ?? "", purpose, clock.GetUtcNow());
        return await trails.Execute(AuditTrail.IdOf(subject), command, new(commands.Metadata()), ct) switch
        {
            Outcome.Written => null,
            Outcome.Refused r => r.Refusal,
            var other => throw new InvalidOperationException($"An auditor's read could not be recorded: {other}."),
        };
    }
}
