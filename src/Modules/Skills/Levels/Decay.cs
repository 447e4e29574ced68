namespace ClusterNet.Skills.Levels;

/// <summary>
/// Skills that nobody has looked at for long fade: a claim is good for one year, a rating for two, evidence for three. Older ones are shown as stale
/// and count one step lower, but never below the first step that they reached (ADR 23).
/// </summary>
internal static class Decay
{
    public static int YearsOf(LevelSource source) => source switch { LevelSource.Claimed => 1, LevelSource.Rated => 2, _ => 3 };

    public static bool IsStale(LevelSource source, DateTimeOffset at, DateTimeOffset now) => at.AddYears(YearsOf(source)) < now;

    /// <summary>The step that counts now.</summary>
    public static int Of(LevelSource source, int level, DateTimeOffset at, DateTimeOffset now) =>
        level > 1 && IsStale(source, at, now) ? level - 1 : level;

    /// <summary>The step at which a level counts now; null for none.</summary>
    public static int? Of(HeldLevel? level, DateTimeOffset now) => level is null ? null : Of(level.Source, level.Level, level.At, now);

    /// <summary>What counts for gaps: evidence that is not stale, else a rating, else a claim, else stale evidence; null for none.</summary>
    public static HeldLevel? Counting(IEnumerable<HeldLevel> ofOneSkill, DateTimeOffset now) => ofOneSkill.OrderBy(l => Rank(l, now)).FirstOrDefault();

    /// <summary>The step of what counts for gaps.</summary>
    public static int? Effective(IEnumerable<HeldLevel> ofOneSkill, DateTimeOffset now) => Of(Counting(ofOneSkill, now), now);

    private static int Rank(HeldLevel level, DateTimeOffset now) => level.Source switch
    {
        LevelSource.Evidenced => IsStale(level.Source, level.At, now) ? 3 : 0,
        LevelSource.Rated => 1,
        _ => 2,
    };
}
