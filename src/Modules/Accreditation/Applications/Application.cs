using System.Collections.Immutable;
using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Accreditation.Applications;

/// <summary>
/// Somebody's way to accreditation of informal learning, in the four stages of the European guidelines (Council Recommendation 2012/C
/// 398/01, point 2): identification, documentation, assessment, certification.
/// </summary>
internal abstract record Application : IState<Application, ApplicationEvent>
{
    public sealed record Absent : Application;

    public abstract record Existing(Dossier Dossier) : Application;

    /// <summary>Identification and documentation.</summary>
    public sealed record Draft(Dossier Dossier) : Existing(Dossier);

    /// <summary>Waits for assessors.</summary>
    public sealed record Submitted(Dossier Dossier) : Existing(Dossier);

    public sealed record InAssessment(Dossier Dossier) : Existing(Dossier);

    public sealed record MoreEvidenceAsked(Dossier Dossier) : Existing(Dossier);

    /// <summary>Waits for the decision.</summary>
    public sealed record Assessed(Dossier Dossier) : Existing(Dossier);

    public sealed record Granted(Dossier Dossier) : Existing(Dossier);

    public sealed record Declined(Dossier Dossier) : Existing(Dossier);

    public sealed record Withdrawn(Dossier Dossier) : Existing(Dossier);

    public static Application Initial { get; } = new Absent();

    public static Application Evolve(Application state, ApplicationEvent fact)
    {
        if (fact is ApplicationOpened opened) return new Draft(Dossier.Of(opened));
        if (state is not Existing { Dossier: var d }) return state;
        return fact switch
        {
            ApplicationEvidencePut e => With(state, d with { Mapping = d.Mapping.SetItem(e.Record, e.Criteria) }),
            ApplicationEvidenceTakenOut e => With(state, d with { Mapping = d.Mapping.Remove(e.Record) }),
            ApplicationMoved e => With(state, d.Move(e)),
            ApplicationSubmitted e => AfterAssignment(d with { Evidence = e.Evidence, SubmittedAt = e.At, Round = d.Round + 1 }),
            ApplicationAssessorAssigned e => AfterAssignment(d.Assign(e.Assessor.Person)),
            ApplicationAssessorReleased e when state is MoreEvidenceAsked => With(state, d.Release(e.Assessor)),
            ApplicationAssessorReleased e => AfterAssignment(d.Release(e.Assessor)),
            ApplicationCriterionRated e =>
                With(state, d with { Ratings = d.Ratings.Add(new(e.Number, e.Assessor, e.Criterion, e.Judgement.Met, d.Round)) }),
            ApplicationMoreEvidenceAsked => new MoreEvidenceAsked(d),
            ApplicationAssessed => new Assessed(d),
            ApplicationGranted => new Granted(d),
            ApplicationDeclined => new Declined(d),
            ApplicationWithdrawn => new Withdrawn(d),
            _ => throw new UnreachableException(fact.GetType().Name),
        };
    }

    private static Application AfterAssignment(Dossier d) => d.Assessors.IsEmpty ? new Submitted(d) : new InAssessment(d);

    private static Application With(Application state, Dossier dossier) => state is Existing e ? e with { Dossier = dossier } : state;
}

/// <summary>What decisions on an application need to know.</summary>
/// <param name="Mapping">The candidate's records and the criteria to which each is put.</param>
/// <param name="Evidence">As last submitted.</param>
/// <param name="Round">How often evidence was submitted; ratings of an earlier round rest on other evidence and no longer count.</param>
/// <param name="EverAssigned">All who were assessors once: none of them decides.</param>
internal sealed record Dossier(
    Id<Person> Candidate, Id<Cluster> Cluster, Id<Standard> Standard, Id<Standard> Lineage, int StandardVersion,
    ValueList<Id<Firm>> CandidateFirms, ImmutableDictionary<Id<LearningRecord>, ValueList<string>> Mapping,
    ValueList<EvidenceItem> Evidence, DateTimeOffset SubmittedAt, int Round, ImmutableList<Id<Person>> Assessors,
    ImmutableHashSet<Id<Person>> EverAssigned, ImmutableList<Rating> Ratings)
{
    public static Dossier Of(ApplicationOpened e) => new(
        e.Candidate, e.Cluster, e.Standard, e.Lineage, e.StandardVersion, e.CandidateFirms,
        ImmutableDictionary<Id<LearningRecord>, ValueList<string>>.Empty, [], e.At, 0, [], [], []);

    /// <summary>A record that was put to criteria of the former version only is put to none, and so is out.</summary>
    public Dossier Move(ApplicationMoved e) => this with
    {
        Standard = e.Standard,
        StandardVersion = e.StandardVersion,
        Mapping = Mapping.Select(m => (m.Key, Left: new ValueList<string>([.. m.Value.Where(e.Criteria.Contains)])))
            .Where(m => m.Left.Count > 0).ToImmutableDictionary(m => m.Key, m => m.Left),
    };

    public Dossier Assign(Id<Person> assessor) =>
        this with { Assessors = Assessors.Add(assessor), EverAssigned = EverAssigned.Add(assessor) };

    public Dossier Release(Id<Person> assessor) => this with { Assessors = Assessors.Remove(assessor) };

    /// <summary>
    /// The ratings on which a decision rests now: each assessor's last one of each criterion, of the evidence as last submitted.
    /// </summary>
    public IReadOnlyList<Rating> Counting() =>
    [
        .. Ratings.Where(r => r.Round == Round && Assessors.Contains(r.Assessor)).GroupBy(r => (r.Assessor, r.Criterion))
        .Select(g => g.Last())
            .OrderBy(r => r.Number),
    ];

    /// <summary>The criteria that assessors rate: all that have to be met, and of the others those to which evidence was submitted.</summary>
    public IEnumerable<Criterion> ToRate(StandardTerms terms) =>
        terms.Criteria.Where(c => !c.Optional || Evidence.Any(i => i.Criteria.Contains(c.Code)));

    /// <summary>Criteria that fewer assessors than the standard asks for have rated, with how many did.</summary>
    public ValueList<CriterionGap> Unrated(StandardTerms terms) => Gaps(terms, _ => true);

    /// <summary>
    /// Criteria that fewer assessors than the standard asks for have rated as met, with how many did; optional ones only as long as not enough of
    /// them are met.
    /// </summary>
    public ValueList<CriterionGap> Unmet(StandardTerms terms)
    {
        var optional = terms.Criteria.Where(c => c.Optional).Select(c => c.Code).ToHashSet();
        var unmet = Gaps(terms, r => r.Met);
        var met = ToRate(terms).Count(c => c.Optional) - unmet.Count(g => optional.Contains(g.Criterion));
        return met >= terms.EvidenceRules.MinOptional ? [.. unmet.Where(g => !optional.Contains(g.Criterion))] : unmet;
    }

    private ValueList<CriterionGap> Gaps(StandardTerms terms, Func<Rating, bool> counts)
    {
        var counting = Counting();
        var gaps = ToRate(terms).Select(c =>
            new CriterionGap(c.Code, counting.Count(r => r.Criterion == c.Code && counts(r)), terms.AssessorsNeeded()));
        return [.. gaps.Where(g => g.Have < g.Need)];
    }
}

/// <summary>A rating as far as decisions need it.</summary>
internal sealed record Rating(int Number, Id<Person> Assessor, string Criterion, bool Met, int Round);

/// <summary>A criterion that lacks ratings.</summary>
internal sealed record CriterionGap(string Criterion, int Have, int Need);

/// <summary>An assessor's judgement of the evidence for one criterion (Cedefop's tests of evidence).</summary>
/// <param name="Valid">The evidence is about this criterion.</param>
/// <param name="Authentic">It is the candidate's own.</param>
/// <param name="Current">It shows what the candidate can do now.</param>
/// <param name="Sufficient">There is enough of it, from different situations.</param>
internal sealed record Judgement(bool Met, bool Valid, bool Authentic, bool Current, bool Sufficient)
{
    /// <summary>A criterion cannot be met by evidence that fails one of the tests.</summary>
    public bool Contradicts() => Met && !(Valid && Authentic && Current && Sufficient);
}
