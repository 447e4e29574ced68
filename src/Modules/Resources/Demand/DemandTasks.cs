using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Demand;

/// <summary>For coordinators: proposals that wait for a decision.</summary>
internal sealed class DemandTasks(DemandDesk desk, IStringLocalizer<DemandTexts> text) : IHomeTasks
{
    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var tasks = new List<HomeTask>();
        foreach (var cluster in caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator))
        {
            if (await desk.OpenOf(new Id<Cluster>(cluster), ct) is > 0 and var open)
                tasks.Add(new("demand-proposals", open == 1 ? text["TaskOne"] : text["TaskMany", open], $"/pools/{cluster}/demand", null));
        }

        return tasks;
    }
}
