using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Records;

/// <summary>Records that wait for one's word, and own records that were captured in a hurry.</summary>
internal sealed class LearningTasks(Database database, IStringLocalizer<Texts> text, TimeProvider clock) : IHomeTasks
{
    /// <summary>What was not completed within two months will hardly be remembered.</summary>
    private const int RememberedDays = 60;

    private const string Sql = $"""
        select (select count(*) from learning.records where {ListRecordsEndpoint.AsksMe}),
            (select count(*) from learning.records where person = $1 and learnt = '' and happened_at > $2)
        """;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var counts = await database.Query(
            LearningModule.Name, Statement.Of(Sql, caller.Person.Value, clock.GetUtcNow().AddDays(-RememberedDays)),
            r => (ToConfirm: r.GetInt64(0), Unfinished: r.GetInt64(1)), ct);
        var (toConfirm, unfinished) = counts[0];
        return [.. Task("confirmations-asked", "TaskConfirm", toConfirm, "/learning/confirmations"), .. Task("records-unfinished", "TaskUnfinished", unfinished, "/learning")];
    }

    private IEnumerable<HomeTask> Task(string kind, string key, long count, string href) =>
        count == 0 ? [] : [new(kind, count == 1 ? text[key + "One"] : text[key + "Many", count], href)];
}
