using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Practices;

/// <summary>Questions about practices that one described, to which nobody has answered yet.</summary>
internal sealed class PracticeTasks(Database database, IStringLocalizer<PracticeTexts> text) : IHomeTasks
{
    private const int Most = 5;

    private const string Sql = """
        select p.id, count(*) from learning.practices p join learning.practice_words q on q.practice = p.id
        where p.author = $1 and p.status = 'published' and not p.hidden and q.question is null and q.by <> $1 and not q.settled and not q.withdrawn
            and not exists (select from learning.practice_words a where a.question = q.id and not a.withdrawn)
        group by p.id order by p.id limit $2
        """;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.IsAuditorOnly) return [];
        var open = await database.Query(LearningModule.Name, Statement.Of(Sql, caller.Person.Value, Most), r => (Practice: r.GetGuid(0), Count: r.GetInt64(1)), ct);
        return [.. open.Select(o => new HomeTask("practice-questions", o.Count == 1 ? text["TaskQuestionOne"] : text["TaskQuestionMany", o.Count], $"/practices/{o.Practice}#questions"))];
    }
}
