using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Accreditation.Applications;

/// <summary>The facts on which somebody's independence of a candidate was judged: they go into the history with the judgement.</summary>
/// <param name="Person">The assessor or decision maker.</param>
/// <param name="Firms">The person's firms at that time.</param>
/// <param name="CandidateFirms">The candidate's firms at that time.</param>
/// <param name="Ties">Who of the two taught, mentored or confirmed the other, as far back as was looked.</param>
/// <param name="CoolingOffFrom">Ties from this instant on are a conflict.</param>
/// <param name="HoldsRole">Whether the person held the role that the task needs, in the application's cluster.</param>
internal sealed record ConflictFacts(
    Id<Person> Person, ValueList<Id<Firm>> Firms, ValueList<Id<Firm>> CandidateFirms, ValueList<Tie> Ties, DateTimeOffset CoolingOffFrom,
    bool HoldsRole)
{
    public bool SharesFirmWith(Dossier dossier) => Firms.Any(f => CandidateFirms.Contains(f) || dossier.CandidateFirms.Contains(f));

    /// <summary>
    /// What the person did for the candidate's learning: ties within the cooling-off time, and any confirmation of the evidence itself,
    /// for nobody judges what they testified to (ISO/IEC 17024:2012, 5.2 and 9.4, in spirit).
    /// </summary>
    public ValueList<Tie> ConflictingTies(Dossier dossier) =>
    [
        .. Ties.Where(t => t.From == Person && t.To == dossier.Candidate && t.At >= CoolingOffFrom)
            .Concat(dossier.Evidence.Where(i => i.ConfirmedBy.Any(c => c.Person == Person))
                .Select(i => new Tie(Person, dossier.Candidate, "confirmed", i.HappenedAt, i.Record)))
            .DistinctBy(t => (t.Kind, t.Record)),
    ];
}

/// <summary>Somebody taught, mentored or confirmed somebody, as a learning record says.</summary>
internal sealed record Tie(Id<Person> From, Id<Person> To, string Kind, DateTimeOffset At, Id<LearningRecord> Record);

/// <summary>The facts on which a decision's impartiality rests.</summary>
internal sealed record DecisionFacts(ConflictFacts Decider, ValueList<ConflictFacts> Assessors);

/// <summary>The rules of impartiality, each with its own refusal.</summary>
internal static class Conflicts
{
    public static readonly Refusal AssessorSameFirm = new(
        "assessor-same-firm", "The assessor works in a firm of the candidate. Assign somebody of another firm.");

    public static readonly Refusal AssessorHasTie = new(
        "assessor-has-tie", "The assessor taught, mentored or confirmed the candidate (see ties). Assign somebody who did not.");

    public static readonly Refusal AssessorIsCandidate = new("assessor-is-candidate", "Nobody assesses themselves. Assign somebody else.");

    public static readonly Refusal NotAssessor = new(
        "not-an-assessor", "This person is no assessor of the cluster. Grant the role first, or assign one of the cluster's assessors.",
        422);

    public static readonly Refusal DecisionByAssessor = new(
        "decision-by-assessor", "Who was an assessor of this application does not decide on it. Ask another decision maker.");

    public static readonly Refusal DecisionByCandidate = new(
        "decision-by-candidate", "Nobody decides on their own application. Ask another decision maker.");

    public static readonly Refusal DeciderSameFirm = new(
        "decision-maker-same-firm", "The decision maker works in a firm of the candidate. Ask a decision maker of another firm.");

    public static readonly Refusal DeciderHasTie = new(
        "decision-maker-has-tie",
        "The decision maker taught, mentored or confirmed the candidate (see ties). Ask a decision maker who did not.");

    public static readonly Refusal NotDecider = new(
        "not-a-decision-maker",
        "Only a decision maker of the cluster decides. Ask the coordinator for the role, or for somebody who holds it.", 403);

    /// <summary>At assignment and again at decision.</summary>
    public static Refusal? OfAssessor(ConflictFacts facts, Dossier dossier)
    {
        if (facts.Person == dossier.Candidate) return AssessorIsCandidate;
        if (facts.SharesFirmWith(dossier)) return AssessorSameFirm.With("assessor", facts.Person);
        return facts.ConflictingTies(dossier) is { Count: > 0 } ties
            ? AssessorHasTie.With("assessor", facts.Person).With("ties", ties)
            : null;
    }

    public static Refusal? OfDecision(DecisionFacts facts, Dossier dossier)
    {
        var decider = facts.Decider;
        if (decider.Person == dossier.Candidate) return DecisionByCandidate;
        if (!decider.HoldsRole) return NotDecider;
        if (dossier.EverAssigned.Contains(decider.Person)) return DecisionByAssessor;
        if (decider.SharesFirmWith(dossier)) return DeciderSameFirm;
        if (decider.ConflictingTies(dossier) is { Count: > 0 } ties) return DeciderHasTie.With("ties", ties);
        return facts.Assessors.Select(a => OfAssessor(a, dossier)).FirstOrDefault(r => r is not null);
    }
}
