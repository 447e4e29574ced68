using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Accreditation.Applications.Application,
    ClusterNet.Accreditation.Applications.ApplicationEvent>;

namespace ClusterNet.Tests.Accreditation;

/// <summary>Stages 1 and 2: identification and documentation, up to submission.</summary>
public sealed class DocumentationTests
{
    private static readonly OpenApplication Open = new(
        Paula, Negotiating, new Standard.Published(Valley, Negotiating, Terms), null, [Baker], null, "I negotiate every spring.", Now);

    private static readonly PutEvidence PutFair = new([new(Fair.Record, ["N1"])], new HashSet<Id<LearningRecord>> { Fair.Record }, Terms,
        Now);
    private static readonly SubmitApplication Submit = new([Fair, Mistake], [Baker], Terms, Now);
    private static readonly ApplicationEvent[] Documented = [Opened, Put(Fair, "N1", "N2"), Put(Mistake, "N2")];
    private static readonly ApplicationMoreEvidenceAsked Asked = new(Ahmed, Paula, ["N2"], "more, please", Now);

    [Fact]
    public void Somebody_of_the_cluster_applies_under_a_published_standard() => Spec.Given().When(Open).Then(Opened);

    [Fact]
    public void The_same_application_sent_twice_adds_nothing() => Spec.Given(Opened).When(Open).Then();

    [Fact]
    public void Nobody_applies_under_a_draft() =>
        Spec.Given().When(Open with { StandardState = new Standard.Draft(Valley, Negotiating, Terms) })
            .ThenRefused(OpenApplication.StandardUnknown);

    [Fact]
    public void Nobody_applies_under_a_version_that_has_a_successor() =>
        Spec.Given().When(Open with { Succession = new(new(Number(42)), Transition.Usual) }).ThenRefused(OpenApplication.StandardSuperseded);

    [Fact]
    public void Nobody_applies_from_outside_the_cluster() =>
        Spec.Given().When(Open with { CandidateFirms = ValueList.Of<Id<Firm>>([]) }).ThenRefused(OpenApplication.NotOfCluster);

    [Fact]
    public void Nobody_applies_for_what_they_hold() =>
        Spec.Given().When(Open with { ActiveCredential = SomeNumber }).ThenRefused(IssueCredential.AlreadyHeld);

    [Fact]
    public void A_record_is_put_to_criteria() => Spec.Given(Opened).When(PutFair).Then(Put(Fair, "N1"));

    [Fact]
    public void The_same_mapping_sent_twice_adds_nothing() => Spec.Given(Opened, Put(Fair, "N1")).When(PutFair).Then();

    [Fact]
    public void Another_mapping_replaces_the_former_one() => Spec.Given(Opened, Put(Fair, "N2")).When(PutFair).Then(Put(Fair, "N1"));

    [Fact]
    public void A_record_that_is_put_to_nothing_any_more_is_out()
    {
        var none = PutFair with { Items = ValueList.Of<MappedRecord>([new(Fair.Record, [])]) };
        Spec.Given(Opened, Put(Fair, "N1")).When(none).Then(new ApplicationEvidenceTakenOut(Fair.Record, Now));
        Spec.Given(Opened).When(none).Then();
    }

    [Fact]
    public void Who_submits_can_declare_that_it_is_their_own() =>
        Spec.Given(Documented).When(Submit with { Declared = true }).Then(Submitted with { Declared = true });

    [Fact]
    public void Evidence_is_put_again_when_more_is_asked() =>
        Spec.Given(Opened, Submitted, Assigned(Facts(Ahmed, Cooper)), Asked).When(PutFair).Then(Put(Fair, "N1"));

    [Fact]
    public void Somebody_elses_record_is_no_evidence() =>
        Spec.Given(Opened).When(PutFair with { Known = new HashSet<Id<LearningRecord>>() }).ThenRefused(PutEvidence.RecordUnknown);

    [Fact]
    public void A_criterion_that_the_standard_does_not_have_is_refused() =>
        Spec.Given(Opened).When(PutFair with { Items = [new(Fair.Record, ["N1", "X9"])] }).ThenRefused(PutEvidence.CriterionUnknown);

    [Fact]
    public void Submitted_evidence_stands() => Spec.Given(Opened, Submitted).When(PutFair).ThenRefused(PutEvidence.NotEditable);

    [Fact]
    public void A_record_is_taken_out()
    {
        var takeOut = new TakeEvidenceOut(Fair.Record, Now);
        Spec.Given(Opened, Put(Fair, "N1")).When(takeOut).Then(new ApplicationEvidenceTakenOut(Fair.Record, Now));
        Spec.Given(Opened).When(takeOut).Then();
        Spec.Given(Opened, Submitted).When(takeOut).ThenRefused(PutEvidence.NotEditable);
    }

    [Fact]
    public void Submission_fixes_the_facts_of_every_record_in_the_dossier() => Spec.Given(Documented).When(Submit).Then(Submitted);

    [Fact]
    public void Too_little_evidence_is_refused_with_every_shortfall()
    {
        var past = Spec.Given(Opened, Put(Fair, "N1"));
        past.When(Submit).ThenRefused(SubmitApplication.Insufficient);
        var refusal = past.When(Submit).Decision.Refusal.ShouldNotBeNull();
        ((ValueList<Shortfall>?)refusal.Details["shortfalls"]).ShouldNotBeNull().Select(s => s.Rule)
            .ShouldBe(["minItems", "minKinds", "minMinutes", "criteriaCovered"]);
        ((ValueList<string>?)refusal.Details["uncoveredCriteria"]).ShouldBe(["N2"]);
    }

    [Fact]
    public void A_record_that_is_gone_is_named() =>
        Spec.Given(Documented).When(Submit with { Records = [Fair] }).ThenRefused(PutEvidence.RecordUnknown);

    [Fact]
    public void A_record_that_became_somebody_elses_is_no_evidence() =>
        Spec.Given(Documented).When(Submit with { Records = [Fair, Mistake with { Person = Witness }] })
            .ThenRefused(PutEvidence.RecordUnknown);

    [Fact]
    public void Nothing_is_submitted_twice() =>
        Spec.Given([.. Documented, Submitted]).When(Submit).ThenRefused(SubmitApplication.NotSubmittable);

    [Fact]
    public void An_application_is_submitted_again_when_more_evidence_is_asked() =>
        Spec.Given([.. Documented, Submitted, Assigned(Facts(Ahmed, Cooper)), Asked]).When(Submit).Then(Submitted);

    [Fact]
    public void The_candidate_may_stop_after_any_stage()
    {
        var withdraw = new WithdrawApplication(Paula, Now);
        Spec.Given(Opened).When(withdraw).Then(new ApplicationWithdrawn(Paula, Now));
        Spec.Given(UntilAssessed).When(withdraw).Then(new ApplicationWithdrawn(Paula, Now));
        Spec.Given(Opened, new ApplicationWithdrawn(Paula, Now)).When(withdraw).Then();
        Spec.Given([.. UntilAssessed, Granted]).When(withdraw).ThenRefused(DecisionRules.AlreadyDecided);
        Spec.Given().When(withdraw).ThenRefused(OpenedApplication.Unknown);
    }
}
