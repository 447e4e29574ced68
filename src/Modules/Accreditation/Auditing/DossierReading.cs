using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>Makes the view of an application from its events; the same for now and for any moment of the past.</summary>
internal static class DossierReading
{
    /// <summary>Not a plain null, which would become a text by conversion.</summary>
    private static Personal<string>? NoText => default;

    /// <param name="contents">False for who sees how it goes and not what is in it.</param>
    public static DossierView? Of(Id<Application> id, Loaded<Application> loaded, long? position, bool contents)
    {
        if (loaded.State is not Application.Existing { Dossier: var d } || Phases.Of(loaded.State) is not { } phase) return null;
        var events = loaded.Events.Select(e => e.As<ApplicationEvent>()).OfType<Recorded<ApplicationEvent>>().ToList();
        var facts = events.Select(e => e.Fact).ToList();
        return new(
            id, loaded.Version, position, phase, d.Candidate, d.Cluster, d.Standard, d.StandardVersion, d.CandidateFirms,
            [.. History(events, contents)],
            [.. Assessors(facts, contents)],
            contents ? facts.OfType<ApplicationOpened>().Single().Statement : NoText,
            contents ? [.. d.Mapping.OrderBy(m => m.Key).Select(m => new MappedView(m.Key, m.Value))] : null,
            contents ? [.. d.Evidence.Select(Evidence)] : null,
            contents ? [.. Ratings(facts, d)] : null,
            contents ? [.. facts.OfType<ApplicationMoreEvidenceAsked>().Select(e => new RequestView(e.Assessor, e.Criteria, e.What, e.At))]
                : null,
            Decision(facts, contents));
    }

    public static EvidenceView Evidence(EvidenceItem i) => new(
        i.Record, i.Version, i.Firm, i.Kind, i.HappenedAt, i.Minutes, i.SkillUris, i.With, i.ConfirmedBy, i.Disputed, i.Criteria);

    private static IEnumerable<TransitionView> History(IEnumerable<Recorded<ApplicationEvent>> events, bool contents)
    {
        var (state, phase) = (Application.Initial, (Phase?)null);
        foreach (var recorded in events)
        {
            state = Application.Evolve(state, recorded.Fact);
            var after = Phases.Of(state);
            if (after is not { } to || after == phase || state is not Application.Existing { Dossier.StandardVersion: var version }) continue;
            phase = after;
            var (by, at, why) = WhoWhenWhy(recorded.Fact);
            yield return new(to, recorded.Version, at, by, version, contents ? why : NoText);
        }
    }

    private static (Id<Person> By, DateTimeOffset At, Personal<string>? Why) WhoWhenWhy(ApplicationEvent fact) => fact switch
    {
        ApplicationOpened e => (e.Candidate, e.At, e.Statement),
        ApplicationSubmitted e => (e.By, e.At, NoText),
        ApplicationAssessorAssigned e => (e.By, e.At, NoText),
        ApplicationAssessorReleased e => (e.By, e.At, e.Reason),
        ApplicationMoreEvidenceAsked e => (e.Assessor, e.At, e.What),
        ApplicationAssessed e => (e.By, e.At, NoText),
        ApplicationGranted e => (e.By, e.At, e.Grounds),
        ApplicationDeclined e => (e.By, e.At, e.Grounds),
        ApplicationWithdrawn e => (e.By, e.At, NoText),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} changes no phase."),
    };

    private static List<AssessorView> Assessors(IEnumerable<ApplicationEvent> facts, bool contents)
    {
        var views = new List<AssessorView>();
        foreach (var fact in facts)
        {
            if (fact is ApplicationAssessorAssigned { Assessor: var a } assigned)
            {
                views.Add(new(
                    a.Person, assigned.At, assigned.By, a.Firms, a.CandidateFirms, contents ? a.Ties : [], a.CoolingOffFrom, null, null));
            }
            else if (fact is ApplicationAssessorReleased released)
            {
                var at = views.FindLastIndex(v => v.Assessor == released.Assessor);
                views[at] = views[at] with { ReleasedAt = released.At, ReleaseReason = released.Reason };
            }
        }

        return views;
    }

    private static IEnumerable<RatingView> Ratings(IEnumerable<ApplicationEvent> facts, Dossier dossier)
    {
        var counting = dossier.Counting().Select(r => r.Number).ToHashSet();
        return facts.OfType<ApplicationCriterionRated>().Select(e => new RatingView(
            e.Number, e.Assessor, e.Criterion, e.Judgement.Met, e.Judgement.Valid, e.Judgement.Authentic, e.Judgement.Current,
            e.Judgement.Sufficient, e.Comment, e.At, counting.Contains(e.Number)));
    }

    private static DecisionView? Decision(IEnumerable<ApplicationEvent> facts, bool contents) =>
        facts.LastOrDefault(f => f is ApplicationGranted or ApplicationDeclined) switch
        {
            ApplicationGranted e => View(true, e.By, e.At, e.Grounds, e.Number, e.Facts.Decider, e.RatingsUsed),
            ApplicationDeclined e => View(false, e.By, e.At, e.Grounds, null, e.Facts.Decider, e.RatingsUsed),
            _ => null,
        } is { } view ? contents ? view : view with { Grounds = null, DeciderTies = [] } : null;

    private static DecisionView View(
        bool granted, Id<Person> by, DateTimeOffset at, Personal<string> grounds, string? number, ConflictFacts decider,
        IReadOnlyList<int> used) =>
        new(granted, by, at, grounds, number, decider.Firms, decider.CandidateFirms, decider.Ties, decider.CoolingOffFrom, used);
}
