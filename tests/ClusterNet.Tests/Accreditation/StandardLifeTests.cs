using System.Text.Json;
using ClusterNet.Accreditation;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;
using ApplicationSpec = ClusterNet.Tests.Spec<ClusterNet.Accreditation.Applications.Application, ClusterNet.Accreditation.Applications.ApplicationEvent>;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Accreditation.Standards.Standard, ClusterNet.Accreditation.Standards.StandardEvent>;

namespace ClusterNet.Tests.Accreditation;

/// <summary>Drafts change, published standards never; newer versions take over as they say.</summary>
public sealed class StandardLifeTests
{
    private static readonly Id<Standard> Next = new(Number(42));
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);
    private static readonly StandardDrafted Drafted = new(Valley, Negotiating, null, Terms, Rosa, Now);
    private static readonly StandardDrafted DraftedNext = new(Valley, Negotiating, Negotiating, Terms with { Version = 2 }, Rosa, Now);
    private static readonly StandardPublished Published = new(Rosa, Now);
    private static readonly Standard First = new Standard.Published(Valley, Negotiating, Terms);
    private static readonly StandardTerms Shorter = Terms with { ValidityMonths = 12 };
    private static readonly ReviseStandard Revise = new(Shorter, null, Rosa, Now);
    private static readonly ApplicationEvent[] Documented = [Opened, Put(Fair, "N1", "N2"), Put(Mistake, "N2")];
    private static readonly SubmitApplication Submit = new([Fair, Mistake], [Baker], Terms, Now);

    private static readonly OpenApplication Open = new(
        Paula, Negotiating, First, null, [Baker], null, "I negotiate every spring.", Now);

    [Fact]
    public void A_draft_is_revised_and_a_published_standard_is_not()
    {
        Spec.Given(Drafted).When(Revise).Then(new StandardRevised(Shorter, Rosa, Now));
        Spec.Given(Drafted, new StandardRevised(Shorter, Rosa, Now)).When(Revise).Then();
        Spec.Given(Drafted, Published).When(Revise).ThenRefused(ReviseStandard.Fixed);
        Spec.Given().When(Revise).ThenRefused(PublishStandard.Unknown);
    }

    [Fact]
    public void What_is_revised_keeps_what_the_network_owes_to_candidates_and_its_place_after_the_former_version()
    {
        Spec.Given(Drafted).When(Revise with { Terms = Terms with { EqfLevel = 5 } }).ThenRefused(DraftStandard.TooFewAssessors);
        Spec.Given(DraftedNext).When(Revise with { Former = First }).ThenRefused(DraftStandard.NotNewer);
        Spec.Given(DraftedNext).When(Revise with { Former = First, Terms = Shorter with { Version = 3 } }).Then(new StandardRevised(Shorter with { Version = 3 }, Rosa, Now));
    }

    [Fact]
    public void A_draft_is_discarded_and_then_it_is_gone()
    {
        Spec.Given(Drafted).When(new DiscardStandard(Rosa, Now)).Then(new StandardDiscarded(Rosa, Now));
        Spec.Given(Drafted, new StandardDiscarded(Rosa, Now)).When(new DiscardStandard(Rosa, Now)).Then();
        Spec.Given(Drafted, new StandardDiscarded(Rosa, Now)).When(new PublishStandard(Rosa, Now)).ThenRefused(PublishStandard.Unknown);
        Spec.Given(Drafted, new StandardDiscarded(Rosa, Now)).When(Revise).ThenRefused(PublishStandard.Unknown);
        Spec.Given(Drafted, Published).When(new DiscardStandard(Rosa, Now)).ThenRefused(ReviseStandard.Fixed);
    }

    [Fact]
    public void A_standard_is_retired_once_and_a_draft_is_not()
    {
        Spec.Given(Drafted, Published).When(new RetireStandard("gone", Rosa, Now)).Then(new StandardRetired("gone", Rosa, Now));
        Spec.Given(Drafted, Published, new StandardRetired("gone", Rosa, Now)).When(new RetireStandard("again", Rosa, Now)).Then();
        Spec.Given(Drafted).When(new RetireStandard("gone", Rosa, Now)).ThenRefused(RetireStandard.StillDraft);
        ApplicationSpec.Given().When(Open with { StandardState = new Standard.Published(Valley, Negotiating, Terms) { Retired = true } })
            .ThenRefused(OpenApplication.StandardRetired);
    }

    [Fact]
    public void A_newer_version_says_how_it_takes_over_and_a_first_one_has_nothing_to_take_over_from()
    {
        var transition = new Transition(OpenApplications.Finish, Today.AddMonths(3), Today.AddMonths(1));
        Spec.Given(DraftedNext).When(new PublishStandard(Rosa, Now) { Transition = transition }).Then(Published with { Transition = transition });
        Spec.Given(DraftedNext).When(new PublishStandard(Rosa, Now) { Transition = Transition.Usual }).Then(Published);
        Spec.Given(Drafted).When(new PublishStandard(Rosa, Now) { Transition = transition }).ThenRefused(PublishStandard.NothingBefore);
    }

    /// <summary>The last day counts whole, in UTC.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Under_the_former_version_one_applies_and_submits_to_the_last_day(int days, bool may)
    {
        var over = new Succession(Next, new(OpenApplications.Finish, Today.AddDays(days), Today.AddDays(days)));
        var (opened, submitted) = (ApplicationSpec.Given().When(Open with { Succession = over }), ApplicationSpec.Given(Documented).When(Submit with { Succession = over }));
        if (may)
        {
            opened.Then(Opened);
            submitted.Then(Submitted);
        }
        else
        {
            opened.ThenRefused(OpenApplication.StandardSuperseded);
            submitted.ThenRefused(SubmitApplication.VersionOver);
        }
    }

    [Fact]
    public void Where_nothing_is_stated_what_is_open_is_finished_and_nothing_new_begins()
    {
        var usual = new Succession(Next, Transition.Usual);
        ApplicationSpec.Given().When(Open with { Succession = usual }).ThenRefused(OpenApplication.StandardSuperseded);
        ApplicationSpec.Given(Documented).When(Submit with { Succession = usual }).Then(Submitted);
    }

    [Fact]
    public void What_has_to_be_moved_is_not_submitted_before()
    {
        var moving = new Succession(Next, new(OpenApplications.Move, null, null));
        ApplicationSpec.Given(Documented).When(Submit with { Succession = moving }).ThenRefused(SubmitApplication.VersionOver);
        var newest = new Standard.Published(Valley, Negotiating, Terms with { Version = 2, Criteria = [new("N2", "leads"), new("N3", "teaches")] });
        var moved = new ApplicationMoved(Paula, Next, 2, ["N2", "N3"], Now);
        var move = new MoveApplication((Next, newest), Now);
        ApplicationSpec.Given(Documented).When(move).Then(moved);
        ApplicationSpec.Given([.. Documented, moved]).When(move with { Newest = null }).Then();
        ApplicationSpec.Given([.. Documented, Submitted]).When(move).ThenRefused(MoveApplication.NotMovable);
        ApplicationSpec.Given(Documented).When(move with { Newest = (Next, newest with { Retired = true }) }).ThenRefused(OpenApplication.StandardRetired);
    }

    [Fact]
    public void A_moved_application_keeps_what_both_versions_ask_for()
    {
        ApplicationEvent[] facts = [Opened, Put(Fair, "N1"), Put(Mistake, "N1", "N2"), new ApplicationMoved(Paula, Next, 2, ["N2"], Now)];
        var dossier = facts.Aggregate(Application.Initial, Application.Evolve).ShouldBeOfType<Application.Draft>().Dossier;
        (dossier.Standard, dossier.StandardVersion).ShouldBe((Next, 2));
        dossier.Mapping.ShouldHaveSingleItem().ShouldBe(new(Mistake.Record, ["N2"]));
    }

    [Fact]
    public void A_second_assessor_comes_with_the_level_that_the_standard_names()
    {
        var terms = Terms with { EqfLevel = 5, Assessors = Terms.Assessors with { SecondFromLevel = 5 } };
        terms.AssessorsNeeded().ShouldBe(2);
        (terms with { EqfLevel = 4 }).AssessorsNeeded().ShouldBe(1);
        (terms with { Assessors = terms.Assessors with { Count = 3 } }).AssessorsNeeded().ShouldBe(3);
        Spec.Given().When(new DraftStandard(Negotiating, Valley, null, terms, Rosa, Now)).Then(Drafted with { Terms = terms });
    }

    [Fact]
    public void An_optional_criterion_without_evidence_is_rated_by_nobody()
    {
        var terms = Terms with { Criteria = [.. Terms.Criteria, new Criterion("N3", "teaches") { Optional = true }] };
        ApplicationEvent[] facts = [.. UntilAssessed[..^1]];
        var dossier = facts.Aggregate(Application.Initial, Application.Evolve).ShouldBeOfType<Application.InAssessment>().Dossier;
        dossier.Unrated(terms).ShouldBeEmpty();
        dossier.Unmet(terms).ShouldBeEmpty();
    }

    [Fact]
    public void Enough_optional_criteria_have_to_be_met_and_the_others_need_not_be()
    {
        var terms = Terms with
        {
            Criteria = [new("N1", "prepares"), new Criterion("N2", "leads") { Optional = true }, new Criterion("N3", "teaches") { Optional = true }],
            EvidenceRules = Terms.EvidenceRules with { MinOptional = 1 },
        };
        ApplicationEvent[] facts =
        [
            Opened, Put(Fair, "N1", "N2"), Put(Mistake, "N3"), SubmittedWith((Fair, ["N1", "N2"]), (Mistake, ["N3"])), Assigned(Facts(Ahmed, Cooper)),
            Rated(1, Ahmed, "N1"), Rated(2, Ahmed, "N2", met: false), Rated(3, Ahmed, "N3"),
        ];
        var dossier = facts.Aggregate(Application.Initial, Application.Evolve).ShouldBeOfType<Application.InAssessment>().Dossier;
        dossier.Unmet(terms).ShouldBeEmpty();
        dossier.Unmet(terms with { EvidenceRules = terms.EvidenceRules with { MinOptional = 2 } }).ShouldBe([new CriterionGap("N2", 0, 1)]);
    }

    [Fact]
    public void Terms_of_before_read_as_before_and_the_newer_ones_come_back_whole()
    {
        var whole = Terms with
        {
            Criteria = [new("N1", "prepares"), new Criterion("N2", "leads") { Optional = true }],
            EvidenceRules = Terms.EvidenceRules with
            {
                Kinds = [new(LearningKind.Mentoring, 1), new(LearningKind.Webinar)],
                Recent = new(1, 12),
                OtherFirmsPercent = 30,
                MinPerCriterion = 1,
                MinKindsPerCriterion = 1,
                MinOptional = 1,
            },
            Assessors = new(1, false, 24) { SecondFromLevel = 5, BlindPercent = 10, DaysToAssess = 30 },
            Scheme = new("sells", "two years", "is honest", "not for cars"),
            Decisions = new(2, 14, 60, true),
            Renewal = new(6, 2, 12),
            Surveillance = new(10, 12),
        };
        foreach (var terms in (StandardTerms[])[Terms, whole])
        {
            var fact = new StandardRevised(terms, Rosa, Now) as StandardEvent;
            var stored = JsonSerializer.Serialize(fact, typeof(StandardRevised), AccreditationJson.Default);
            JsonSerializer.Deserialize(stored, typeof(StandardRevised), AccreditationJson.Default).ShouldBe(fact);
            StandardBody.Of(terms).ToTerms().ShouldBe(terms);
            var faults = new Faults();
            StandardBody.Of(terms).Validate(faults);
            faults.All.ShouldBeEmpty();
        }

        (Terms.Deciding().Deciders, Terms.Deciding().DaysToAppeal, Terms.AssessorsNeeded()).ShouldBe((1, 30, 1));
        JsonSerializer.Serialize(Terms, typeof(StandardTerms), AccreditationJson.Default).ShouldNotContain("Scheme");
    }

    [Fact]
    public void Every_fault_of_a_standard_is_told_at_its_place()
    {
        var body = StandardBody.Of(Terms with
        {
            EqfLevel = 9,
            Criteria = [new Criterion("N1", "") { Optional = true }],
            EvidenceRules = new(2, 3, 24, 60, 1, 1) { Kinds = [new(LearningKind.Mentoring), new(LearningKind.Mentoring, -1)], Recent = new(1, 25), OtherFirmsPercent = 101, MinOptional = 2 },
            Decisions = new(0, -1, 0),
            Renewal = new(99, 0, 0),
            Surveillance = new(0, 0),
        });
        var faults = new Faults();
        body.Validate(faults);
        faults.All.Select(f => $"{f.At} {f.Code}").ShouldBe(
        [
            "#/eqfLevel out-of-range", "#/criteria/0/text required", "#/criteria all-optional", "#/evidenceRules/minOptional out-of-range",
            "#/evidenceRules/minKinds out-of-range", "#/evidenceRules/otherFirmsPercent out-of-range", "#/evidenceRules/recent/withinMonths out-of-range",
            "#/evidenceRules/kinds/1/minItems out-of-range", "#/evidenceRules/kinds kinds-repeat", "#/evidenceRules/minKinds more-kinds-than-count",
            "#/decisions/deciders out-of-range", "#/decisions/daysToDecide out-of-range", "#/decisions/daysToAppeal out-of-range",
            "#/renewal/fromMonths out-of-range", "#/renewal/withinMonths out-of-range", "#/surveillance/percent out-of-range",
            "#/surveillance/everyMonths out-of-range",
        ]);
    }
}
