namespace ClusterNet.Host.Composition;

/// <summary>Where the operator's own imprint and privacy notice are: the section <c>ClusterNet:Legal</c> of the configuration.</summary>
public sealed record LegalLinks(string? Imprint, string? Privacy)
{
    public static LegalLinks From(IConfiguration configuration) => new(Web(configuration["ClusterNet:Legal:Imprint"]), Web(configuration["ClusterNet:Legal:Privacy"]));

    // Whatever else stands there would make a link of this site, or run.
    private static string? Web(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? address : null;
}
