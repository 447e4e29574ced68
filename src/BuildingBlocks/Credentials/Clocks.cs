namespace ClusterNet.Credentials;

internal static class Clocks
{
    /// <summary>How far another's clock may be ahead of ours before its times count as in the future.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);
}
