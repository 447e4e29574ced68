using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Applications;

/// <summary>
/// What has to hold before anybody decides, for or against: the assessment is complete, and nobody who took part in the candidate's
/// learning or assessment decides (ISO/IEC 17024:2012, 9.4, in spirit).
/// </summary>
internal static class DecisionRules
{
    public static readonly Refusal AlreadyDecided = new(
        "application-already-decided", "This application is decided; a decision is not changed by another one.");

    public static readonly Refusal NotAssessed = new(
        "application-not-assessed", "The decision comes after all assessors have rated every criterion; missing says which lack ratings.");

    public static Refusal? Check(Application state, DecisionFacts facts, StandardTerms terms) => state switch
    {
        Application.Absent => OpenedApplication.Unknown,
        Application.Granted or Application.Declined => AlreadyDecided,
        Application.Assessed { Dossier: var d } when d.Unrated(terms) is { Count: > 0 } gaps => NotAssessed.With("missing", gaps),
        Application.Assessed { Dossier: var d } => Conflicts.OfDecision(facts, d) ?? OfFacts(facts, d),
        Application.Existing { Dossier: var d } => NotAssessed.With("phase", Phases.Of(state)).With("missing", d.Unrated(terms)),
        _ => NotAssessed,
    };

    /// <summary>
    /// The facts must speak of the assessors that the application has at this moment, not of those that it had when they were gathered.
    /// </summary>
    private static Refusal? OfFacts(DecisionFacts facts, Dossier dossier) =>
        dossier.Assessors.ToHashSet().SetEquals(facts.Assessors.Select(a => a.Person))
            ? null
            : NotAssessed.With("missing", "The assessors changed meanwhile; send the decision again.");
}
