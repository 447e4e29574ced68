namespace ClusterNet.Clusters.Contracts;

/// <summary>A cluster of small and medium-sized firms.</summary>
public sealed class Cluster
{
    private Cluster()
    {
    }
}

/// <summary>A firm; it can belong to several clusters.</summary>
public sealed class Firm
{
    private Firm()
    {
    }
}
