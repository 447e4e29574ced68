using ClusterNet.Clusters.Checks;
using ClusterNet.Clusters.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.Readiness;

/// <summary>
/// Go, start smaller, or not yet. A launch without a sponsor or without an objective fails whatever else is there, so a weak score in one of the two is
/// "not yet" by itself; any other weak part makes it "start smaller".
/// </summary>
internal static class ReadinessVerdict
{
    public const string Go = "go", StartSmaller = "start-smaller", NotYet = "not-yet";

    /// <summary>Below this the whole is not ready.</summary>
    internal const int LeastToStart = 40;

    private static readonly string[] Essential = ["objectives", "sponsor"];

    public static string Of(int score, IReadOnlyList<PartScore> parts)
    {
        if (score < LeastToStart || parts.Any(p => p.Score < Bands.Middling && Essential.Contains(p.Part))) return NotYet;
        return score >= Bands.Strong && parts.All(p => p.Score >= Bands.Middling) ? Go : StartSmaller;
    }

    /// <summary>The weakest part first; the strong ones speak for it.</summary>
    public static IReadOnlyList<string> Reasons(IReadOnlyList<PartScore> parts) => [.. parts.OrderBy(p => p.Score).Select(p => $"{p.Part}-{Bands.Of(p.Score)}")];

    /// <summary>What to do about the parts that are not strong, the weakest first.</summary>
    public static IReadOnlyList<string> Steps(IReadOnlyList<PartScore> parts)
    {
        var steps = parts.Where(p => p.Score < Bands.Strong).OrderBy(p => p.Score).Select(p => p.Part switch
        {
            "audience" => "people",
            "objectives" => "audit",
            "time" => "record",
            "equipment" => "sessions",
            _ => "sponsor",
        }).ToList();
        return steps.Count == 0 ? ["audit", "record"] : steps;
    }

    public static CheckResult Result(CheckRow row, IStringLocalizer<CheckTexts> text)
    {
        var parts = row.Parts;
        return new(
            row.At, row.By, row.Questionnaire, row.Score, parts, Of(row.Score, parts), [.. Reasons(parts).Select(r => text[$"Reason-{r}"].Value)],
            NextSteps.Of(Steps(parts), row.Kind, row.Subject, text), row.Answers);
    }
}
