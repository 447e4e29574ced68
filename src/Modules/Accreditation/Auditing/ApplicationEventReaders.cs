using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>Events of an application, and of the credential that it led to, are for those who may read the dossier.</summary>
internal sealed class ApplicationEventReaders(ApplicationDesk desk, AuditDesk audit, Database database) : IEventReaders
{
    public string Module => AccreditationModule.Name;

    public async Task<bool> MayRead(Guid stream, Caller caller, string? what, CancellationToken ct)
    {
        var credential = await database.Query(
            AccreditationModule.Name, Statement.Of(HeldCredentials.Table.Select("where id = $1"), stream), HeldCredentials.Table.Read, ct);
        var id = credential.SingleOrDefault()?.Application ?? new Id<Application>(stream);
        var opened = await desk.Open(id, caller, ct);
        return opened.Refused(Standing.Candidate, Standing.Auditor, Standing.Assessor, Standing.DecisionMaker) is null
            && (what is null || await audit.Record(id, opened.Standing, caller, what, ct) is null);
    }
}
