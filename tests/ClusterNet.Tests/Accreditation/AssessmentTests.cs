using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Accreditation.Applications.Application,
    ClusterNet.Accreditation.Applications.ApplicationEvent>;

namespace ClusterNet.Tests.Accreditation;

/// <summary>Stage 3: assessors, conflicts, ratings.</summary>
public sealed class AssessmentTests
{
    private static readonly ConflictFacts AhmedOfCooper = Facts(Ahmed, Cooper);
    private static readonly AssignAssessor AssignAhmed = new(AhmedOfCooper, Rosa, Terms, Now);
    private static readonly ApplicationEvent[] InAssessment = [Opened, Submitted, Assigned(AhmedOfCooper)];
    private static readonly RateCriteria RateBoth = new(Ahmed, [new("N1", Met, "seen"), new("N2", Met, "seen")], Terms, Now);
    private static readonly AskForMoreEvidence Ask = new(Ahmed, ["N2"], "more, please", Terms, Now);
    private static readonly ApplicationMoreEvidenceAsked Asked = new(Ahmed, Paula, ["N2"], "more, please", Now);

    [Fact]
    public void Somebody_without_conflict_is_assigned_and_the_facts_are_kept() =>
        Spec.Given(Opened, Submitted).When(AssignAhmed).Then(Assigned(AhmedOfCooper));

    [Fact]
    public void The_same_assignment_sent_twice_adds_nothing() => Spec.Given(InAssessment).When(AssignAhmed).Then();

    [Fact]
    public void An_assessor_of_the_same_firm_is_refused() => Refused(Facts(Ahmed, Baker), Conflicts.AssessorSameFirm);

    [Fact]
    public void The_firm_in_which_the_candidate_applied_counts_too() =>
        Refused(Facts(Ahmed, Baker) with { CandidateFirms = [Dyer] }, Conflicts.AssessorSameFirm);

    [Theory]
    [InlineData("taught")]
    [InlineData("mentored")]
    [InlineData("confirmed")]
    public void An_assessor_with_a_tie_within_the_cooling_off_time_is_refused(string kind)
    {
        var tie = new Tie(Ahmed, Paula, kind, Now.AddMonths(-24), Fair.Record);
        Refused(Facts(Ahmed, Cooper, tie), Conflicts.AssessorHasTie);
        var refusal = Spec.Given(Opened, Submitted).When(AssignAhmed with { Assessor = Facts(Ahmed, Cooper, tie) })
            .Decision.Refusal.ShouldNotBeNull();
        refusal.Details["ties"].ShouldBe(ValueList.Of([tie]));
    }

    [Fact]
    public void A_tie_before_the_cooling_off_time_is_a_fact_but_no_conflict()
    {
        var old = Facts(Ahmed, Cooper, new Tie(Ahmed, Paula, "taught", Now.AddMonths(-24).AddTicks(-1), Fair.Record));
        Spec.Given(Opened, Submitted).When(AssignAhmed with { Assessor = old }).Then(Assigned(old));
    }

    [Fact]
    public void That_the_candidate_taught_the_assessor_is_no_conflict()
    {
        var taughtByPaula = Facts(Ahmed, Cooper, new Tie(Paula, Ahmed, "taught", Now, Fair.Record));
        Spec.Given(Opened, Submitted).When(AssignAhmed with { Assessor = taughtByPaula }).Then(Assigned(taughtByPaula));
    }

    [Fact]
    public void Who_confirmed_the_evidence_does_not_assess_it() => Refused(Facts(Witness, Dyer), Conflicts.AssessorHasTie);

    [Fact]
    public void Nobody_assesses_themselves() => Refused(Facts(Paula, Cooper), Conflicts.AssessorIsCandidate);

    [Fact]
    public void Only_assessors_of_the_cluster_are_assigned() => Refused(AhmedOfCooper with { HoldsRole = false }, Conflicts.NotAssessor);

    [Fact]
    public void Nobody_chooses_their_own_assessors() =>
        Spec.Given(Opened, Submitted).When(AssignAhmed with { By = Paula }).ThenRefused(AssignAssessor.ByCandidate);

    [Fact]
    public void There_are_as_many_assessors_as_the_standard_asks_for()
    {
        var assignAnna = AssignAhmed with { Assessor = Facts(Anna, Dyer) };
        Spec.Given(InAssessment).When(assignAnna).ThenRefused(AssignAssessor.Complete);
        Spec.Given(InAssessment).When(assignAnna with { Terms = TwoAssessors }).Then(Assigned(Facts(Anna, Dyer)));
    }

    [Fact]
    public void A_draft_gets_no_assessor() => Spec.Given(Opened).When(AssignAhmed).ThenRefused(AssignAssessor.NotAssignable);

    [Fact]
    public void A_decided_application_gets_no_assessor() =>
        Spec.Given([.. UntilAssessed, Granted]).When(AssignAhmed).ThenRefused(AssignAssessor.NotAssignable);

    [Fact]
    public void An_assessor_is_released_with_a_reason()
    {
        var release = new ReleaseAssessor(Ahmed, Rosa, "new mentor", Now);
        Spec.Given(InAssessment).When(release).Then(new ApplicationAssessorReleased(Rosa, Ahmed, "new mentor", Now));
        Spec.Given(Opened, Submitted).When(release).ThenRefused(ReleaseAssessor.NotAssigned);
        Spec.Given(InAssessment).When(release with { By = Paula }).ThenRefused(AssignAssessor.ByCandidate);
        Spec.Given([.. UntilAssessed, Granted]).When(release).ThenRefused(AssignAssessor.NotAssignable);
    }

    [Fact]
    public void Ratings_of_a_released_assessor_no_longer_count()
    {
        ApplicationEvent[] replaced = [.. UntilAssessed, new ApplicationAssessorReleased(Rosa, Ahmed, "new mentor", Now),
            Assigned(Facts(Anna, Dyer))];
        Spec.Given(replaced).When(Grant(Decision(Facts(Dora, Dyer), Facts(Anna, Dyer)))).ThenRefused(DecisionRules.NotAssessed);
    }

    [Fact]
    public void When_all_criteria_are_rated_the_application_is_assessed() =>
        Spec.Given(InAssessment).When(RateBoth).Then(Rated(1, Ahmed, "N1"), Rated(2, Ahmed, "N2"), Assessed());

    [Fact]
    public void Ratings_may_come_one_by_one()
    {
        Spec.Given(InAssessment).When(RateBoth with { Ratings = [new("N2", Met, "seen")] }).Then(Rated(1, Ahmed, "N2"));
        Spec.Given([.. InAssessment, Rated(1, Ahmed, "N2")]).When(RateBoth with { Ratings = [new("N1", NotMet, "seen")] })
            .Then(Rated(2, Ahmed, "N1", met: false), Assessed());
    }

    [Fact]
    public void A_second_rating_is_added_to_the_first() =>
        Spec.Given(UntilAssessed).When(RateBoth with { Ratings = [new("N2", NotMet, "seen")] }).Then(Rated(3, Ahmed, "N2", met: false));

    [Fact]
    public void With_two_assessors_both_have_to_rate()
    {
        ApplicationEvent[] both = [.. InAssessment, Assigned(Facts(Anna, Dyer))];
        var rate = RateBoth with { Terms = TwoAssessors };
        Spec.Given(both).When(rate).Then(Rated(1, Ahmed, "N1"), Rated(2, Ahmed, "N2"));
        Spec.Given([.. both, Rated(1, Ahmed, "N1"), Rated(2, Ahmed, "N2")]).When(rate with { Assessor = Anna })
            .Then(Rated(3, Anna, "N1"), Rated(4, Anna, "N2"), Assessed(Anna));
    }

    [Fact]
    public void Only_assigned_assessors_rate() =>
        Spec.Given(InAssessment).When(RateBoth with { Assessor = Anna }).ThenRefused(RateCriteria.NotAssigned);

    [Fact]
    public void A_draft_is_not_rated() => Spec.Given(Opened).When(RateBoth).ThenRefused(RateCriteria.NotInAssessment);

    [Fact]
    public void A_criterion_that_the_standard_does_not_have_is_not_rated() =>
        Spec.Given(InAssessment).When(RateBoth with { Ratings = [new("X9", Met, "seen")] }).ThenRefused(PutEvidence.CriterionUnknown);

    [Theory]
    [InlineData(false, true, true, true)]
    [InlineData(true, false, true, true)]
    [InlineData(true, true, false, true)]
    [InlineData(true, true, true, false)]
    public void A_criterion_is_not_met_by_evidence_that_fails_a_test(bool valid, bool authentic, bool current, bool sufficient) =>
        Spec.Given(InAssessment).When(RateBoth with { Ratings = [new("N1", new(true, valid, authentic, current, sufficient), "seen")] })
            .ThenRefused(RateCriteria.Contradiction);

    [Fact]
    public void An_assessor_asks_for_more_evidence()
    {
        Spec.Given(InAssessment).When(Ask).Then(Asked);
        Spec.Given(UntilAssessed).When(Ask).Then(Asked);
        Spec.Given(InAssessment).When(Ask with { Assessor = Anna }).ThenRefused(RateCriteria.NotAssigned);
        Spec.Given(InAssessment).When(Ask with { Criteria = ["X9"] }).ThenRefused(PutEvidence.CriterionUnknown);
        Spec.Given([.. InAssessment, Asked]).When(Ask).ThenRefused(RateCriteria.NotInAssessment);
    }

    [Fact]
    public void Ratings_of_evidence_that_was_submitted_before_no_longer_count() =>
        Spec.Given([.. InAssessment, Rated(1, Ahmed, "N1"), Asked, Submitted]).When(RateBoth with { Ratings = [new("N2", Met, "seen")] })
            .Then(Rated(2, Ahmed, "N2"));

    private static void Refused(ConflictFacts facts, Refusal refusal) =>
        Spec.Given(Opened, Submitted).When(AssignAhmed with { Assessor = facts }).ThenRefused(refusal);
}
