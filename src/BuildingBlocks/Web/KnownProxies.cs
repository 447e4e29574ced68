using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace ClusterNet.Web;

/// <summary>
/// Which proxies are believed when they say who is calling (X-Forwarded-For) and that the caller came by https (X-Forwarded-Proto): those in
/// <c>ClusterNet:KnownProxies</c>, addresses or networks with commas between; from all others both headers mean nothing. The Host header is
/// the caller's own, so a proxy passes it on unchanged.
/// </summary>
public static class KnownProxies
{
    private const string Setting = "ClusterNet:KnownProxies";

    /// <summary>What is wrong with the setting, in one line each.</summary>
    public static IEnumerable<string> FaultsOf(IConfiguration configuration)
    {
        foreach (var text in Entries(configuration).Where(text => Parse(text) is null))
        {
            yield return $"ClusterNet__KnownProxies holds \"{text}\"; it takes addresses such as 10.0.0.7 and networks such as 10.0.0.0/24, " +
                "with commas between.";
        }

        if (string.Equals(configuration["FORWARDEDHEADERS_ENABLED"], "true", StringComparison.OrdinalIgnoreCase))
            yield return "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every sender. Remove it, and name your proxies in ClusterNet__KnownProxies.";
    }

    internal static void Configure(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        // The framework's own entry, loopback, would let every program of this machine say that it is somebody else.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Entries(configuration).Select(Parse).OfType<IPNetwork>()) options.KnownIPNetworks.Add(network);
        // To the framework, no known proxy means that any will do.
        options.ForwardedHeaders =
            options.KnownIPNetworks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null; // through as many as are known; the first unknown one is the caller
    }

    private static string[] Entries(IConfiguration configuration) =>
        (configuration[Setting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork? Parse(string text) =>
        text.Contains('/', StringComparison.Ordinal)
            ? IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network : null
            : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8) : null;
}
