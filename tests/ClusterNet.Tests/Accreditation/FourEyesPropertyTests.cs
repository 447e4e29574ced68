using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;

namespace ClusterNet.Tests.Accreditation;

/// <summary>
/// Whatever anybody sends in whatever order: nothing is granted without evidence for every criterion, rated as met by enough assessors, and
/// never do candidate, assessors and decision maker overlap or share a firm. Judged from the bare events, without the code that decides.
/// </summary>
public sealed class FourEyesPropertyTests
{
    private static readonly StandardTerms Rules = TwoAssessors;
    private static readonly Id<Person>[] People = [Paula, Ahmed, Anna, Dora, Witness];
    private static readonly Id<Firm>[] Firms = [Cooper, Cooper, Dyer, Dyer, Baker];
    private static readonly RecordFacts[] Records =
    [
        Fair, Mistake, Record(3, LearningKind.Webinar) with { ConfirmedBy = [new(Anna, Cooper)] },
        Record(4, LearningKind.Webinar) with { Disputed = true },
    ];

    private static readonly string[][] Criteria = [["N1"], ["N2"], ["N1", "N2"]];

    private sealed record Step(int Kind, int A, int B, bool Yes);

    private static readonly Gen<Step> AnyStep =
        from kind in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Constant(1)), (3, Gen.Constant(2)), (5, Gen.Constant(3)),
            (1, Gen.Constant(4)),
            (8, Gen.Constant(5)), (1, Gen.Constant(6)), (6, Gen.Constant(7)), (1, Gen.Constant(8)))
        from a in Gen.Choose(0, 4)
        from b in Gen.Choose(0, 11)
        from yes in Gen.Frequency((5, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Step(kind, a, b, yes);

    /// <summary>Whole stories are rare among random steps: every run begins with some part of one.</summary>
    private static readonly Step[] LikelyStart =
    [
        new(0, 0, 8, true), new(0, 0, 5, true), new(2, 0, 0, true), new(3, 1, 0, true), new(3, 2, 0, true), new(5, 1, 2, true),
        new(5, 2, 2, true),
    ];

    [Fact]
    public void Nothing_is_granted_without_evidence_and_four_eyes()
    {
        var (granted, declined) = (0, 0);
        Prop.ForAll(Arb.From(Gen.Zip(Gen.Choose(0, LikelyStart.Length), AnyStep.ListOf(50))), play =>
        {
            var facts = Play([.. LikelyStart[..play.Item1], .. play.Item2]);
            granted += facts.Count(f => f is ApplicationGranted);
            declined += facts.Count(f => f is ApplicationDeclined);
            Judge(facts);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
        // Otherwise the property would hold of nothing.
        granted.ShouldBeGreaterThan(50);
        declined.ShouldBeGreaterThan(5);
    }

    private static List<ApplicationEvent> Play(IEnumerable<Step> steps)
    {
        List<ApplicationEvent> facts = [Opened];
        var state = Application.Evolve(Application.Initial, Opened);
        foreach (var step in steps)
        {
            foreach (var fact in CommandOf(step, state).Decide(state).Facts)
            {
                facts.Add(fact);
                state = Application.Evolve(state, fact);
            }
        }

        return facts;
    }

    private static ICommand<Application, ApplicationEvent> CommandOf(Step s, Application state)
    {
        var person = People[s.A];
        var assessors = state is Application.Existing { Dossier: var d } ? d.Assessors.Select(a => Conflict(a, s.B)).ToArray() : [];
        return s.Kind switch
        {
            0 => new PutEvidence([new(Records[s.B % 4].Record, [.. Criteria[s.B % 3]])], Records.Select(r => r.Record).ToHashSet(), Rules,
                Now),
            1 => new TakeEvidenceOut(Records[s.A % 4].Record, Now),
            2 => new SubmitApplication([.. Records], [Baker], Rules, Now),
            3 => new AssignAssessor(Conflict(person, s.B), s.Yes ? Rosa : person, Rules, Now),
            4 => new ReleaseAssessor(person, Rosa, "reason", Now),
            5 => new RateCriteria(person, [.. Criteria[s.B % 3].Select(c => new GivenRating(c, s.Yes ? Met : NotMet, "seen"))], Rules, Now),
            6 => new AskForMoreEvidence(person, ["N1"], "more", Rules, Now),
            7 when s.Yes =>
                new GrantApplication(Decision(Conflict(person, s.B), assessors), PaulasCredential, SomeNumber, null, "grounds", Rules, Now),
            7 => new DeclineApplication(Decision(Conflict(person, s.B), assessors), "grounds", Rules, Now),
            _ => new SubmitApplication([.. Records.Take(s.A)], [Baker], Rules, Now),
        };
    }

    /// <summary>Mostly the person's own firm and no tie; sometimes the candidate's firm, or a tie, or no role.</summary>
    private static ConflictFacts Conflict(Id<Person> person, int luck) => luck switch
    {
        10 => Facts(person, Baker),
        11 => Facts(person, Firms[Array.IndexOf(People, person)], new Tie(person, Paula, "taught", Now, Fair.Record)),
        9 => Facts(person, Firms[Array.IndexOf(People, person)]) with { HoldsRole = false },
        _ => Facts(person, Firms[Array.IndexOf(People, person)]),
    };

    private static void Judge(List<ApplicationEvent> facts)
    {
        foreach (var (index, fact) in facts.Index())
        {
            if (fact is ApplicationGranted g) JudgeGrant(g, facts[..index]);
            if (fact is ApplicationGranted or ApplicationDeclined) facts.Count.ShouldBe(index + 1, "nothing follows a decision");
        }
    }

    private static void JudgeGrant(ApplicationGranted grant, List<ApplicationEvent> before)
    {
        var everAssigned = before.OfType<ApplicationAssessorAssigned>().Select(a => a.Assessor.Person).ToHashSet();
        grant.By.ShouldNotBe(Paula);
        everAssigned.ShouldNotContain(grant.By);
        everAssigned.ShouldNotContain(Paula);
        grant.Facts.Decider.Firms.ShouldNotContain(Baker);
        grant.Facts.Decider.HoldsRole.ShouldBeTrue();
        grant.Facts.Decider.Ties.ShouldBeEmpty();
        grant.Facts.Assessors.ShouldAllBe(a => !a.Firms.Contains(Baker) && a.Ties.Count == 0);

        var submitted = before.FindLastIndex(f => f is ApplicationSubmitted);
        var evidence = ((ApplicationSubmitted)before[submitted]).Evidence.Where(e => !e.Disputed).ToList();
        evidence.Count.ShouldBeGreaterThanOrEqualTo(2);
        evidence.Select(e => e.Kind).Distinct().Count().ShouldBeGreaterThanOrEqualTo(2);
        evidence.SelectMany(e => e.ConfirmedBy).Select(c => c.Person)
            .ShouldNotContain(p => p == grant.By || grant.Facts.Assessors.Any(a => a.Person == p));
        foreach (var criterion in Rules.Criteria.Select(c => c.Code))
        {
            evidence.ShouldContain(e => e.Criteria.Contains(criterion));
            before.Skip(submitted).OfType<ApplicationCriterionRated>().Where(r => r.Criterion == criterion)
                .GroupBy(r => r.Assessor).Where(g => grant.Facts.Assessors.Any(a => a.Person == g.Key) && g.Last().Judgement.Met)
                .Count().ShouldBeGreaterThanOrEqualTo(2);
        }
    }
}
