using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClusterNet.Web;

/// <summary>
/// The address under which people reach the installation, for links that leave it. It is never taken from a request: whoever sends one could put a
/// host of their own into somebody's mail (OWASP ASVS 5.0, 4.1.3 and 6.4).
/// </summary>
/// <param name="configured">Scheme and host; null to use the first address that the server listens on.</param>
public sealed class PublicUrl(Uri? configured, IServer server)
{
    public const string Setting = "ClusterNet__PublicUrl";

    /// <summary>Scheme, host and port.</summary>
    public Uri Base => configured ?? Listening();

    /// <summary>The absolute address of one of our pages.</summary>
    /// <param name="path">Begins with a slash.</param>
    public string Of(string path) => new Uri(Base, path).AbsoluteUri;

    /// <summary>Only a scheme and a host: we do not serve below a path. Not named TryParse, by which ASP.NET would take a parameter of this type from the route.</summary>
    public static bool TryRead(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url is { PathAndQuery: "/", UserInfo: "", Fragment: "" };

    private Uri Listening()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        // An address that means all of the machine's is no host that a browser could open.
        foreach (var any in new[] { "://+", "://*", "://[::]", "://0.0.0.0" }) address = address.Replace(any, "://localhost", StringComparison.Ordinal);
        return new(address);
    }
}
