using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Mentoring;
using ClusterNet.Learning.Records;
using OfferSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Mentoring.Offer, ClusterNet.Learning.Mentoring.OfferEvent>;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Learning.Mentoring.Pair, ClusterNet.Learning.Mentoring.PairEvent>;

namespace ClusterNet.Tests.Learning;

public class MentoringDecisionTests
{
    private static readonly Id<Person> Mentor = new(Guid.NewGuid()), Mentee = new(Guid.NewGuid()), Lead = new(Guid.NewGuid()), Stranger = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<MentoringSession> Session = new(Guid.NewGuid()), Another = new(Guid.NewGuid());

    private static readonly MentoringAsked Asked = new(Mentor, Mentee, MentorKind.Mentor, Mentee, null, "Teach me prices", "Quiet rooms", [], Rhythm.Weekly, Now);
    private static readonly MentoringAsked Proposed = Asked with { By = Lead };
    private static readonly MentoringAccepted Begun = new(Mentor, true, Now);
    private static readonly LogSession Log = new(Mentee, Session, Now.AddHours(1), 45, "Played a talk", "Prepare one", Now.AddHours(2));
    private static readonly MentoringSessionLogged Logged = new(Session, Mentee, Log.HappenedAt, 45, "Played a talk", "Prepare one", Log.Now);

    [Fact]
    public void Who_is_asked_accepts_and_it_begins() => Spec.Given(Asked).When(new AcceptMentoring(Mentor, Now)).Then(Begun);

    [Fact]
    public void Nobody_accepts_what_they_asked_themselves() => Spec.Given(Asked).When(new AcceptMentoring(Mentee, Now)).ThenRefused(AcceptMentoring.OwnAsking);

    [Fact]
    public void For_a_stranger_the_two_are_not_there() => Spec.Given(Asked).When(new AcceptMentoring(Stranger, Now)).ThenRefused(MentoringRules.Unknown);

    [Fact]
    public void What_a_programme_proposes_begins_when_both_have_accepted()
    {
        Spec.Given(Proposed).When(new AcceptMentoring(Mentee, Now)).Then(new MentoringAccepted(Mentee, false, Now));
        Spec.Given(Proposed, new MentoringAccepted(Mentee, false, Now)).When(new AcceptMentoring(Mentor, Now)).Then(Begun);
    }

    [Fact]
    public void A_yes_given_twice_adds_nothing() => Spec.Given(Asked, Begun).When(new AcceptMentoring(Mentor, Now)).Then();

    [Fact]
    public void A_no_has_its_reason() => Spec.Given(Asked).When(new DeclineMentoring(Mentor, "No time", Now)).Then(new MentoringDeclined(Mentor, "No time", Now));

    [Fact]
    public void What_was_declined_is_over() =>
        Spec.Given(Asked, new MentoringDeclined(Mentor, "No time", Now)).When(new AcceptMentoring(Mentor, Now)).ThenRefused(MentoringRules.NotActive);

    [Fact]
    public void A_session_is_logged() => Spec.Given(Asked, Begun).When(Log).Then(Logged);

    [Fact]
    public void A_session_that_was_planned_for_that_day_is_the_one_that_is_logged() =>
        Spec.Given(Asked, Begun, new MentoringSessionPlanned(Another, Mentor, Now.AddHours(1), 60, "", Now)).When(Log).Then(Logged with { Session = Another });

    [Fact]
    public void What_has_not_happened_is_not_logged() => Spec.Given(Asked, Begun).When(Log with { HappenedAt = Now.AddDays(1) }).ThenRefused(Rules.InTheFuture);

    [Fact]
    public void The_same_session_is_not_logged_by_both() =>
        Spec.Given(Asked, Begun, Logged).When(Log with { By = Mentor, New = Another }).ThenRefused(LogSession.LoggedAlready);

    [Fact]
    public void The_other_one_confirms_a_session_once()
    {
        var confirmed = new MentoringSessionConfirmed(Session, Mentor, Now);
        Spec.Given(Asked, Begun, Logged).When(new ConfirmSession(Mentor, Session, Now)).Then(confirmed);
        Spec.Given(Asked, Begun, Logged, confirmed).When(new ConfirmSession(Mentor, Session, Now)).Then();
        Spec.Given(Asked, Begun, Logged).When(new ConfirmSession(Mentee, Session, Now)).ThenRefused(ConfirmSession.OwnSession);
        Spec.Given(Asked, Begun, Logged).When(new ConfirmSession(Mentor, Another, Now)).ThenRefused(MentoringRules.SessionUnknown);
    }

    [Fact]
    public void Moving_a_session_keeps_it_the_same_one()
    {
        var planned = new MentoringSessionPlanned(Session, Mentor, Now.AddDays(3), 60, "", Now);
        Spec.Given(Asked, Begun, planned).When(new PlanSession(Mentee, Another, Now.AddDays(4), 60, "", Now)).Then(planned with { By = Mentee, StartsAt = Now.AddDays(4) });
        Spec.Given(Asked, Begun).When(new PlanSession(Mentee, Another, Now.AddDays(-1), 60, "", Now)).ThenRefused(PlanSession.InThePast);
    }

    [Fact]
    public void A_missed_week_is_told_once_and_three_at_most()
    {
        var (due, missed) = (Now.AddDays(8), new MentoringRhythmMissed(Now, Now.AddDays(8)));
        Spec.Given(Asked, Begun).When(new NoteMissedRhythm(due.AddMinutes(-1))).Then();
        Spec.Given(Asked, Begun).When(new NoteMissedRhythm(due)).Then(missed);
        Spec.Given(Asked, Begun, missed).When(new NoteMissedRhythm(due.AddDays(6))).Then();
        Spec.Given(Asked, Begun, missed).When(new NoteMissedRhythm(due.AddDays(7))).Then(missed with { At = due.AddDays(7) });
        Spec.Given(Asked, Begun, missed, missed, missed).When(new NoteMissedRhythm(due.AddDays(70))).Then();
    }

    [Fact]
    public void Who_has_planned_the_next_session_or_wants_no_rhythm_is_not_reminded()
    {
        var planned = new MentoringSessionPlanned(Session, Mentor, Now.AddDays(9), 60, "", Now);
        Spec.Given(Asked, Begun, planned).When(new NoteMissedRhythm(Now.AddDays(9))).Then();
        Spec.Given(Asked with { Rhythm = Rhythm.Free }, Begun).When(new NoteMissedRhythm(Now.AddDays(90))).Then();
    }

    [Fact]
    public void The_mentee_alone_says_what_the_mentee_needs() =>
        Spec.Given(Asked, Begun).When(new TellNeeds(Mentor, "Everything", Now)).ThenRefused(TellNeeds.MenteesAlone);

    [Fact]
    public void Help_is_called_once_at_a_time()
    {
        var (call, cluster) = (new Id<HelpCall>(Guid.NewGuid()), new Id<Cluster>(Guid.NewGuid()));
        var called = new MentoringHelpCalled(call, Mentee, cluster, "We find no time", Now);
        Spec.Given(Asked, Begun).When(new CallForHelp(Mentee, call, cluster, "We find no time", Now)).Then(called);
        Spec.Given(Asked, Begun, called).When(new CallForHelp(Mentee, call, cluster, "Again", Now)).ThenRefused(CallForHelp.CalledAlready);
        Spec.Given(Asked, Begun, called).When(new SettleHelp(call, cluster, Lead, Now)).Then(new MentoringHelpSettled(call, Lead, Now));
        Spec.Given(Asked, Begun, called).When(new SettleHelp(call, new(Guid.NewGuid()), Lead, Now)).ThenRefused(SettleHelp.Unknown);
    }

    [Fact]
    public void A_mentor_takes_as_many_as_offered_and_a_place_that_is_free_again_is_given_again()
    {
        var pairs = Enumerable.Range(0, 4).Select(_ => new Id<Pair>(Guid.NewGuid())).ToArray();
        OfferEvent[] full = [.. pairs[..3].Select((p, i) => new MentorPlaceTaken(p, i + 1, Now))];
        OfferSpec.Given(full).When(new TakePlace(pairs[3], Now)).ThenRefused(MentoringRules.NoPlaceFree);
        OfferSpec.Given(full).When(new TakePlace(pairs[0], Now)).Then();
        OfferSpec.Given([.. full, new MentorPlaceFreed(pairs[1], Now)]).When(new TakePlace(pairs[3], Now)).Then(new MentorPlaceTaken(pairs[3], 2, Now));
    }
}
