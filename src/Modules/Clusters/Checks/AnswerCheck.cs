using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Clusters.Checks;

/// <param name="Questionnaire">The version that was shown.</param>
internal sealed record AnswerCheck(CheckKind Kind, Guid Subject, int Questionnaire, IReadOnlyList<CheckAnswer> Answers, Id<Person> By, DateTimeOffset Now)
    : ICommand<SelfCheck, SelfCheckEvent>
{
    public static readonly Refusal Outdated = new(
        "questionnaire-outdated", "The questionnaire was changed meanwhile. Read it again, then answer the questions as they are now.");

    public Decision<SelfCheckEvent> Decide(SelfCheck state)
    {
        var asked = Questionnaires.Current(Kind.Questionnaire());
        if (Questionnaire != asked.Version) return Outdated;
        if (asked.Refuse(Answers) is { } refusal) return refusal;
        var answers = asked.Ordered(Answers);
        return Kind switch
        {
            CheckKind.ClusterReadiness => new ClusterReadinessChecked(new(Subject), Questionnaire, answers, By, Now),
            CheckKind.FirmReadiness => new FirmReadinessChecked(new(Subject), Questionnaire, answers, By, Now),
            CheckKind.FirmCulture => new FirmCultureChecked(new(Subject), Questionnaire, answers, By, Now),
            _ => throw new UnreachableException(),
        };
    }
}

/// <summary>What the endpoints and pages of both checks share.</summary>
internal sealed class CheckDesk(Streams<SelfCheck, SelfCheckEvent> checks, Database database, Commands commands, TimeProvider clock)
{
    /// <summary>Two years of monthly checks; more than this nobody looks at.</summary>
    private const int MostShown = 24;

    internal sealed record Body(int Questionnaire, IReadOnlyList<CheckAnswer> Answers) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Whole("questionnaire", Questionnaire, 1, 1_000);
            faults.Count("answers", Answers, 1, 20);
            faults.Each("answers", Answers, (answer, entry) => entry.Text("question", answer.Question, 1, 50));
        }

        /// <summary>An example of the API's description: everything answered in the middle.</summary>
        internal static Body Example(string name)
        {
            var asked = Questionnaires.Current(name);
            return new(asked.Version, [.. asked.Questions.Select(q => new CheckAnswer(q.Key, asked.Least + 2))]);
        }
    }

    /// <param name="self">The address of the results.</param>
    public Task<IResult> Answer(CheckKind kind, IId subject, Body body, Id<Person> by, string self, CancellationToken ct) => commands.Run(
        checks, SelfCheck.IdOf(kind, subject.Value), new AnswerCheck(kind, subject.Value, body.Questionnaire, body.Answers, by, clock.GetUtcNow()),
        Reply.Created(self, subject), ct);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<CheckRow>> Results(CheckKind kind, Guid subject, CancellationToken ct) => await database.Query(
        ClustersModule.Name,
        Statement.Of(CheckRows.Table.Select($"where kind = $1 and subject = $2 order by at desc, version desc limit {MostShown}"), WireNames.Of(kind), subject),
        CheckRows.Table.Read, ct);

    /// <summary>Of each of these firms or clusters that was checked before an instant, the newest check.</summary>
    public async Task<IReadOnlyList<CheckRow>> Newest(CheckKind kind, IReadOnlyCollection<Guid> subjects, DateTimeOffset before, CancellationToken ct) =>
        await database.Query(
            ClustersModule.Name,
            Statement.Of(
                $"select distinct on (subject) {CheckRows.Table.ColumnList} from {CheckRows.Table.Sql} " +
                "where kind = $1 and subject = any($2) and at < $3 order by subject, at desc, version desc",
                WireNames.Of(kind), subjects.ToArray(), before),
            CheckRows.Table.Read, ct);
}
