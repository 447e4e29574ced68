using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Practices;
using ClusterNet.Learning.Signals;
using PracticeSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Practices.PracticeLife, ClusterNet.Learning.Practices.PracticeEvent>;
using SignalSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Signals.SignalLife, ClusterNet.Learning.Signals.SignalEvent>;

namespace ClusterNet.Tests.Learning.Flags;

/// <summary>Flags and what coordinators do about them, decided without a database.</summary>
public class FlaggableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Author = new(Guid.NewGuid()), Other = new(Guid.NewGuid()), Lead = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid());
    private static readonly PracticeDescribed Described = new(Acme, null, "Bars", "It warps.", "Clamp it.", "", "", [], UseLevel.Leverage, Visibility.Cluster, Author, false, Now);
    private static readonly PracticeFlagged Flagged = new("Names a customer", Other, Now);
    private static readonly PracticeModerated Hidden = new(Moderation.Hide, "A customer is named", Lead, Now);
    private static readonly SignalShared Shared = new(Acme, "Copper is dear", "", "Buy now", ["economic"], Visibility.Cluster, Author, Now);

    [Fact]
    public void Others_flag_a_practice_once_until_somebody_has_looked()
    {
        PracticeSpec.Given(Described).When(new FlagPractice("Names a customer", Other, Now)).Then(Flagged);
        PracticeSpec.Given(Described, Flagged).When(new FlagPractice("Again", Other, Now)).Then();
        PracticeSpec.Given(Described, Flagged, Hidden with { Step = Moderation.Keep }).When(new FlagPractice("Names a customer", Other, Now)).Then(Flagged);
        PracticeSpec.Given(Described).When(new FlagPractice("Mine", Author, Now)).ThenRefused(FlagPost.Own);
        PracticeSpec.Given(Described, Hidden).When(new FlagPractice("Late", Other, Now)).ThenRefused(PracticeRules.Hidden);
        PracticeSpec.Given().When(new FlagPractice("What?", Other, Now)).ThenRefused(PracticeRules.Unknown);
    }

    [Fact]
    public void What_is_hidden_is_shown_again_and_nothing_is_done_twice()
    {
        PracticeSpec.Given(Described, Flagged).When(new ModeratePractice(Moderation.Hide, "A customer is named", Lead, Now)).Then(Hidden);
        PracticeSpec.Given(Described, Hidden).When(new ModeratePractice(Moderation.Hide, "Again", Lead, Now)).Then();
        PracticeSpec.Given(Described, Hidden).When(new ModeratePractice(Moderation.Restore, "In order", Lead, Now)).Then(new PracticeModerated(Moderation.Restore, "In order", Lead, Now));
        PracticeSpec.Given(Described).When(new ModeratePractice(Moderation.Restore, "In order", Lead, Now)).Then();
        PracticeSpec.Given(Described).When(new ModeratePractice(Moderation.Keep, "In order", Lead, Now)).Then();
        PracticeSpec.Given(Described, Hidden, Hidden with { Step = Moderation.Keep }).When(new StillPublished(false)).ThenRefused(PracticeRules.Hidden);
        PracticeSpec.Given(Described).When(new ModeratePractice(Moderation.Return, "Back", Lead, Now)).ThenRefused(ModeratePost.NotInReview);
        PracticeSpec.Given(Described with { Draft = true }).When(new ModeratePractice(Moderation.Hide, "Why", Lead, Now)).ThenRefused(PracticeRules.Hidden);
    }

    [Fact]
    public void Of_a_hidden_signal_nothing_is_told()
    {
        var hidden = new SignalModerated(Moderation.Hide, "A rumour", Lead, Now);
        SignalSpec.Given(Shared).When(new FlagSignal("A rumour", Other, Now)).Then(new SignalFlagged("A rumour", Other, Now));
        SignalSpec.Given(Shared).When(new ModerateSignal(Moderation.Hide, "A rumour", Lead, Now)).Then(hidden);
        SignalSpec.Given(Shared, hidden).When(new StillStands()).ThenRefused(SignalRules.Hidden);
        SignalSpec.Given(Shared, hidden).When(new TalkAboutSignal(new(Guid.NewGuid()), new(Guid.NewGuid()), Author, Now)).ThenRefused(SignalRules.Hidden);
        SignalSpec.Given(Shared, hidden, hidden with { Step = Moderation.Restore }).When(new StillStands()).Then();
        SignalSpec.Given(Shared, new SignalWithdrawn("", Author, Now)).When(new FlagSignal("A rumour", Other, Now)).ThenRefused(SignalRules.Hidden);
    }
}
