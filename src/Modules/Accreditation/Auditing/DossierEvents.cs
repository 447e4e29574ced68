using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>The streams that belong to one dossier.</summary>
internal sealed class DossierEvents(Streams<Credential, CredentialEvent> credentials, Streams<AuditTrail, AuditTrailEvent> trails)
{
    /// <summary>The application's events and those of the credential that it led to.</summary>
    public async Task<IReadOnlyList<Recorded>> Of(Id<Application> application, IReadOnlyList<Recorded> own, CancellationToken ct) =>
        [.. own, .. (await credentials.Load(Credential.IdOf(application).Value, ct)).Events];

    /// <summary>What auditors read of it.</summary>
    public async Task<IReadOnlyList<Recorded>> Reads(Id<Application> application, CancellationToken ct) =>
        (await trails.Load(AuditTrail.IdOf(application), ct)).Events;
}
