using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Accreditation.Applications.Application,
    ClusterNet.Accreditation.Applications.ApplicationEvent>;

namespace ClusterNet.Tests.Accreditation;

/// <summary>Stage 4: who may decide, on what grounds.</summary>
public sealed class DecisionTests
{
    private static readonly ConflictFacts DoraOfDyer = Facts(Dora, Dyer);
    private static readonly ConflictFacts AhmedOfCooper = Facts(Ahmed, Cooper);
    private static readonly DeclineApplication Decline = new(DoraDecides, "not enough", Terms, Now);

    [Fact]
    public void When_all_criteria_are_met_a_grant_names_the_ratings_and_facts_on_which_it_rests() =>
        Spec.Given(UntilAssessed).When(Grant(DoraDecides)).Then(Granted);

    [Fact]
    public void A_decline_needs_no_met_criteria() =>
        Spec.Given([.. UntilAssessed, Rated(3, Ahmed, "N1", met: false)]).When(Decline)
            .Then(new ApplicationDeclined(Paula, Dora, 1, DoraDecides, [2, 3], "not enough", Now));

    [Fact]
    public void Criteria_that_are_not_met_are_named()
    {
        var past = Spec.Given([.. UntilAssessed, Rated(3, Ahmed, "N1", met: false)]);
        past.When(Grant(DoraDecides)).ThenRefused(GrantApplication.NotMet);
        past.When(Grant(DoraDecides)).Decision.Refusal.ShouldNotBeNull()
            .Details["missing"].ShouldBe(ValueList.Of([new CriterionGap("N1", 0, 1)]));
    }

    [Fact]
    public void Of_two_ratings_by_one_assessor_the_decision_uses_the_later_one() =>
        Spec.Given([.. UntilAssessed, Rated(3, Ahmed, "N1", met: false), Rated(4, Ahmed, "N1")]).When(Grant(DoraDecides))
            .Then(Granted with { RatingsUsed = [2, 4] });

    [Fact]
    public void At_level_five_one_assessor_is_not_enough() =>
        Spec.Given(UntilAssessed).When(Grant(DoraDecides) with { Terms = TwoAssessors }).ThenRefused(DecisionRules.NotAssessed);

    [Fact]
    public void Two_assessors_must_both_find_every_criterion_met()
    {
        ApplicationEvent[] both =
        [
            Opened, Submitted, Assigned(AhmedOfCooper), Assigned(Facts(Anna, Cooper)), Rated(1, Ahmed, "N1"), Rated(2, Ahmed, "N2"),
            Rated(3, Anna, "N1"), Rated(4, Anna, "N2", met: false), Assessed(Anna),
        ];
        var grant = Grant(Decision(DoraOfDyer, AhmedOfCooper, Facts(Anna, Cooper))) with { Terms = TwoAssessors };
        Spec.Given(both).When(grant).ThenRefused(GrantApplication.NotMet);
        Spec.Given([.. both, Rated(5, Anna, "N2")]).When(grant).Then(Granted with { Facts = grant.Facts, RatingsUsed = [1, 2, 3, 5] });
    }

    [Fact]
    public void Nothing_is_decided_before_it_is_assessed()
    {
        ApplicationEvent[][] earlier = [[Opened], [Opened, Submitted], [.. UntilAssessed[..^1]]];
        foreach (var past in earlier)
        {
            Spec.Given(past).When(Grant(DoraDecides)).ThenRefused(DecisionRules.NotAssessed);
            Spec.Given(past).When(Decline).ThenRefused(DecisionRules.NotAssessed);
        }
    }

    [Fact]
    public void Nothing_is_decided_twice()
    {
        Spec.Given([.. UntilAssessed, Granted]).When(Grant(DoraDecides)).ThenRefused(DecisionRules.AlreadyDecided);
        Spec.Given([.. UntilAssessed, Granted]).When(Decline).ThenRefused(DecisionRules.AlreadyDecided);
    }

    [Fact]
    public void What_does_not_exist_is_not_decided() => Spec.Given().When(Grant(DoraDecides)).ThenRefused(OpenedApplication.Unknown);

    [Fact]
    public void An_assessor_of_the_application_does_not_decide() =>
        Refused(Decision(AhmedOfCooper, AhmedOfCooper), Conflicts.DecisionByAssessor);

    [Fact]
    public void Who_once_was_an_assessor_of_the_application_does_not_decide_either()
    {
        ApplicationEvent[] replaced =
        [
            Opened, Submitted, Assigned(Facts(Anna, Cooper)), new ApplicationAssessorReleased(Rosa, Anna, "ill", Now),
            .. UntilAssessed[4..],
        ];
        Spec.Given(replaced).When(Grant(Decision(Facts(Anna, Cooper), AhmedOfCooper))).ThenRefused(Conflicts.DecisionByAssessor);
    }

    [Fact]
    public void The_candidate_does_not_decide() => Refused(Decision(Facts(Paula, Dyer), AhmedOfCooper), Conflicts.DecisionByCandidate);

    [Fact]
    public void Who_holds_no_such_role_does_not_decide() =>
        Refused(Decision(DoraOfDyer with { HoldsRole = false }, AhmedOfCooper), Conflicts.NotDecider);

    [Fact]
    public void Nobody_of_the_candidates_firm_decides_the_coordinator_included()
    {
        Refused(Decision(Facts(Dora, Baker), AhmedOfCooper), Conflicts.DeciderSameFirm);
        Refused(Decision(Facts(Rosa, Baker), AhmedOfCooper), Conflicts.DeciderSameFirm);
    }

    [Fact]
    public void Nobody_decides_who_taught_the_candidate_of_late() =>
        Refused(Decision(Facts(Dora, Dyer, new Tie(Dora, Paula, "taught", Now.AddMonths(-1), Fair.Record)), AhmedOfCooper),
            Conflicts.DeciderHasTie);

    [Fact]
    public void Who_confirmed_the_evidence_does_not_decide() =>
        Refused(Decision(Facts(Witness, Cooper), AhmedOfCooper), Conflicts.DeciderHasTie);

    [Fact]
    public void An_assessor_who_joined_the_candidates_firm_since_the_assignment_spoils_the_decision() =>
        Refused(Decision(DoraOfDyer, Facts(Ahmed, Baker)), Conflicts.AssessorSameFirm);

    [Fact]
    public void An_assessor_who_mentored_the_candidate_since_the_assignment_spoils_the_decision() =>
        Refused(Decision(DoraOfDyer, Facts(Ahmed, Cooper, new Tie(Ahmed, Paula, "mentored", Now, Mistake.Record))),
            Conflicts.AssessorHasTie);

    [Fact]
    public void Facts_about_other_assessors_than_the_present_ones_decide_nothing()
    {
        Refused(Decision(DoraOfDyer), DecisionRules.NotAssessed);
        Refused(Decision(DoraOfDyer, Facts(Anna, Cooper)), DecisionRules.NotAssessed);
    }

    [Fact]
    public void Nobody_is_granted_what_they_hold() =>
        Spec.Given(UntilAssessed).When(Grant(DoraDecides) with { ActiveCredential = SomeNumber }).ThenRefused(IssueCredential.AlreadyHeld);

    [Fact]
    public void A_dossier_without_enough_evidence_is_granted_by_nobody() =>
        Spec.Given([Opened, SubmittedWith((Fair, ["N1", "N2"])), .. UntilAssessed[4..]]).When(Grant(DoraDecides))
            .ThenRefused(SubmitApplication.Insufficient);

    private static void Refused(DecisionFacts facts, Refusal refusal)
    {
        Spec.Given(UntilAssessed).When(Grant(facts)).ThenRefused(refusal);
        Spec.Given(UntilAssessed).When(Decline with { Facts = facts }).ThenRefused(refusal);
    }
}
