using ClusterNet.Accreditation.Credentials;
using ClusterNet.Web;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>
/// The addresses that stand in signed credentials. They are https, as did:web and status lists ask; where the installation is reached by http, as on
/// one's own machine, only its own verifier finds what stands there.
/// </summary>
internal sealed class IssuerAddress(PublicUrl url)
{
    public const string DidPath = "/.well-known/did.json";
    public const string StatusPath = "/status/";
    public const string CredentialPath = "/credentials/";

    /// <summary>did:web of the installation's host (did:web method, section 2.5.1: a port is written with its colon encoded).</summary>
    public string Did => $"did:web:{Authority.Replace(":", "%3A", StringComparison.Ordinal)}";

    public string Home => Of("/");

    /// <summary>As people open it.</summary>
    public string Page(CredentialRow row) => url.Of(CredentialPath + row.Number);

    public string Credential(CredentialRow row) => Of(CredentialPath + row.Number);

    public string Standard(CredentialRow row) => Of($"/standards/{row.Standard}");

    public string StatusList(StatusPurpose purpose, int list) => Of(StatusPath + StatusPlaces.Name(purpose, list));

    /// <summary>The picture of every credential: the house's own.</summary>
    public string Badge => Of("/icon-512.png");

    /// <summary>The path of one of our addresses, by whichever scheme; null for another host's.</summary>
    public string? PathOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && string.Equals(uri.Authority, Authority, StringComparison.OrdinalIgnoreCase)
            ? uri.PathAndQuery
            : null;

    private string Authority => url.Base.Authority;

    private string Of(string path) => $"https://{Authority}{path}";
}
