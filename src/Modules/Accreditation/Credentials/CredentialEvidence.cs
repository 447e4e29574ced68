using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>Tells Skills which skill a credential shows, at which level of the European Qualifications Framework, and when it is suspended or withdrawn.</summary>
internal sealed class CredentialEvidence(Streams<Credential, CredentialEvent> credentials, ISkillEvidence skills) : IFactSource, ISubscription
{
    public string Name => "accreditation-skill-evidence";

    public string Module => AccreditationModule.Name;

    public Type Family => typeof(CredentialEvent);

    public object? Publish(Recorded recorded) => recorded.As<CredentialEvent>();

    public bool Wants(IFactSource source) => source == this;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        // As it is now: what comes later is told by its own event.
        if (HeldCredentials.RowOf((await credentials.Load(fact.Stream, ct)).Events) is not { } credential) return;
        var granted = new DateTimeOffset(credential.IssuedOn.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await (credential.Standing == CredentialStatus.Active
            ? skills.Show(new(fact.EventId, fact.Stream, EvidenceKind.Credential, credential.Holder, [credential.Skill], credential.EqfLevel, granted), ct)
            : skills.End(credential.Holder, fact.Stream, fact.EventId, ct));
    }
}
