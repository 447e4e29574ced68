using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Leaving;

/// <summary>For coordinators: firms that left, with which something is to be settled.</summary>
internal sealed class DepartureTasks(DepartureDesk desk, IStringLocalizer<AccountTexts> text) : IHomeTasks
{
    private const int Most = 3;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var tasks = new List<HomeTask>();
        foreach (var cluster in caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator).ToList())
        {
            tasks.AddRange((await desk.Of(new Id<Cluster>(cluster), ct)).Where(f => !f.IsSettled).Take(Most)
                .Select(f => new HomeTask("firm-to-settle-with", text["TaskSettleWith", f.Name ?? text["Erased"]], $"/pools/{cluster}/left", null)));
        }

        return tasks;
    }
}
