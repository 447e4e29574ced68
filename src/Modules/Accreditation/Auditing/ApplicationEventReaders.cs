using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>
/// Events of an application, and of the credential that it led to, are for those who may read the dossier; events of a standard for auditors whose
/// grant covers it.
/// </summary>
internal sealed class ApplicationEventReaders(
    ApplicationDesk desk, AuditDesk audit, Streams<Standard, StandardEvent> standards, IAuditorGrants grants, IAuditorReads reads, Database database)
    : IEventReaders
{
    public string Module => AccreditationModule.Name;

    public async Task<bool> MayRead(Guid stream, Caller caller, string? what, CancellationToken ct)
    {
        var credential = await HeldCredentials.Rows("where id = $1", database, ct, stream);
        var id = credential.SingleOrDefault()?.Application ?? new Id<Application>(stream);
        var opened = await desk.Open(id, caller, ct);
        if (opened.Standing == Standing.None) return await MayReadStandard(stream, caller, what, ct);
        return opened.Refused(Standing.Candidate, Standing.Auditor, Standing.Assessor, Standing.DecisionMaker) is null
            && (what is null || await audit.Record(id, opened, what, ct) is null);
    }

    private async Task<bool> MayReadStandard(Guid stream, Caller caller, string? what, CancellationToken ct)
    {
        if (!caller.Roles.Any(r => r.Role == Role.Auditor)) return false;
        if ((await standards.Load(stream, ct)).State is not Standard.Published standard) return false;
        var scopes = await grants.InForce(caller, standard.Cluster.Value, ct);
        return scopes.FirstOrDefault(s => s.CoversStandard(stream, standard.Lineage.Value)) is { } scope
            && (what is null || await reads.Record(caller, scope.Grant, what, [], ct) is null);
    }
}
