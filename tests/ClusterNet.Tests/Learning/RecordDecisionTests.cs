using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Learning.Records.Entry, ClusterNet.Learning.Records.EntryEvent>;

namespace ClusterNet.Tests.Learning;

public class RecordDecisionTests
{
    private static readonly Id<Person> Anna = new(Guid.NewGuid()), Bernd = new(Guid.NewGuid()), Clara = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);

    private static readonly Content Content = new(
        LearningKind.PeerHelpReceived, "Press brake", "Bend test pieces", Now.AddHours(-1), 40, [new(Bernd, Bolt)], ["urn:skill:1"],
        LearningPart.KnowledgeAcquisition, new ValueList<string>([]));

    private static readonly RecordLearning Record = new(Anna, Acme, Content, Visibility.Cluster, "app", Now);

    private static readonly LearningRecordRecorded Recorded = new(
        Anna, Acme, Content.Kind, Content.What, Content.Learnt, Content.HappenedAt, Content.Minutes, Content.With, Content.SkillUris,
        Content.Part,
        Content.Links, Visibility.Cluster, "app", Now);

    private static readonly LearningRecordConfirmed Confirmed = new(Bernd, Bolt, Now);
    private static readonly LearningRecordDisputed Disputed = new(Bernd, Bolt, "I was not there", Now);
    private static readonly LearningRecordEndorsed Endorsed = new(Bernd, Bolt, "urn:skill:1", Now);
    private static readonly CorrectLearningEndpoint.Body Same = new(Content.Kind, "Press brake");

    [Fact]
    public void Learning_is_recorded() => Spec.Given().When(Record).Then(Recorded);

    [Fact]
    public void A_record_imported_again_adds_nothing() => Spec.Given(Recorded).When(Record).Then();

    [Fact]
    public void What_has_not_happened_is_not_recorded() =>
        Spec.Given().When(Record with { Content = Content with { HappenedAt = Now.AddMinutes(6) } }).ThenRefused(Rules.InTheFuture);

    [Fact]
    public void A_clock_that_is_a_little_ahead_is_forgiven() =>
        Spec.Given().When(Record with { Content = Content with { HappenedAt = Now.AddMinutes(4) } })
            .Then(Recorded with { HappenedAt = Now.AddMinutes(4) });

    [Fact]
    public void Nobody_names_oneself_as_company() =>
        Spec.Given().When(Record with { Content = Content with { With = [new(Anna, Acme)] } }).ThenRefused(Rules.NamesOwner);

    [Theory]
    [InlineData(0, Visibility.Private)]
    [InlineData(1, Visibility.Firm)]
    [InlineData(2, Visibility.Cluster)]
    internal void Unless_told_a_record_is_shown_to_the_smallest_circle_that_holds_everybody_named(int company, Visibility expected)
    {
        Companion[] with = [new(Clara, Acme), new(Bernd, Bolt)];
        (Record with { Visibility = null, Content = Content with { With = new(with[..company]) } }).Shown.ShouldBe(expected);
    }

    [Fact]
    public void Who_was_there_confirms() => Spec.Given(Recorded).When(new ConfirmLearning(Bernd, Now)).Then(Confirmed);

    [Fact]
    public void Confirming_twice_adds_nothing() => Spec.Given(Recorded, Confirmed).When(new ConfirmLearning(Bernd, Now)).Then();

    [Fact]
    public void Nobody_confirms_an_own_record() =>
        Spec.Given(Recorded).When(new ConfirmLearning(Anna, Now)).ThenRefused(ConfirmLearning.OwnRecord);

    [Fact]
    public void Who_was_not_there_confirms_nothing() =>
        Spec.Given(Recorded).When(new ConfirmLearning(Clara, Now)).ThenRefused(ConfirmLearning.NotNamed);

    [Fact]
    public void A_private_record_asks_nobody() =>
        Spec.Given(Recorded with { Visibility = Visibility.Private }).When(new ConfirmLearning(Bernd, Now)).ThenRefused(Rules.Unknown);

    [Fact]
    public void An_unknown_record_is_not_confirmed() => Spec.Given().When(new ConfirmLearning(Bernd, Now)).ThenRefused(Rules.Unknown);

    [Fact]
    public void A_confirmation_can_follow_a_dispute() =>
        Spec.Given(Recorded, Disputed).When(new ConfirmLearning(Bernd, Now)).Then(Confirmed);

    [Fact]
    public void Who_was_there_disputes() =>
        Spec.Given(Recorded, Confirmed).When(new DisputeLearning(Bernd, "I was not there", Now)).Then(Disputed);

    [Fact]
    public void The_same_dispute_twice_adds_nothing() =>
        Spec.Given(Recorded, Disputed).When(new DisputeLearning(Bernd, "I was not there", Now)).Then();

    [Fact]
    public void Nobody_disputes_an_own_record() =>
        Spec.Given(Recorded).When(new DisputeLearning(Anna, "x", Now)).ThenRefused(DisputeLearning.OwnRecord);

    [Fact]
    public void Who_was_not_there_disputes_nothing() =>
        Spec.Given(Recorded).When(new DisputeLearning(Clara, "x", Now)).ThenRefused(ConfirmLearning.NotNamed);

    [Fact]
    public void Who_confirmed_endorses_a_skill() =>
        Spec.Given(Recorded, Confirmed).When(new EndorseLearning(Bernd, "urn:skill:1", Now)).Then(Endorsed);

    [Fact]
    public void Endorsing_twice_adds_nothing() =>
        Spec.Given(Recorded, Confirmed, Endorsed).When(new EndorseLearning(Bernd, "urn:skill:1", Now)).Then();

    [Fact]
    public void Endorsing_needs_a_confirmation() =>
        Spec.Given(Recorded).When(new EndorseLearning(Bernd, "urn:skill:1", Now)).ThenRefused(EndorseLearning.NotConfirmed);

    [Fact]
    public void Only_skills_of_the_record_are_endorsed() =>
        Spec.Given(Recorded, Confirmed).When(new EndorseLearning(Bernd, "urn:skill:2", Now)).ThenRefused(EndorseLearning.SkillNotInRecord);

    [Fact]
    public void A_dispute_takes_ones_endorsements_back() =>
        Spec.Given(Recorded, Confirmed, Endorsed, Disputed, Confirmed).When(new EndorseLearning(Bernd, "urn:skill:1", Now)).Then(Endorsed);

    [Fact]
    public void The_owner_corrects() =>
        Spec.Given(Recorded).When(new CorrectLearning(Anna, Same with { Minutes = 50, Reason = "It took longer" }, [], Now))
            .Then(Corrected with { Minutes = 50, Reason = "It took longer" });

    [Fact]
    public void Only_the_owner_corrects() =>
        Spec.Given(Recorded).When(new CorrectLearning(Bernd, Same, [], Now)).ThenRefused(Rules.NotOwner);

    [Fact]
    public void A_correction_that_changes_nothing_adds_nothing() =>
        Spec.Given(Recorded).When(new CorrectLearning(Anna, Same with { Reason = "?" }, [], Now)).Then();

    [Fact]
    public void A_correction_can_empty_what_may_be_empty() =>
        Spec.Given(Recorded).When(new CorrectLearning(Anna, Same with { Learnt = "", With = [], SkillUris = [] }, [], Now))
            .Then(Corrected with { Learnt = "", With = [], SkillUris = [] });

    [Fact]
    public void Who_was_named_before_keeps_the_firm_of_that_time() =>
        Spec.Given(Recorded).When(new CorrectLearning(Anna, Same with { With = [Clara, Bernd] }, [new(Clara, Acme), new(Bernd, Acme)], Now))
            .Then(Corrected with { With = [new(Clara, Acme), new(Bernd, Bolt)] });

    [Fact]
    public void A_correction_into_the_future_is_refused() =>
        Spec.Given(Recorded).When(new CorrectLearning(Anna, Same with { HappenedAt = Now.AddDays(1) }, [], Now))
            .ThenRefused(Rules.InTheFuture);

    [Fact]
    public void Confirmations_stand_when_only_the_lesson_is_completed() =>
        Spec.Given(Recorded, Confirmed).When(new CorrectLearning(
            Anna, Same with { Learnt = "More", Part = LearningPart.InformationGathering, Links = ["https://a.example"] }, [], Now))
            .Then(Corrected with
            {
                Learnt = "More",
                Part = LearningPart.InformationGathering,
                Links = new ValueList<string>(["https://a.example"]),
                ConfirmationsStand = true,
            });

    [Fact]
    public void After_a_correction_of_substance_people_are_asked_again()
    {
        var longer = Corrected with { Minutes = 90 };
        Spec.Given(Recorded, Confirmed, Endorsed, longer).When(new EndorseLearning(Bernd, "urn:skill:1", Now))
            .ThenRefused(EndorseLearning.NotConfirmed);
        Spec.Given(Recorded, Confirmed, Endorsed, longer).When(new ConfirmLearning(Bernd, Now)).Then(Confirmed);
        Spec.Given(Recorded, Confirmed, Endorsed, longer with { ConfirmationsStand = true }).When(new ConfirmLearning(Bernd, Now)).Then();
    }

    [Fact]
    public void The_owner_says_who_may_read() =>
        Spec.Given(Recorded).When(new ChangeVisibility(Anna, Visibility.Network, Now))
            .Then(new LearningRecordVisibilityChanged(Visibility.Network, Now));

    [Fact]
    public void The_same_visibility_adds_nothing() => Spec.Given(Recorded).When(new ChangeVisibility(Anna, Visibility.Cluster, Now)).Then();

    [Fact]
    public void Only_the_owner_says_who_may_read() =>
        Spec.Given(Recorded).When(new ChangeVisibility(Bernd, Visibility.Firm, Now)).ThenRefused(Rules.NotOwner);

    private static LearningRecordCorrected Corrected => new(
        Anna, Content.Kind, Content.What, Content.Learnt, Content.HappenedAt, Content.Minutes, Content.With, Content.SkillUris,
        Content.Part, Content.Links, "",
        false, Now);
}
