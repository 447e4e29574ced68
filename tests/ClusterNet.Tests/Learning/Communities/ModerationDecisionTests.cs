using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Wiki;
using Shouldly;
using ThreadSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Discussions.Thread, ClusterNet.Learning.Discussions.DiscussionEvent>;
using WikiSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Wiki.WikiLife, ClusterNet.Learning.Wiki.WikiEvent>;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>Flags, moderation, help that is asked for, and versions of wiki pages, decided without a database.</summary>
public class ModerationDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Author = new(Guid.NewGuid()), Other = new(Guid.NewGuid()), Lead = new(Guid.NewGuid());
    private static readonly Id<Community> Welders = new(Guid.NewGuid());
    private static readonly Guid First = Guid.NewGuid();
    private static readonly DiscussionOpened Opened = new(Welders, First, true, "Warped", "It warps.", [], [], Author, null, PostStatus.Shown, Now);
    private static readonly DiscussionPostFlagged Flagged = new(First, "Names a customer", Other, Now);
    private static readonly WikiPageWritten Written = new(Welders, WikiKind.Page, "Discs", "Fine ones", Author, PostStatus.Shown, Now);
    private static readonly WikiPageRevised Pending = new("Discs", "Very fine ones", "", Other, PostStatus.InReview, Now);

    private static ModeratePost Step(Moderation step) => new(First, step, "Why", Lead, Now);

    [Fact]
    public void Others_flag_once_what_is_shown()
    {
        ThreadSpec.Given(Opened).When(new FlagPost(First, "Names a customer", Other, Now)).Then(Flagged);
        ThreadSpec.Given(Opened, Flagged).When(new FlagPost(First, "Again", Other, Now)).Then();
        ThreadSpec.Given(Opened).When(new FlagPost(First, "Mine", Author, Now)).ThenRefused(FlagPost.Own);
        ThreadSpec.Given(Opened with { Status = PostStatus.Hidden }).When(new FlagPost(First, "Why", Other, Now)).ThenRefused(DiscussionRules.NotShown);
    }

    [Fact]
    public void A_facilitator_hides_restores_keeps_and_sends_back()
    {
        var hidden = new DiscussionPostModerated(First, Moderation.Hide, "Why", Lead, Now);
        ThreadSpec.Given(Opened, Flagged).When(Step(Moderation.Hide)).Then(hidden);
        ThreadSpec.Given(Opened, hidden).When(Step(Moderation.Hide)).Then();
        ThreadSpec.Given(Opened, hidden).When(Step(Moderation.Restore)).Then(hidden with { Step = Moderation.Restore });
        ThreadSpec.Given(Opened).When(Step(Moderation.Restore)).Then();
        ThreadSpec.Given(Opened, Flagged).When(Step(Moderation.Keep)).Then(hidden with { Step = Moderation.Keep });
        ThreadSpec.Given(Opened).When(Step(Moderation.Keep)).Then();
        ThreadSpec.Given(Opened).When(Step(Moderation.Return)).ThenRefused(ModeratePost.NotInReview);
        ThreadSpec.Given(Opened with { Status = PostStatus.InReview }).When(Step(Moderation.Return)).Then(hidden with { Step = Moderation.Return });
        ThreadSpec.Given(Opened with { Status = PostStatus.Draft }).When(Step(Moderation.Hide)).ThenRefused(DiscussionRules.PostUnknown);
        ThreadSpec.Given(Opened, new DiscussionPostWithdrawn(First, Author, Now)).When(Step(Moderation.Hide)).ThenRefused(DiscussionRules.Withdrawn);
    }

    [Fact]
    public void A_correction_ends_flags_and_keeps_what_was_said()
    {
        var corrected = new DiscussionPostCorrected(First, "Warped", "It bends.", [], "A customer stood there", Lead, Now);
        ThreadSpec.Given(Opened, Flagged).When(new CorrectPost(First, null, new("It bends.", []), "A customer stood there", Lead, Now)).Then(corrected);
        ThreadSpec.Given(Opened, Flagged, corrected).When(new CorrectPost(First, "Warped", new("It bends.", []), "Again", Lead, Now)).Then();
        ThreadSpec.Given(Opened, Flagged, corrected).When(Step(Moderation.Keep)).Then();
    }

    [Fact]
    public void Only_the_asker_asks_for_help_and_not_everybody()
    {
        ThreadSpec.Given(Opened).When(new AskForHelp(Other, Author, Now)).Then(new DiscussionHelpAsked(Other, Author, Now));
        ThreadSpec.Given(Opened, new DiscussionHelpAsked(Other, Author, Now)).When(new AskForHelp(Other, Author, Now)).Then();
        ThreadSpec.Given(Opened).When(new AskForHelp(Lead, Other, Now)).ThenRefused(AskForHelp.NotAsker);
        ThreadSpec.Given(Opened with { Question = false }).When(new AskForHelp(Other, Author, Now)).ThenRefused(AcceptAnswer.NoQuestion);
        ThreadSpec.Given([Opened, .. Enumerable.Range(0, 5).Select(_ => new DiscussionHelpAsked(new(Guid.NewGuid()), Author, Now))])
            .When(new AskForHelp(Other, Author, Now)).ThenRefused(AskForHelp.TooMany);
    }

    [Fact]
    public void A_page_keeps_all_versions_and_shows_the_newest_that_was_let_through()
    {
        WikiSpec.Given(Written).When(new RevisePage("Discs", "Fine ones", "", Other, PostStatus.Shown, Now)).Then();
        WikiSpec.Given(Written).When(new RevisePage("Discs", "Very fine ones", "", Other, PostStatus.InReview, Now)).Then(Pending);
        WikiSpec.Given(Written, Pending).When(new PublishPage(Lead, Now)).Then(new WikiPagePublished(2, Lead, Now));
        WikiSpec.Given(Written).When(new PublishPage(Lead, Now)).Then();
        Number(Written, Pending).ShouldBe(1);
        Number(Written, Pending, new WikiPagePublished(2, Lead, Now)).ShouldBe(2);
        Number(Written, Pending, new WikiPageModerated(Moderation.Return, "No", Lead, Now)).ShouldBe(1);
    }

    [Fact]
    public void A_page_is_hidden_and_shown_again()
    {
        var hidden = new WikiPageModerated(Moderation.Hide, "Why", Lead, Now);
        WikiSpec.Given(Written).When(new ModeratePage(Moderation.Hide, "Why", Lead, Now)).Then(hidden);
        WikiSpec.Given(Written, hidden).When(new ModeratePage(Moderation.Hide, "Why", Lead, Now)).Then();
        WikiSpec.Given(Written, hidden).When(new ModeratePage(Moderation.Restore, "Why", Lead, Now)).Then(hidden with { Step = Moderation.Restore });
        WikiSpec.Given(Written, hidden).When(new FlagPage("Old", Other, Now)).ThenRefused(DiscussionRules.NotShown);
        WikiSpec.Given(Written).When(new ModeratePage(Moderation.Return, "Why", Lead, Now)).ThenRefused(ModeratePost.NotInReview);
    }

    [Fact]
    public void What_changed_between_two_texts_is_told_word_by_word_and_nothing_is_lost()
    {
        TextDiff.Of("Clamp it with copper.", "Clamp it well with copper.").ShouldBe(
            [new(TextDiff.Same, "Clamp it "), new(TextDiff.Added, "well "), new(TextDiff.Same, "with copper.")]);
        TextDiff.Of("same", "same").ShouldAllBe(p => p.Kind == TextDiff.Same);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var (before, after) = (Words(random), Words(random));
            var parts = TextDiff.Of(before, after);
            string.Concat(parts.Where(p => p.Kind != TextDiff.Added).Select(p => p.Text)).ShouldBe(before);
            string.Concat(parts.Where(p => p.Kind != TextDiff.Removed).Select(p => p.Text)).ShouldBe(after);
        }
    }

    private static string Words(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(0, 30)).Select(_ => new[] { "clamp ", "it\n", "well. ", "\n\n", "- ", "copper", " " }[random.Next(7)]));

    private static int Number(params WikiEvent[] facts) => facts.Aggregate(WikiLife.Initial, WikiLife.Evolve).ShouldBeOfType<WikiLife.Kept>().Current.ShouldNotBeNull().Number;
}
