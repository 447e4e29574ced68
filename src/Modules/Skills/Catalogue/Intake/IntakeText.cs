using ClusterNet.Projections;

namespace ClusterNet.Skills.Catalogue.Intake;

/// <summary>What an import changed, as lines for the command line.</summary>
internal static class IntakeText
{
    public static IEnumerable<string> Of(IntakeReports.CatalogueReport report)
    {
        yield return $"{report.Import.Source}, {(report.Import.Whole ? "whole" : "a part")}, import {report.Import.Id}";
        foreach (var language in report.Import.Languages) yield return $"  labels in {language.Tag}: {language.Labels}, of {language.Source}";
        foreach (var (kind, parts) in new[] { ("skills", report.Skills), ("groups", report.Groups), ("occupations", report.Occupations) })
            foreach (var part in parts) yield return $"  {kind} {WireNames.Of(part.Change)}: {part.Count}, such as {string.Join(", ", part.First.Take(3).Select(c => c.Label))}";
        if (report.UsedSkillsGoneCount > 0) yield return $"  {report.UsedSkillsGoneCount} skills in use are not for new use any more:";
        foreach (var gone in report.UsedSkillsGone)
        {
            var uses = string.Join(", ", gone.Uses.Select(u => $"{u.Count} {u.Kind}"));
            yield return $"    {gone.Skill.Label} ({uses}): {(gone.Successors.Count == 0 ? "nothing in its place" : string.Join(", ", gone.Successors.Select(s => s.Label)))}";
        }
    }
}
