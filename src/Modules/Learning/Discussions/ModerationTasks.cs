using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Discussions;

/// <summary>What waits for review or was flagged: to facilitators in their communities, to coordinators of practices and signals.</summary>
internal sealed class ModerationTasks(ModerationReads reads, IFirmDirectory directory, IStringLocalizer<CommunityTexts> text) : IHomeTasks
{
    private const int Most = 5;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.IsAuditorOnly) return [];
        List<HomeTask> tasks =
        [
            .. (await reads.Waits(caller.Person, Most, ct)).Select(w => new HomeTask(
                "community-moderation", text[w.Count == 1 ? "TaskModerateOne" : "TaskModerateMany", w.Name, w.Count], $"/communities/{w.Community}/moderation")),
        ];
        foreach (var cluster in caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator))
        {
            var flagged = await reads.Waits([.. (await directory.AdmittedTo(new Id<Cluster>(cluster), ct)).Select(f => f.Firm.Value)], ct);
            if (flagged.Count > 0)
                tasks.Add(new("cluster-moderation", text[flagged.Count == 1 ? "TaskFlaggedOne" : "TaskFlaggedMany", flagged.Count], $"/practices/clusters/{cluster}/moderation"));
        }

        return tasks;
    }
}
