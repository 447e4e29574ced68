using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Practices;

/// <summary>What others asked about one practice: a stream of its own, so that a question makes nobody's correction of the practice stale.</summary>
/// <param name="Practice">Empty until somebody asks.</param>
internal sealed record PracticeTalk(Id<Practice> Practice, ValueList<Question> Questions) : IState<PracticeTalk, PracticeTalkEvent>
{
    public static PracticeTalk Initial { get; } = new(default, []);

    public static Guid IdOf(Id<Practice> practice) => NamedGuid.Of("practice-talk", practice.ToString());

    public Question? Find(Guid question) => Questions.FirstOrDefault(q => q.Asked.Id == question);

    /// <summary>The question or answer with this id.</summary>
    public Words? WordsOf(Guid id) => Questions.SelectMany(q => q.Answers.Prepend(q.Asked)).FirstOrDefault(w => w.Id == id);

    public static PracticeTalk Evolve(PracticeTalk state, PracticeTalkEvent fact) => fact switch
    {
        PracticeQuestionAsked e => new(e.Practice, [.. state.Questions, new(new(e.Question, e.Text, e.By, e.Firm, false, e.At), [], null)]),
        PracticeQuestionAnswered e => state.With(e.Question, q => q with { Answers = [.. q.Answers, new(e.Answer, e.Text, e.By, e.Firm, false, e.At)] }),
        PracticeQuestionSettled e => state.With(e.Question, q => q with { Settled = e.Answer }),
        PracticeWordsWithdrawn e => state with { Questions = [.. state.Questions.Select(q => q.Without(e.Words))] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private PracticeTalk With(Guid question, Func<Question, Question> change) =>
        this with { Questions = [.. Questions.Select(q => q.Asked.Id == question ? change(q) : q)] };
}

/// <param name="Settled">The answer that settled it; null while it is open.</param>
internal sealed record Question(Words Asked, ValueList<Words> Answers, Guid? Settled)
{
    public Question Without(Guid words) => this with
    {
        Asked = Asked.Id == words ? Asked with { Withdrawn = true } : Asked,
        Answers = [.. Answers.Select(a => a.Id == words ? a with { Withdrawn = true } : a)],
        Settled = Settled == words ? null : Settled,
    };
}

/// <summary>A question or an answer.</summary>
internal sealed record Words(Guid Id, Personal<string> Text, Id<Person> By, Id<Firm>? Firm, bool Withdrawn, DateTimeOffset At);
