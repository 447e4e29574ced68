using System.Globalization;
using System.Resources;
using ClusterNet.Skills.Resources;

namespace ClusterNet.Skills.Scale;

/// <summary>
/// The one scale on which skills are required, claimed, rated and evidenced: five steps, and 0 for "not yet" where somebody is rated. Each step
/// stands for levels of the European Qualifications Framework (Council Recommendation 2017/C 189/03, annex II), by its responsibility and autonomy.
/// </summary>
internal static class SkillScale
{
    public const int NotYet = 0, Lowest = 1, Highest = 5;

    /// <summary>A required level of this step is offered first: "on one's own".</summary>
    public const int Usual = 3;

    private static readonly ResourceManager Words = new(typeof(AuditTexts).FullName!, typeof(AuditTexts).Assembly); // a named class

    public static IReadOnlyList<Step> Steps { get; } =
        [new(0, null, null), new(1, 1, 1), new(2, 2, 2), new(3, 3, 3), new(4, 4, 5), new(5, 6, 8)];

    public static bool IsLevel(int level) => level is >= Lowest and <= Highest;

    /// <summary>The step in which a level of the European Qualifications Framework lies.</summary>
    public static int OfEqf(int level) => Steps.First(s => s.EqfFrom <= level && level <= s.EqfUntil).Level;

    /// <summary>What a step is called.</summary>
    public static string Name(int level, CultureInfo culture) => Say($"Step-{level}", culture);

    /// <summary>By what somebody on this step is known.</summary>
    public static string Descriptor(int level, CultureInfo culture) => Say($"Step-{level}-Hint", culture);

    private static string Say(string key, CultureInfo culture) => Words.GetString(key, culture)!; // a test holds that every step has its words

    /// <param name="EqfFrom">The first level of the European Qualifications Framework that lies in the step; null for "not yet".</param>
    internal sealed record Step(int Level, int? EqfFrom, int? EqfUntil);
}
