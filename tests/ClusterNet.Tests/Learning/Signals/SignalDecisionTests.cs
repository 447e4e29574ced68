using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Signals;
using LifeSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Signals.SignalLife, ClusterNet.Learning.Signals.SignalEvent>;
using VoiceSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Signals.SignalVoice, ClusterNet.Learning.Signals.SignalVoiceEvent>;

namespace ClusterNet.Tests.Learning.Signals;

/// <summary>What becomes of a signal and of what people say of it, decided without a database.</summary>
public class SignalDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Author = new(Guid.NewGuid()), Other = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly Id<Signal> Copper = new(Guid.NewGuid());
    private static readonly Noticed Said = SignalRules.Said(" Copper is dear ", null, "Buy now", [SignalTag.Legal, SignalTag.Economic, SignalTag.Legal], Visibility.Cluster);
    private static readonly SignalShared Shared = new(Acme, "Copper is dear", "", "Buy now", ["economic", "legal"], Visibility.Cluster, Author, Now);
    private static readonly SignalWithdrawn Withdrawn = new("A rumour", Author, Now);
    private static readonly SignalViewTold Told = new(Copper, Other, Bolt, "We sell scrap", Now);

    [Fact]
    public void What_was_noticed_is_shared_tidily_and_once()
    {
        LifeSpec.Given().When(new ShareSignal(Acme, Said, Author, Now)).Then(Shared);
        LifeSpec.Given(Shared).When(new ShareSignal(Acme, Said, Author, Now)).Then();
    }

    [Fact]
    public void Only_its_author_corrects_and_withdraws_it()
    {
        var better = Said with { SoWhat = "Buy soon" };
        LifeSpec.Given(Shared).When(new CorrectSignal(better, Author, Now))
            .Then(new SignalCorrected("Copper is dear", "", "Buy soon", ["economic", "legal"], Visibility.Cluster, Author, Now));
        LifeSpec.Given(Shared).When(new CorrectSignal(Said, Author, Now)).Then();
        LifeSpec.Given(Shared).When(new CorrectSignal(better, Other, Now)).ThenRefused(SignalRules.NotAuthor);
        LifeSpec.Given(Shared).When(new WithdrawSignal("A rumour", Author, Now)).Then(Withdrawn);
        LifeSpec.Given(Shared, Withdrawn).When(new WithdrawSignal("Again", Author, Now)).Then();
        LifeSpec.Given(Shared).When(new WithdrawSignal("A rumour", Other, Now)).ThenRefused(SignalRules.NotAuthor);
        LifeSpec.Given(Shared, Withdrawn).When(new CorrectSignal(better, Author, Now)).ThenRefused(SignalRules.Withdrawn);
    }

    [Fact]
    public void A_discussion_about_it_is_noted_once_and_of_what_stands_only()
    {
        var (community, discussion) = (new Id<Community>(Guid.NewGuid()), new Id<Discussion>(Guid.NewGuid()));
        var talked = new SignalTalkedAbout(community, discussion, Other, Now);
        LifeSpec.Given(Shared).When(new TalkAboutSignal(community, discussion, Other, Now)).Then(talked);
        LifeSpec.Given(Shared, talked).When(new TalkAboutSignal(community, discussion, Author, Now)).Then();
        LifeSpec.Given(Shared, Withdrawn).When(new TalkAboutSignal(community, discussion, Other, Now)).ThenRefused(SignalRules.Withdrawn);
        LifeSpec.Given(Shared).When(new StillStands()).Then();
        LifeSpec.Given(Shared, Withdrawn).When(new StillStands()).ThenRefused(SignalRules.Withdrawn);
    }

    [Fact]
    public void Each_person_has_one_view_and_changes_it_or_takes_it_back()
    {
        TellView View(string text, bool own = false) => new(Copper, text, Other, Bolt, own, Now);
        VoiceSpec.Given().When(View("We sell scrap")).Then(Told);
        VoiceSpec.Given(Told).When(View("We sell scrap")).Then();
        VoiceSpec.Given(Told).When(View("We sell chips")).Then(Told with { Text = "We sell chips" });
        VoiceSpec.Given(Told).When(View("")).Then(new SignalViewTakenBack(Copper, Other, Now));
        VoiceSpec.Given().When(View("")).Then();
        VoiceSpec.Given().When(View("Mine", own: true)).ThenRefused(SignalRules.OwnView);
    }

    [Fact]
    public void A_mark_counts_once_can_be_taken_back_and_is_never_ones_own()
    {
        MarkSignal Mark(bool helpful, bool own = false) => new(Copper, Other, helpful, own, Now);
        var marked = new SignalMarked(Copper, Other, true, Now);
        VoiceSpec.Given().When(Mark(true)).Then(marked);
        VoiceSpec.Given(marked, Told).When(Mark(true)).Then();
        VoiceSpec.Given(marked).When(Mark(false)).Then(marked with { Helpful = false });
        VoiceSpec.Given().When(Mark(true, own: true)).ThenRefused(SignalRules.OwnMark);
        SignalVoiceEvent[] restless = [.. Enumerable.Range(0, 10).Select(i => marked with { Helpful = i % 2 == 0 })];
        VoiceSpec.Given(restless).When(Mark(true)).ThenRefused(SignalRules.TooOften);
    }
}
