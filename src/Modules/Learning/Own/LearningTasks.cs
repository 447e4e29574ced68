using ClusterNet.Access.Contracts;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Own;

/// <summary>Sessions that one attended and has not said a word of, records that wait for one's word, and own ones that were captured in a hurry.</summary>
internal sealed class LearningTasks(OwnLearning own, IStringLocalizer<Texts> text) : IHomeTasks
{
    private const int MostSessions = 3;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var (toConfirm, unfinished) = await own.Waiting(caller.Person, ct);
        var sessions = await own.TakenAway(caller.Person, MostSessions, ct);
        return
        [
            .. sessions.Select(r => new HomeTask("session-takeaway", text["TaskTakeAway", r.What.Or(text["Erased"])], $"/learning/records/{r.Id}#takeaway")),
            .. Task("confirmations-asked", "TaskConfirm", toConfirm, "/learning/confirmations"),
            .. Task("records-unfinished", "TaskUnfinished", unfinished, "/learning?show=unfinished"),
        ];
    }

    private IEnumerable<HomeTask> Task(string kind, string key, long count, string href) =>
        count == 0 ? [] : [new(kind, count == 1 ? text[key + "One"] : text[key + "Many", count], href)];
}
