using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Skills.Gaps;

/// <summary>How far a level is from what is required.</summary>
[JsonConverter(typeof(WireNameConverter<GapState>))]
internal enum GapState
{
    [JsonStringEnumMemberName("met")]
    Met,

    /// <summary>One step is missing.</summary>
    [JsonStringEnumMemberName("near")]
    Near,

    /// <summary>Two steps or more are missing.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>Nobody said anything.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>One skill of one person, as a closed audit found it.</summary>
/// <param name="Level">What counted; null where nobody said anything.</param>
/// <param name="Erased">The person is erased: there was a level, and nobody knows it any more.</param>
internal sealed record FoundGap(Id<Person> Person, Id<Firm> Firm, string SkillUri, int Required, int? Level, bool Erased = false)
{
    public int? Gap => Gaps.Of(Required, Level);

    public GapState State => Gaps.StateOf(Gap);
}

internal static class Gaps
{
    /// <summary>The steps that are missing, never fewer than none; null where the level is not known.</summary>
    public static int? Of(int required, int? level) => level is { } l ? Math.Max(0, required - l) : null;

    public static GapState StateOf(int? gap) => gap switch { null => GapState.Unknown, 0 => GapState.Met, 1 => GapState.Near, _ => GapState.Open };
}

/// <summary>Gaps of several persons, added up; only persons whose level is known count.</summary>
/// <param name="People">How often a level is required: once for each person and skill.</param>
/// <param name="AtLevel">How often it is reached.</param>
/// <param name="GapSum">All missing steps.</param>
/// <param name="Widest">The most steps that are missing in one place.</param>
internal sealed record GapFigures(int People, int AtLevel, int GapSum, int Widest)
{
    public static readonly GapFigures None = new(0, 0, 0, 0);

    /// <summary>The mean gap in hundredths of a step, halves up; 0 for nobody.</summary>
    public int MeanHundredths => People == 0 ? 0 : ((GapSum * 200) + People) / (People * 2);

    public static GapFigures Of(IEnumerable<FoundGap> gaps) =>
        gaps.Select(g => g.Gap).OfType<int>().Aggregate(None, (sum, gap) => sum.Plus(new(1, gap == 0 ? 1 : 0, gap, gap)));

    public static GapFigures Sum(IEnumerable<GapFigures> all) => all.Aggregate(None, (sum, one) => sum.Plus(one));

    public GapFigures Plus(GapFigures other) =>
        new(People + other.People, AtLevel + other.AtLevel, GapSum + other.GapSum, Math.Max(Widest, other.Widest));
}
