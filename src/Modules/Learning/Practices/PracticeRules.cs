using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Learning.Practices;

/// <summary>What every practice keeps to, and how it says no.</summary>
internal static class PracticeRules
{
    public const int MaxTitle = 150, MaxText = 2_000, MaxHow = 10_000, MaxNote = 200, MaxReason = 500, MaxSkills = 10, MaxQuestion = 2_000, MaxQuestions = 500, MaxAnswers = 50,
        MaxMinutes = 100_000;

    public const long MaxCents = 100_000_000;

    public static readonly Refusal Unknown = new("practice-unknown", "There is no such practice for you. Look at GET /api/v1/learning/practices.", 404);

    public static readonly Refusal NotAuthor = new(
        "not-your-practice", "Only who described it, and managers of the firm it comes from, change a practice. Ask about it, or describe an adaptation of your own.", 403);

    public static readonly Refusal Withdrawn = new("practice-withdrawn", "This practice was withdrawn; its page says why. It can be read, and a firm can still say that it gave it up.");

    public static readonly Refusal NotPublished = new("practice-not-published", "This practice is a draft. Publish it first.");

    public static readonly Refusal Hidden = new(
        "practice-hidden", "A coordinator has hidden this practice. Who described it corrects what is wrong; then a coordinator can show it again.");

    public static readonly Refusal ReasonNeeded = new("reason-needed", "Others rely on what is published. Say in 'reason' why it is withdrawn.", 422);

    public static readonly Refusal OriginUnknown = new("origin-unknown", "The practice that this one is said to come from is not there for you. Leave 'from' out or name another one.", 422);

    public static readonly Refusal NotBegun = new("use-not-begun", "Your firm has not begun with this practice, so it cannot give it up. Say first that you try it.");

    public static readonly Refusal QuestionUnknown = new("question-unknown", "There is no such question about this practice. Read its questions to see what was asked.", 404);

    public static readonly Refusal AnswerUnknown = new("answer-unknown", "The question has no such answer. Read it to see what was answered.", 404);

    public static readonly Refusal NotYourWords = new("not-your-words", "Only who wrote it takes it back.", 403);

    public static readonly Refusal CannotAnswer = new(
        "answers-by-users", "Questions are answered by people of the firm that the practice comes from, and of firms that use it. Say first that your firm tries it.", 403);

    public static readonly Refusal NotAsker = new("not-the-asker-here", "Only who asked, or who answers for the practice, says that a question is settled.", 403);

    public static readonly Refusal TooMany = new("questions-full", $"So many questions or answers stand here already ({MaxQuestions} and {MaxAnswers} are the most). Correct the practice so that it answers them.");

    public static Faults Validate(Faults faults, string title, string problem, string how, string? needs, string? gave, IReadOnlyList<string>? skillUris, Visibility visibility) => faults
        .Text("title", title, 1, MaxTitle).Text("problem", problem, 1, MaxText).Text("how", how, 1, MaxHow).OptionalText("needs", needs, MaxText).OptionalText("gave", gave, MaxText)
        .Count("skillUris", skillUris, 0, MaxSkills).Each("skillUris", (skillUris ?? []).Select(s => new Item(s)), (item, f) => f.Text("", item.Text, 1, 500))
        .Check(visibility != Visibility.Private, "visibility", "practice-private", "A practice is shown to the firm at least. Keep it as a draft until you show it.");

    private sealed record Item(string Text);
}
