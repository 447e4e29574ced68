using ClusterNet.Clusters.Checks;
using ClusterNet.Clusters.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.Culture;

/// <summary>What a culture check says of a firm: its style of deciding, from crisis-driven over directive to participative, and its learning practice.</summary>
internal static class CultureProfile
{
    public const string CrisisDriven = "crisis-driven", Directive = "directive", Participative = "participative";

    public static string StyleOf(int decisions) =>
        decisions < Bands.Middling ? CrisisDriven : decisions < Bands.Strong ? Directive : Participative;

    public static IReadOnlyList<string> Reasons(int decisions, int practice) =>
    [
        $"style-{StyleOf(decisions)}", $"practice-{Bands.Of(practice)}",
    ];

    /// <summary>What moves a firm up from where it is.</summary>
    public static IReadOnlyList<string> Steps(int decisions, int practice)
    {
        List<string> steps = [];
        if (practice < Bands.Strong) steps.Add("record");
        if (decisions < Bands.Middling) steps.Add("people");
        if (decisions < Bands.Strong) steps.Add("audit");
        if (practice < Bands.Middling) steps.Add("sessions");
        if (steps.Count == 0) steps.AddRange(["cluster", "audit"]);
        return steps;
    }

    public static CheckResult Result(CheckRow row, IStringLocalizer<CheckTexts> text)
    {
        var parts = row.Parts;
        var (decisions, practice) = (Of(parts, "decisions"), Of(parts, "practice"));
        return new(
            row.At, row.By, row.Questionnaire, row.Score, parts, StyleOf(decisions), [.. Reasons(decisions, practice).Select(r => text[$"Reason-{r}"].Value)],
            NextSteps.Of(Steps(decisions, practice), row.Kind, row.Subject, text), row.Answers);
    }

    private static int Of(IReadOnlyList<PartScore> parts, string part) => parts.First(p => p.Part == part).Score;
}

/// <summary>
/// The other firms of a firm's clusters, as a mean that tells of none of them: of at least five others, as they stood at the end of the last month, in
/// steps of five. So neither one more answer nor one firm that leaves shows what that firm answered.
/// </summary>
/// <param name="Firms">How many others there are.</param>
internal sealed record CultureComparison(int Firms, IReadOnlyList<PartScore> Parts)
{
    public const int LeastFirms = 5;

    private const int Step = 5;

    /// <summary>Null for too few others.</summary>
    /// <param name="others">The newest check of each of the other firms.</param>
    public static CultureComparison? Of(IReadOnlyList<CheckRow> others)
    {
        if (others.Select(o => o.Subject).Distinct().Count() < LeastFirms) return null;
        var parts = others.SelectMany(o => o.Parts).GroupBy(p => p.Part).OrderBy(g => g.Key, StringComparer.Ordinal);
        return new(others.Count, [.. parts.Select(g => new PartScore(g.Key, Rounded(g.Sum(p => p.Score), g.Count())))]);
    }

    public static DateTimeOffset EndOfLastMonth(DateTimeOffset now) => new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private static int Rounded(int sum, int count) => ((2 * sum) + (count * Step)) / (2 * count * Step) * Step;
}
