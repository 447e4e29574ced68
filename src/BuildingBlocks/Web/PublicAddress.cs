using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClusterNet.Web;

/// <summary>
/// Under which address people reach this installation: for links in mails. Never taken from a request, whose Host header anybody can write
/// (CWE-640: poisoned reset links).
/// </summary>
/// <param name="configured">The setting <c>ClusterNet:PublicUrl</c>; without it the first address that the server listens on.</param>
public sealed class PublicAddress(Uri? configured, IServer server)
{
    private static readonly Uri Default = new("http://127.0.0.1:8080");

    /// <summary>The setting; null when there is none.</summary>
    public Uri? Configured => configured;

    public Uri Url => configured ?? Listening() ?? Default;

    /// <param name="path">Begins with a slash.</param>
    public string Link(string path) => new Uri(Url, path).ToString();

    /// <summary>A server that listens everywhere is reached on this machine at least.</summary>
    private Uri? Listening()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var named = first?.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(named, UriKind.Absolute, out var url) ? url : null;
    }
}
