using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace ClusterNet.Access.Federation;

/// <summary>Whom this installation believes about identities.</summary>
/// <param name="AllowLoopbackIssuers">For tests and development: issuers on this machine, over plain HTTP too.</param>
internal sealed record FederationSettings(bool AllowLoopbackIssuers, IReadOnlyList<JwtIssuer> JwtIssuers)
{
    private const string Issuers = "ClusterNet:JwtIssuers";

    /// <summary>Reads the settings; what is wrong with them goes to <paramref name="faults"/>.</summary>
    public static FederationSettings From(IConfiguration configuration, ICollection<string> faults)
    {
        var loopback = string.Equals(configuration["ClusterNet:AllowLoopbackIssuers"], "true", StringComparison.OrdinalIgnoreCase);
        var issuers = configuration.GetSection(Issuers).GetChildren().Select(s => JwtIssuer.From(s, loopback, faults)).OfType<JwtIssuer>().ToList();
        foreach (var twice in issuers.GroupBy(i => i.Authority).Where(g => g.Count() > 1))
            faults.Add($"ClusterNet__JwtIssuers names {twice.Key} more than once; name each issuer once.");
        return new(loopback, issuers);
    }

    public JwtIssuer? IssuerOf(string? authority) => JwtIssuers.FirstOrDefault(i => i.Authority == authority);

    /// <summary>An issuer identifier is an https URL without query and fragment (OpenID Connect Discovery 1.0 section 3).</summary>
    public static bool IsIssuer(string? text, bool loopback) =>
        text is { Length: > 0 and <= 500 } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0
        && url.Query.Length == 0 && url.Fragment.Length == 0 && !text.Any(char.IsWhiteSpace) && IsEndpoint(url, loopback);

    public static bool IsEndpoint(Uri url, bool loopback) => url.Scheme == Uri.UriSchemeHttps || (loopback && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}

/// <summary>An issuer whose signed tokens the API accepts; set by whoever runs the installation.</summary>
/// <param name="Domains">Mail domains for which its verified addresses name the person; none means that only linked identities do.</param>
/// <param name="Scopes">The most that its tokens may do here.</param>
/// <param name="AllRoles">Its tokens carry the person's roles in clusters and the installation too, not only those in firms.</param>
internal sealed record JwtIssuer(
    string Authority, string Audience, IReadOnlyList<string> Algorithms, IReadOnlyList<string> Domains, IReadOnlyList<string> Scopes, bool AllRoles)
{
    /// <summary>Signatures by a private key only: with HMAC whoever knows the public key could sign (RFC 8725 section 2.1).</summary>
    public static readonly string[] Possible =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly string[] Usual = ["RS256", "PS256", "ES256"];

    public static JwtIssuer? From(IConfigurationSection section, bool loopback, ICollection<string> faults)
    {
        var name = section.Path.Replace(":", "__", StringComparison.Ordinal);
        var (authority, audience, before) = (section["Authority"], section["Audience"], faults.Count);
        if (!FederationSettings.IsIssuer(authority, loopback)) faults.Add($"{name}__Authority is \"{authority}\"; it takes the issuer's https address, without query.");
        if (string.IsNullOrWhiteSpace(audience)) faults.Add($"{name}__Audience is missing; name the audience that tokens for this API carry.");
        var algorithms = List("Algorithms", Usual, Possible);
        var scopes = List("Scopes", [Tokens.TokenScopes.Read], [.. Tokens.TokenScopes.All]);
        var domains = Words(section["Domains"]).Select(d => d.ToLowerInvariant()).ToList();
        foreach (var domain in domains.Where(d => !MailDomain.Is(d))) faults.Add($"{name}__Domains has \"{domain}\"; it takes mail domains such as example.org.");
        var all = string.Equals(section["AllRoles"], "true", StringComparison.OrdinalIgnoreCase);
        return faults.Count > before ? null : new(authority!, audience!, algorithms, domains, scopes, all); // both were checked

        IReadOnlyList<string> List(string key, IReadOnlyList<string> unless, IReadOnlyList<string> possible)
        {
            var words = Words(section[key]);
            foreach (var word in words.Except(possible)) faults.Add($"{name}__{key} has \"{word}\"; possible are {string.Join(", ", possible)}.");
            return words.Length == 0 ? unless : words;
        }
    }

    private static string[] Words(string? text) => (text ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
