using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.Security;

/// <summary>A Host that believes a proxy on this machine, and the headers that it would send for a caller who came by https.</summary>
public sealed class BehindProxy : IAsyncLifetime
{
    internal static readonly (string, string)[] Https = [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.7")];

    internal RunningHost Host { get; } = new()
    {
        More = new Dictionary<string, string?> { ["ClusterNet:KnownProxies"] = "127.0.0.0/8, ::1", ["ClusterNet:RateLimits:AnonymousPerMinute"] = "200" },
    };

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
