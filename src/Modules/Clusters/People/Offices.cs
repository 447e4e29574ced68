using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.People;

/// <summary>
/// Who holds an office, such as a cluster's coordinators: named to everybody signed in, so that a firm knows to whom it applies. Their pages are
/// linked for those who may see them.
/// </summary>
internal sealed class Offices(IPeopleNames names)
{
    public async Task<IReadOnlyList<(Id<Person> Person, string Name, bool Linked)>> Of(IReadOnlyList<Id<Person>> holders, Caller caller, CancellationToken ct)
    {
        var (known, seen) = (await names.Known(holders, ct), await names.SeenBy(caller, holders, ct));
        return [.. known.Select(k => (k.Key, k.Value, seen.ContainsKey(k.Key))).OrderBy(h => h.Value, StringComparer.CurrentCulture)];
    }
}
