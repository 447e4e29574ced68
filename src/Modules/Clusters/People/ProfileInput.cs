namespace ClusterNet.Clusters.People;

/// <summary>The profile as its form holds it; lists stand line by line.</summary>
internal sealed class ProfileInput
{
    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    public string? AboutMe { get; set; }

    public string? Skills { get; set; }

    public string? Interests { get; set; }

    public string? Languages { get; set; }

    public string? Place { get; set; }

    public long? Version { get; set; }

    public static ProfileInput Of(ShowProfileEndpoint.Own own) => new()
    {
        GivenName = own.GivenName.Or(""),
        FamilyName = own.FamilyName.Or(""),
        AboutMe = own.Tells.AboutMe.Or(""),
        Skills = string.Join('\n', own.Tells.Skills.Or([])),
        Interests = string.Join('\n', own.Tells.Interests.Or([])),
        Languages = string.Join(", ", own.Tells.Languages.Or([])),
        Place = own.Tells.Place.Or(""),
        Version = own.Version,
    };

    public ChangeProfileEndpoint.Body Body() => new(
        GivenName ?? "", FamilyName ?? "", Lines(AboutMe), Entries.Words(Interests), Entries.Words(Skills),
        [.. Entries.Words(Languages).Select(l => l.ToLowerInvariant())], Place ?? "");

    /// <summary>Keys of the labels with what stands in the fields, in the order of the form.</summary>
    public IEnumerable<(string Key, string Value)> Fields() =>
    [
        ("GivenName", GivenName ?? ""), ("FamilyName", FamilyName ?? ""), ("AboutMe", Lines(AboutMe)), ("Skills", Lines(Skills)),
        ("Interests", Lines(Interests)), ("Languages", Languages ?? ""), ("Place", Place ?? ""),
    ];

    /// <summary>Browsers send line ends as CR LF.</summary>
    private static string Lines(string? typed) => (typed ?? "").ReplaceLineEndings("\n");
}
