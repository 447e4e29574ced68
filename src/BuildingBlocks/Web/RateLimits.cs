namespace ClusterNet.Web;

public sealed class RateLimits
{
    public const string Secrets = "secrets";
}
