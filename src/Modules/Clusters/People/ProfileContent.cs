using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.People;

/// <summary>To whom a person shows the profile; <see cref="Viewer"/> has the rule, docs/access/visibility.md the table.</summary>
[JsonConverter(typeof(WireNameConverter<ProfileVisibility>))]
internal enum ProfileVisibility
{
    /// <summary>Nobody; managers of the person's firms and coordinators of their clusters see that the person works there.</summary>
    [JsonStringEnumMemberName("private")]
    Private,

    /// <summary>People of the firms where the person works.</summary>
    [JsonStringEnumMemberName("firm")]
    Firm,

    /// <summary>People of the clusters of these firms.</summary>
    [JsonStringEnumMemberName("cluster")]
    Cluster,

    /// <summary>Everybody signed in.</summary>
    [JsonStringEnumMemberName("network")]
    Network,
}

/// <summary>What a person tells about themselves.</summary>
internal sealed record ProfileContent(
    Personal<string> AboutMe, Personal<ValueList<string>> Interests, Personal<ValueList<string>> Skills, Personal<ValueList<string>> Languages,
    Personal<string> Place)
{
    public const int MaxAboutMe = 2_000, MaxTags = 20, MaxTag = 100, MaxLanguages = 10, MaxPlace = 100, MaxName = 100;

    /// <summary>What people of a firm and of its clusters could see before anybody could choose.</summary>
    public const ProfileVisibility Usual = ProfileVisibility.Cluster;

    private static readonly ValueList<string> None = [];

    public static ProfileContent Empty { get; } = new("", None, None, None, "");

    public static ProfileContent Of(PersonProfileChanged e) => new(e.AboutMe, e.Interests, e.Skills, e.Languages, e.Place);

    /// <summary>Blanks around entries, empty entries and repetitions are nobody's meaning.</summary>
    public static ValueList<string> Tidy(IEnumerable<string>? tags) =>
        [.. (tags ?? []).Select(t => t.Trim()).Where(t => t.Length > 0).DistinctBy(t => t.ToLowerInvariant())];
}
