using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Contracts;

/// <summary>Refusals that have to do with a cluster, for every module that has one in its addresses.</summary>
public static class ClusterRefusals
{
    public static Refusal Unknown { get; } = new("cluster-unknown", "There is no such cluster; look the id up in the list of clusters.", 404);
}
