using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Memberships;

/// <summary>Tells modules above that a firm left a cluster.</summary>
internal sealed class LeftFirms : IFactSource
{
    public Type Family => typeof(MembershipEvent);

    public object? Publish(Recorded recorded) => recorded.Fact is MembershipLeft e ? new MembershipHasEnded(e.Cluster, e.Firm, e.By, e.At) : null;
}
