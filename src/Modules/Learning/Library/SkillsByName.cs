using ClusterNet.Learning.Mentoring;
using ClusterNet.Search;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Library;

/// <summary>Skills that words which are looked for are the name of: what is about a skill is found by its name in the reader's language.</summary>
internal static class SkillsByName
{
    /// <returns>Concept URIs.</returns>
    public static async Task<string[]> Called(this ISkillCatalogue skills, FoldedQuery query, CancellationToken ct) =>
        [.. (await skills.Near(query.Text, SkillChoice.Language, ct)).Where(c => query.RankOf(c.Label) <= FoldedQuery.RankOfBeginnings).Select(c => c.Uri)];
}
