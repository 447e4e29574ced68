using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Practices;
using LifeSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Practices.PracticeLife, ClusterNet.Learning.Practices.PracticeEvent>;
using TalkSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Practices.PracticeTalk, ClusterNet.Learning.Practices.PracticeTalkEvent>;
using UseSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Practices.PracticeUse, ClusterNet.Learning.Practices.PracticeUseEvent>;

namespace ClusterNet.Tests.Learning.Practices;

/// <summary>What becomes of a practice, its uses and the questions about it, decided without a database.</summary>
public class PracticeDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Author = new(Guid.NewGuid()), Manager = new(Guid.NewGuid()), Other = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly Id<Practice> Bars = new(Guid.NewGuid());
    private static readonly Guid Asked = Guid.NewGuid(), Answered = Guid.NewGuid();
    private static readonly Description Said = new("Copper bars", "It warps.", "Clamp it.", "", "", [], UseLevel.Leverage, Visibility.Cluster);
    private static readonly Description Better = Said with { How = "Clamp it well." };
    private static readonly PracticeDescribed Described = new(
        Acme, null, "Copper bars", "It warps.", "Clamp it.", "", "", [], UseLevel.Leverage, Visibility.Cluster, Author, false, Now);

    private static readonly PracticeCorrected Corrected = new("Copper bars", "It warps.", "Clamp it well.", "", "", "Well", [], UseLevel.Leverage, Visibility.Cluster, Author, Now);
    private static readonly PracticeWithdrawn Withdrawn = new("It cracks.", Author, Now);
    private static readonly PracticeUseTold Trying = new(Bars, Bolt, UseStage.Trying, "", "", UseVerdict.TooEarly, null, null, Other, Now);
    private static readonly PracticeQuestionAsked Question = new(Bars, Asked, "On 2 mm?", Other, Bolt, Now);
    private static readonly PracticeQuestionAnswered Reply = new(Asked, Answered, "Yes.", Author, Acme, Now);

    [Fact]
    public void What_was_found_out_is_described_once()
    {
        LifeSpec.Given().When(new DescribePractice(Acme, null, Said, Author, false, Now)).Then(Described);
        LifeSpec.Given(Described).When(new DescribePractice(Acme, null, Better, Author, false, Now)).Then();
    }

    [Fact]
    public void Its_author_and_managers_of_its_firm_correct_it()
    {
        LifeSpec.Given(Described).When(new CorrectPractice(Better, "Well", Author, false, Now)).Then(Corrected);
        LifeSpec.Given(Described).When(new CorrectPractice(Better, "Well", Manager, true, Now)).Then(Corrected with { By = Manager });
        LifeSpec.Given(Described).When(new CorrectPractice(Better, "Well", Other, false, Now)).ThenRefused(PracticeRules.NotAuthor);
        LifeSpec.Given(Described).When(new CorrectPractice(Said, "Well", Author, false, Now)).Then();
        LifeSpec.Given(Described, Withdrawn).When(new CorrectPractice(Better, "", Author, false, Now)).ThenRefused(PracticeRules.Withdrawn);
        LifeSpec.Given().When(new CorrectPractice(Better, "", Author, false, Now)).ThenRefused(PracticeRules.Unknown);
    }

    [Fact]
    public void A_draft_is_published_by_its_author_once()
    {
        var (draft, published) = (Described with { Draft = true }, new PracticePublished(Author, Now));
        LifeSpec.Given(draft).When(new PublishPractice(Author, Now)).Then(published);
        LifeSpec.Given(draft, published).When(new PublishPractice(Author, Now)).Then();
        LifeSpec.Given(draft).When(new PublishPractice(Manager, Now)).ThenRefused(PracticeRules.NotAuthor);
        LifeSpec.Given(Described, Withdrawn).When(new PublishPractice(Author, Now)).ThenRefused(PracticeRules.Withdrawn);
    }

    [Fact]
    public void What_is_published_is_withdrawn_with_a_reason_only()
    {
        LifeSpec.Given(Described).When(new WithdrawPractice("It cracks.", Author, false, Now)).Then(Withdrawn);
        LifeSpec.Given(Described).When(new WithdrawPractice("", Author, false, Now)).ThenRefused(PracticeRules.ReasonNeeded);
        LifeSpec.Given(Described with { Draft = true }).When(new WithdrawPractice("", Author, false, Now)).Then(new PracticeWithdrawn("", Author, Now));
        LifeSpec.Given(Described, Withdrawn).When(new WithdrawPractice("Again", Author, false, Now)).Then();
        LifeSpec.Given(Described).When(new WithdrawPractice("It cracks.", Other, false, Now)).ThenRefused(PracticeRules.NotAuthor);
    }

    [Fact]
    public void Who_leaves_takes_along_what_nobody_else_put_into_words()
    {
        LifeSpec.Given(Described).When(new LeavePractice(Author, Now)).Then(new PracticeWithdrawn("", Author, Now));
        LifeSpec.Given(Described, Corrected with { By = Manager }).When(new LeavePractice(Author, Now)).Then();
        LifeSpec.Given(Described, Withdrawn).When(new LeavePractice(Author, Now)).Then();
    }

    [Fact]
    public void Only_what_is_published_is_used_and_asked_about()
    {
        LifeSpec.Given(Described).When(new StillPublished(false)).Then();
        LifeSpec.Given(Described with { Draft = true }).When(new StillPublished(false)).ThenRefused(PracticeRules.NotPublished);
        LifeSpec.Given(Described, Withdrawn).When(new StillPublished(false)).ThenRefused(PracticeRules.Withdrawn);
        LifeSpec.Given(Described, Withdrawn).When(new StillPublished(true)).Then();
        LifeSpec.Given().When(new StillPublished(true)).ThenRefused(PracticeRules.Unknown);
    }

    [Fact]
    public void A_use_is_told_step_by_step_and_the_same_step_once()
    {
        var adopted = Trying with { Stage = UseStage.Adopted, Result = "Half the rejects.", Verdict = UseVerdict.Worked };
        UseSpec.Given().When(new TellUse(Trying)).Then(Trying);
        UseSpec.Given(Trying).When(new TellUse(adopted)).Then(adopted);
        UseSpec.Given(Trying).When(new TellUse(Trying with { By = Author, At = Now.AddDays(1) })).Then();
        UseSpec.Given(Trying, adopted).When(new TellUse(Trying)).Then(Trying);
    }

    [Fact]
    public void What_was_not_begun_is_not_given_up()
    {
        var over = Trying with { Stage = UseStage.GivenUp, Result = "Too slow.", Verdict = UseVerdict.DidNot };
        UseSpec.Given().When(new TellUse(over)).ThenRefused(PracticeRules.NotBegun);
        UseSpec.Given(Trying).When(new TellUse(over)).Then(over);
    }

    [Fact]
    public void Questions_are_answered_by_those_who_know()
    {
        TalkSpec.Given().When(new AskAboutPractice(Bars, Asked, "On 2 mm?", Other, Bolt, Now)).Then(Question);
        TalkSpec.Given(Question).When(new AnswerAboutPractice(Asked, Answered, "Yes.", Author, Acme, true, Now)).Then(Reply);
        TalkSpec.Given(Question).When(new AnswerAboutPractice(Asked, Answered, "Yes.", Other, Bolt, false, Now)).ThenRefused(PracticeRules.CannotAnswer);
        TalkSpec.Given().When(new AnswerAboutPractice(Asked, Answered, "Yes.", Author, Acme, true, Now)).ThenRefused(PracticeRules.QuestionUnknown);
    }

    [Fact]
    public void A_question_is_settled_by_who_asked_or_speaks_for_the_practice()
    {
        var settled = new PracticeQuestionSettled(Asked, Answered, Other, Now);
        TalkSpec.Given(Question, Reply).When(new SettleQuestion(Asked, Answered, Other, false, Now)).Then(settled);
        TalkSpec.Given(Question, Reply).When(new SettleQuestion(Asked, Answered, Author, true, Now)).Then(settled with { By = Author });
        TalkSpec.Given(Question, Reply).When(new SettleQuestion(Asked, Answered, Manager, false, Now)).ThenRefused(PracticeRules.NotAsker);
        TalkSpec.Given(Question, Reply).When(new SettleQuestion(Asked, Asked, Other, false, Now)).ThenRefused(PracticeRules.AnswerUnknown);
        TalkSpec.Given(Question, Reply, settled).When(new SettleQuestion(Asked, Answered, Other, false, Now)).Then();
        TalkSpec.Given(Question, Reply, settled).When(new SettleQuestion(Asked, null, Other, false, Now)).Then(settled with { Answer = null });
    }

    [Fact]
    public void Ones_own_words_are_taken_back_and_settle_nothing_any_more()
    {
        var (settled, back) = (new PracticeQuestionSettled(Asked, Answered, Other, Now), new PracticeWordsWithdrawn(Answered, Author, Now));
        TalkSpec.Given(Question, Reply).When(new WithdrawWords(Answered, Author, Now)).Then(back);
        TalkSpec.Given(Question, Reply, back).When(new WithdrawWords(Answered, Author, Now)).Then();
        TalkSpec.Given(Question, Reply).When(new WithdrawWords(Answered, Other, Now)).ThenRefused(PracticeRules.NotYourWords);
        TalkSpec.Given(Question, Reply, settled, back).When(new SettleQuestion(Asked, null, Other, false, Now)).Then();
        TalkSpec.Given(Question, Reply, back).When(new SettleQuestion(Asked, Answered, Other, false, Now)).ThenRefused(PracticeRules.AnswerUnknown);
    }
}
