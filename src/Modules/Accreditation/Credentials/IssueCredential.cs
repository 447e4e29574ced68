using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>Happens in the transaction of the grant, and in no other way.</summary>
internal sealed record IssueCredential(
    Id<Application> Application, Dossier Dossier, string IssuingBody, string Number, StandardTerms Terms, Id<Person> By, DateTimeOffset Now)
    : ICommand<Credential, CredentialEvent>
{
    public static readonly Refusal AlreadyHeld = new(
        "credential-already-held", "The candidate holds an active credential by this standard (number); there is one at a time.");

    public static readonly Refusal NumberTaken = new(
        "credential-number-taken", "The number drawn belongs to another credential. Send the decision again.");

    public Decision<CredentialEvent> Decide(Credential state)
    {
        if (state is not Credential.Absent) return AlreadyHeld.With("number", null);
        var issuedOn = DateOnly.FromDateTime(Now.UtcDateTime);
        return new CredentialIssued(
            Dossier.Candidate, Application, Dossier.Cluster, IssuingBody, Dossier.Standard, Dossier.Lineage, Dossier.StandardVersion,
            Terms.Title, Terms.Skill, Terms.EqfLevel, Number, issuedOn, issuedOn.AddMonths(Terms.ValidityMonths), By, Now);
    }
}
