using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Applications;

/// <param name="Credential">The credential that is issued in the same transaction, with its number.</param>
/// <param name="ActiveCredential">Number of the credential that the candidate holds already by any version of the standard.</param>
internal sealed record GrantApplication(
    DecisionFacts Facts, Id<Credential> Credential, string Number, string? ActiveCredential, string Grounds, StandardTerms Terms,
    DateTimeOffset Now)
    : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal NotMet = new(
        "criteria-not-met",
        "Not every criterion is rated as met by as many assessors as the standard asks for (missing). Decline, or let the assessors ask " +
        "for more evidence.");

    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (DecisionRules.Check(state, Facts, Terms) is { } refusal) return refusal;
        var dossier = ((Application.Assessed)state).Dossier;
        if (dossier.Unmet(Terms) is { Count: > 0 } gaps) return NotMet.With("missing", gaps);
        // Submission saw to it; a dossier that some other way came without enough evidence is granted by nobody.
        var verdict = EvidenceVerdict.Of(dossier.Candidate, dossier.Evidence, Terms, dossier.SubmittedAt);
        if (!verdict.Sufficient) return SubmitApplication.Insufficient.With("shortfalls", verdict.Shortfalls);
        if (ActiveCredential is { } held) return IssueCredential.AlreadyHeld.With("number", held);
        return new ApplicationGranted(
            dossier.Candidate, Facts.Decider.Person, dossier.StandardVersion, Credential, Number, Facts,
            [.. dossier.Counting().Select(r => r.Number)], Grounds, Now);
    }
}

internal sealed record DeclineApplication(DecisionFacts Facts, string Grounds, StandardTerms Terms, DateTimeOffset Now)
    : ICommand<Application, ApplicationEvent>
{
    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (DecisionRules.Check(state, Facts, Terms) is { } refusal) return refusal;
        var dossier = ((Application.Assessed)state).Dossier;
        return new ApplicationDeclined(
            dossier.Candidate, Facts.Decider.Person, dossier.StandardVersion, Facts, [.. dossier.Counting().Select(r => r.Number)], Grounds,
            Now);
    }
}
