using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Search;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// Skills in the search over everything, in the reader's language: those that what was typed names. The page of skills forgives more; here a
/// slip in a person's name would bring up skills.
/// </summary>
internal sealed class SkillsFound(SkillSearch search) : ISearchSource
{
    private const int Named = 1;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct)
    {
        if (FoldedQuery.Of(text) is not { } query) return [];
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return [.. (await search.Find(text, language, null, max, ct)).Select(found => HitOf(found, language, query)).Where(h => h.Rank <= Named)];
    }

    private static SearchHit HitOf(FoundSkill found, string language, FoldedQuery query)
    {
        var label = Languages.Choose(found.Skill.Labels, language).Label;
        var detail = found.MatchedLabel == label ? null : found.MatchedLabel;
        return new("skill", label, detail, $"/skills/{found.Skill.Id}", Math.Min(query.RankOf(label), query.RankOf(found.MatchedLabel)), found.Skill.Id.Value);
    }
}
