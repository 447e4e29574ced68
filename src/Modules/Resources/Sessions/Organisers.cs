using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Design;
using ClusterNet.EventStore;

namespace ClusterNet.Resources.Sessions;

/// <summary>Who a session can be booked for and given by, as choices of forms.</summary>
internal sealed class Organisers(IFirmDirectory firms, IPeopleNames names)
{
    /// <summary>The cluster's firms for which somebody may book.</summary>
    public async Task<IReadOnlyList<Choice>> Firms(Caller caller, Id<Cluster> cluster, CancellationToken ct) =>
    [
        .. (await firms.AdmittedTo(cluster, ct)).Where(f => Standing.IsFor(caller, cluster, f.Firm)).OrderBy(f => f.Name, StringComparer.CurrentCulture)
            .Select(f => new Choice(f.Firm.ToString(), f.Name)),
    ];

    /// <summary>The people of the cluster's firms whom somebody may see.</summary>
    public async Task<IReadOnlyList<Choice>> Trainers(Caller caller, Id<Cluster> cluster, CancellationToken ct)
    {
        var people = (await firms.EmployedBy([.. (await firms.AdmittedTo(cluster, ct)).Select(f => f.Firm)], ct)).Select(e => e.Person).Distinct().ToList();
        return [.. (await names.SeenBy(caller, people, ct)).OrderBy(n => n.Value, StringComparer.CurrentCulture).Select(n => new Choice(n.Key.ToString(), n.Value))];
    }
}
