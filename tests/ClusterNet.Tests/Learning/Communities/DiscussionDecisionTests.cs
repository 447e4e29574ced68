using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using MarkSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Discussions.HelpfulMark, ClusterNet.Learning.Discussions.HelpfulMarkEvent>;
using ThreadSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Discussions.Thread, ClusterNet.Learning.Discussions.DiscussionEvent>;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>What becomes of what people write, decided without a database.</summary>
public class DiscussionDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Asker = new(Guid.NewGuid()), Helper = new(Guid.NewGuid()), Other = new(Guid.NewGuid());
    private static readonly Id<Community> Welders = new(Guid.NewGuid());
    private static readonly Guid First = Guid.NewGuid(), Second = Guid.NewGuid();
    private static readonly DiscussionOpened Asked = new(Welders, First, true, "Warped", "It warps.", [], [], Asker, null, PostStatus.Shown, Now);
    private static readonly DiscussionAnswered Answered = new(Second, "Clamp it.", [], Helper, null, PostStatus.Shown, Now);
    private static readonly Addressed Better = new("Clamp it well.", []);

    [Fact]
    public void A_question_is_answered() =>
        ThreadSpec.Given(Asked).When(new AnswerDiscussion(Second, new("Clamp it.", []), Helper, null, PostStatus.Shown, Now)).Then(Answered);

    [Fact]
    public void A_draft_is_answered_by_nobody() => ThreadSpec.Given(Asked with { Status = PostStatus.Draft })
        .When(new AnswerDiscussion(Second, Better, Helper, null, PostStatus.Shown, Now)).ThenRefused(DiscussionRules.NotShown);

    [Fact]
    public void Only_the_author_edits()
    {
        ThreadSpec.Given(Asked, Answered).When(new EditPost(Second, null, Better, Helper, PostStatus.Shown, Now))
            .Then(new DiscussionPostEdited(Second, "", "Clamp it well.", [], Helper, PostStatus.Shown, Now));
        ThreadSpec.Given(Asked, Answered).When(new EditPost(Second, null, Better, Asker, PostStatus.Shown, Now)).ThenRefused(DiscussionRules.NotAuthor);
        ThreadSpec.Given(Asked).When(new EditPost(Second, null, Better, Asker, PostStatus.Shown, Now)).ThenRefused(DiscussionRules.PostUnknown);
    }

    [Fact]
    public void The_same_text_is_no_edit() => ThreadSpec.Given(Asked).When(new EditPost(First, "Warped", new("It warps.", []), Asker, PostStatus.Shown, Now)).Then();

    [Fact]
    public void An_edit_keeps_the_title_unless_told() => ThreadSpec.Given(Asked).When(new EditPost(First, null, Better, Asker, PostStatus.InReview, Now))
        .Then(new DiscussionPostEdited(First, "Warped", "Clamp it well.", [], Asker, PostStatus.InReview, Now));

    [Theory]
    [InlineData(PostStatus.Draft)]
    [InlineData(PostStatus.Hidden)]
    internal void What_is_not_shown_is_not_shown_by_an_edit(PostStatus status) => ThreadSpec.Given(Asked with { Status = status })
        .When(new EditPost(First, null, Better, Asker, PostStatus.Shown, Now)).Then(new DiscussionPostEdited(First, "Warped", "Clamp it well.", [], Asker, status, Now));

    [Fact]
    public void Ones_own_words_are_taken_back_once()
    {
        var withdrawn = new DiscussionPostWithdrawn(Second, Helper, Now);
        ThreadSpec.Given(Asked, Answered).When(new WithdrawPost(Second, Helper, Now)).Then(withdrawn);
        ThreadSpec.Given(Asked, Answered, withdrawn).When(new WithdrawPost(Second, Helper, Now)).Then();
        ThreadSpec.Given(Asked, Answered).When(new WithdrawPost(Second, Asker, Now)).ThenRefused(DiscussionRules.NotAuthor);
        ThreadSpec.Given(Asked, Answered, withdrawn).When(new EditPost(Second, null, Better, Helper, PostStatus.Shown, Now)).ThenRefused(DiscussionRules.Withdrawn);
    }

    [Fact]
    public void The_asker_or_a_facilitator_accepts_an_answer()
    {
        ThreadSpec.Given(Asked, Answered).When(new AcceptAnswer(Second, Asker, false, Now)).Then(new DiscussionAnswerAccepted(Second, Asker, Now));
        ThreadSpec.Given(Asked, Answered).When(new AcceptAnswer(Second, Other, true, Now)).Then(new DiscussionAnswerAccepted(Second, Other, Now));
        ThreadSpec.Given(Asked, Answered).When(new AcceptAnswer(Second, Helper, false, Now)).ThenRefused(AcceptAnswer.NotAsker);
        ThreadSpec.Given(Asked, Answered).When(new AcceptAnswer(Second, Helper, true, Now)).ThenRefused(AcceptAnswer.OwnAnswer); // nobody praises themselves
        ThreadSpec.Given(Asked, Answered, new DiscussionAnswerAccepted(Second, Asker, Now)).When(new AcceptAnswer(Second, Asker, false, Now)).Then();
        ThreadSpec.Given(Asked, Answered, new DiscussionAnswerAccepted(Second, Asker, Now)).When(new AcceptAnswer(null, Asker, false, Now)).Then(new DiscussionAnswerAccepted(null, Asker, Now));
    }

    [Fact]
    public void Only_an_answer_that_is_shown_can_be_accepted()
    {
        ThreadSpec.Given(Asked).When(new AcceptAnswer(First, Asker, false, Now)).ThenRefused(AcceptAnswer.QuestionItself);
        ThreadSpec.Given(Asked).When(new AcceptAnswer(Second, Asker, false, Now)).ThenRefused(DiscussionRules.PostUnknown);
        ThreadSpec.Given(Asked with { Question = false }, Answered).When(new AcceptAnswer(Second, Asker, false, Now)).ThenRefused(AcceptAnswer.NoQuestion);
        ThreadSpec.Given(Asked, Answered with { Status = PostStatus.InReview }).When(new AcceptAnswer(Second, Asker, false, Now)).ThenRefused(DiscussionRules.NotShown);
        ThreadSpec.Given(Asked, Answered, new DiscussionAnswerAccepted(Second, Asker, Now), new DiscussionPostWithdrawn(Second, Helper, Now))
            .When(new AcceptAnswer(null, Asker, false, Now)).Then(); // what was withdrawn is accepted no more
    }

    [Fact]
    public void A_draft_is_handed_in_by_its_author_and_a_review_ended_by_a_facilitator()
    {
        var draft = Asked with { Status = PostStatus.Draft };
        ThreadSpec.Given(draft).When(new PublishPost(First, Asker, false, PostStatus.InReview, Now)).Then(new DiscussionPostPublished(First, PostStatus.InReview, Asker, Now));
        ThreadSpec.Given(draft).When(new PublishPost(First, Other, true, PostStatus.Shown, Now)).ThenRefused(DiscussionRules.NotAuthor);
        var waiting = Asked with { Status = PostStatus.InReview };
        ThreadSpec.Given(waiting).When(new PublishPost(First, Other, true, PostStatus.Shown, Now)).Then(new DiscussionPostPublished(First, PostStatus.Shown, Other, Now));
        ThreadSpec.Given(waiting).When(new PublishPost(First, Asker, false, PostStatus.InReview, Now)).ThenRefused(CommunityRules.NotFacilitator);
        ThreadSpec.Given(Asked).When(new PublishPost(First, Asker, false, PostStatus.Shown, Now)).Then();
        ThreadSpec.Given(Asked with { Status = PostStatus.Hidden }).When(new PublishPost(First, Asker, false, PostStatus.Shown, Now)).ThenRefused(DiscussionRules.NotShown);
    }

    [Fact]
    public void A_mark_counts_once_can_be_taken_back_and_is_never_ones_own()
    {
        var discussion = new Id<Discussion>(First);
        var given = new HelpfulMarkGiven(Welders, discussion, Second, Helper, Asker, Now);
        MarkHelpful Mark(Id<Person> by, bool helpful) => new(Welders, discussion, Second, Helper, by, helpful, Now);
        MarkSpec.Given().When(Mark(Asker, true)).Then(given);
        MarkSpec.Given(given).When(Mark(Asker, true)).Then();
        MarkSpec.Given(given).When(Mark(Asker, false)).Then(new HelpfulMarkWithdrawn(Asker, Now));
        MarkSpec.Given().When(Mark(Asker, false)).Then();
        MarkSpec.Given().When(Mark(Helper, true)).ThenRefused(MarkHelpful.Own);
        HelpfulMarkEvent[] restless = [.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? (HelpfulMarkEvent)given : new HelpfulMarkWithdrawn(Asker, Now))];
        MarkSpec.Given(restless).When(Mark(Asker, true)).ThenRefused(MarkHelpful.TooOften);
    }
}
