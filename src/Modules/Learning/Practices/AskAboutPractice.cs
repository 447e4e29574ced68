using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Practices;

internal sealed record AskAboutPractice(Id<Practice> Practice, Guid Question, string Text, Id<Person> By, Id<Firm>? Firm, DateTimeOffset Now) : ICommand<PracticeTalk, PracticeTalkEvent>
{
    public Decision<PracticeTalkEvent> Decide(PracticeTalk state) => state.Questions.Count >= PracticeRules.MaxQuestions
        ? PracticeRules.TooMany
        : new PracticeQuestionAsked(Practice, Question, Text, By, Firm, Now);
}

/// <param name="Knows">Of the firm that the practice comes from, or of one that uses it.</param>
internal sealed record AnswerAboutPractice(Guid Question, Guid Answer, string Text, Id<Person> By, Id<Firm>? Firm, bool Knows, DateTimeOffset Now)
    : ICommand<PracticeTalk, PracticeTalkEvent>
{
    public Decision<PracticeTalkEvent> Decide(PracticeTalk state) => state.Find(Question) switch
    {
        null or { Asked.Withdrawn: true } => PracticeRules.QuestionUnknown,
        _ when !Knows => PracticeRules.CannotAnswer,
        { Answers.Count: >= PracticeRules.MaxAnswers } => PracticeRules.TooMany,
        _ => new PracticeQuestionAnswered(Question, Answer, Text, By, Firm, Now),
    };
}

/// <param name="Answer">Null to open the question again.</param>
/// <param name="Speaks">Answers for the practice: its author, and managers of its firm.</param>
internal sealed record SettleQuestion(Guid Question, Guid? Answer, Id<Person> By, bool Speaks, DateTimeOffset Now) : ICommand<PracticeTalk, PracticeTalkEvent>
{
    public Decision<PracticeTalkEvent> Decide(PracticeTalk state) => state.Find(Question) switch
    {
        null or { Asked.Withdrawn: true } => PracticeRules.QuestionUnknown,
        { } q when q.Asked.By != By && !Speaks => PracticeRules.NotAsker,
        { } q when q.Settled == Answer => Decision<PracticeTalkEvent>.Nothing,
        { } q when Answer is { } answer && q.Answers.All(a => a.Id != answer || a.Withdrawn) => PracticeRules.AnswerUnknown,
        _ => new PracticeQuestionSettled(Question, Answer, By, Now),
    };
}

/// <param name="Id">A question or an answer.</param>
internal sealed record WithdrawWords(Guid Id, Id<Person> By, DateTimeOffset Now) : ICommand<PracticeTalk, PracticeTalkEvent>
{
    public Decision<PracticeTalkEvent> Decide(PracticeTalk state) => state.WordsOf(Id) switch
    {
        null => PracticeRules.QuestionUnknown,
        { } w when w.By != By => PracticeRules.NotYourWords,
        { Withdrawn: true } => Decision<PracticeTalkEvent>.Nothing,
        _ => new PracticeWordsWithdrawn(Id, By, Now),
    };
}

internal static class AskAboutPracticeEndpoint
{
    /// <param name="Text">Markdown, without HTML.</param>
    internal sealed record Body(string Text) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, PracticeRules.MaxQuestion);
    }

    /// <param name="Answer">The answer that settled it; null to open it again.</param>
    internal sealed record SettledBody(Guid? Answer);

    internal static void MapAskAboutPractice(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/practices/{id}/questions", Ask)
            .WithName(nameof(AskAboutPractice)).WithSummary("Ask about a practice; who described it is told").WithExample(new Body("Does it work on 2 mm?"))
            .SignedInMayCall("everybody who sees the practice");
        routes.MapPost("/learning/practices/{id}/questions/{question}/answers", Answer)
            .WithName(nameof(AnswerAboutPractice)).WithSummary("Answer a question about a practice; the asker is told").WithExample(new Body("Yes, with 90 A."))
            .SignedInMayCall("people of the firm that the practice comes from, and of firms that use it");
        routes.MapPut("/learning/practices/{id}/questions/{question}/settled", Settle)
            .WithName(nameof(SettleQuestion)).WithSummary("Say which answer settled a question").WithExample(new SettledBody(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")))
            .SignedInMayCall("who asked, who described the practice, and managers of its firm");
        routes.MapPost("/learning/practices/{id}/questions/{question}/withdrawal", Withdraw)
            .WithName(nameof(WithdrawWords)).WithSummary("Take back a question or an answer, by its id; that something stood there stays visible").SignedInMayCall("who wrote it");
    }

    internal static async Task<IResult> Ask(Id<Practice> id, Body body, Caller caller, PracticeDesk practices, CancellationToken ct)
    {
        if (await practices.Find(id, caller, ct) is not { } seen) return Problems.From(PracticeRules.Unknown);
        var question = practices.NewId<Question>();
        return await practices.Talk(
            id, new AskAboutPractice(id, question.Value, body.Text.Trim(), caller.Person, FirmOf(seen), practices.Now), ct,
            Reply.Created($"{PracticeDesk.Address(id)}/questions", question));
    }

    internal static async Task<IResult> Answer(Id<Practice> id, Guid question, Body body, Caller caller, PracticeDesk practices, CancellationToken ct)
    {
        if (await practices.Find(id, caller, ct) is not { } seen) return Problems.From(PracticeRules.Unknown);
        var answer = practices.NewId<Question>();
        return await practices.Talk(
            id, new AnswerAboutPractice(question, answer.Value, body.Text.Trim(), caller.Person, FirmOf(seen), seen.MayAnswer, practices.Now), ct,
            Reply.Created($"{PracticeDesk.Address(id)}/questions", answer));
    }

    internal static async Task<IResult> Settle(Id<Practice> id, Guid question, SettledBody body, IfMatch ifMatch, Caller caller, PracticeDesk practices, CancellationToken ct) =>
        await practices.Find(id, caller, ct) is not { } seen
            ? Problems.From(PracticeRules.Unknown)
            : await practices.Talk(id, new SettleQuestion(question, body.Answer, caller.Person, seen.MayChange, practices.Now), ct);

    internal static async Task<IResult> Withdraw(Id<Practice> id, Guid question, IfMatch ifMatch, Caller caller, PracticeDesk practices, CancellationToken ct) =>
        await practices.Find(id, caller, ct) is null
            ? Problems.From(PracticeRules.Unknown)
            : await practices.Talk(id, new WithdrawWords(question, caller.Person, practices.Now), ct);

    /// <summary>Where the caller works; of several firms the one that uses it or that it comes from.</summary>
    private static Id<Firm>? FirmOf(SeenPractice seen) => seen.Reader.Firms
        .OrderByDescending(f => f == seen.Row.Firm.Value || seen.Uses.Any(u => u.Firm.Value == f)).ThenBy(f => f).Select(f => (Id<Firm>?)new Id<Firm>(f)).FirstOrDefault();
}
