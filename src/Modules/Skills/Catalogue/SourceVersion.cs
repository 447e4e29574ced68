using System.Text.RegularExpressions;

namespace ClusterNet.Skills.Catalogue;

/// <summary>Which of two sources is the older version of the same classification, by their names: <c>ESCO 1.0.8</c> before <c>ESCO 1.1.1</c>.</summary>
internal static partial class SourceVersion
{
    public const string Esco = "ESCO", OldestEsco = "ESCO 1.0";

    /// <summary>Files of ESCO have a status since 1.1; true also of ESCO without a version.</summary>
    public static bool MayHaveStatus(string source) =>
        source.StartsWith(Esco, StringComparison.OrdinalIgnoreCase) && !IsOlder(source, "ESCO 1.1");

    /// <summary>Only versions of one classification are older or newer; a source without a number is neither.</summary>
    public static bool IsOlder(string? source, string? than) =>
        Of(source) is var (scheme, version) && Of(than) is var (other, otherVersion)
            && scheme.Equals(other, StringComparison.OrdinalIgnoreCase) && version < otherVersion;

    /// <summary>The classification that a source names, with a version or without: its first word.</summary>
    public static string SchemeOf(string source) => FirstWord().Match(source).Value;

    /// <summary>Only a classification changes its own concepts; those that were shipped are ESCO's, and anybody's until ESCO is there.</summary>
    public static bool MayChange(string source, SkillRow known) => known.Cluster is null
        && (known.Source == StarterSkills.Source || SchemeOf(known.Source).Equals(SchemeOf(source), StringComparison.OrdinalIgnoreCase));

    /// <summary>Versions of one classification.</summary>
    public static bool AreAlike(string source, string other) =>
        Of(source) is var (scheme, _) && Of(other) is var (otherScheme, _) && scheme.Equals(otherScheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The classification and its version; null for a source that names none.</summary>
    public static (string Scheme, Version Version)? Of(string? source)
    {
        if (source is null || Named().Match(source) is not { Success: true } match) return null;
        var parts = match.Groups["version"].Value.Split('.');
        // Version takes two numbers at least.
        return Version.TryParse(parts.Length == 1 ? $"{parts[0]}.0" : string.Join('.', parts.Take(4)), out var version)
            ? (match.Groups["scheme"].Value, Padded(version))
            : null;
    }

    // 1.1 and 1.1.0 are the same.
    private static Version Padded(Version v) => new(v.Major, v.Minor, Math.Max(v.Build, 0), Math.Max(v.Revision, 0));

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^\s*(?<scheme>\p{L}+)\D*?(?<version>[0-9]{1,5}(\.[0-9]{1,5}){0,3})", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}

/// <summary>The newest versions that were taken in whole: of the concepts, and of each language.</summary>
internal sealed record CatalogueVersions(string? Shape, IReadOnlyDictionary<string, string> Languages)
{
    public static CatalogueVersions None { get; } = new(null, new Dictionary<string, string>());

    public string? Of(string language) => Languages.GetValueOrDefault(language);
}
