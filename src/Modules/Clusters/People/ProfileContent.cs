using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Clusters.People;

/// <summary>What a person tells about themselves.</summary>
internal sealed record ProfileContent(
    Personal<string> AboutMe, Personal<ValueList<string>> Interests, Personal<ValueList<string>> Skills, Personal<ValueList<string>> Languages,
    Personal<string> Place)
{
    public const int MaxAboutMe = 2_000, MaxTags = 20, MaxTag = 100, MaxLanguages = 10, MaxPlace = 100, MaxName = 100;

    /// <summary>What people of a firm and of its clusters could see before anybody could choose.</summary>
    public const Visibility Usual = Visibility.Cluster;

    private static readonly ValueList<string> None = [];

    public static ProfileContent Empty { get; } = new("", None, None, None, "");

    public static ProfileContent Of(PersonProfileChanged e) => new(e.AboutMe, e.Interests, e.Skills, e.Languages, e.Place);

    /// <summary>Blanks around entries, empty entries and repetitions are nobody's meaning.</summary>
    public static ValueList<string> Tidy(IEnumerable<string>? tags) =>
        [.. (tags ?? []).Select(t => t.Trim()).Where(t => t.Length > 0).DistinctBy(t => t.ToLowerInvariant())];
}
