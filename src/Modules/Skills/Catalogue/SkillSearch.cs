using ClusterNet.EventStore;
using ClusterNet.Search;

namespace ClusterNet.Skills.Catalogue;

/// <summary>A skill found, with the label that fitted.</summary>
internal sealed record FoundSkill(SkillRow Skill, string MatchedLabel);

/// <summary>Finds skills by what somebody typed, or by a URI that is nearly right.</summary>
internal sealed class SkillSearch(Database database)
{
    private const int Near = 3;
    private const double SegmentSimilarity = 0.5;

    public async Task<IReadOnlyList<FoundSkill>> Find(string query, string language, string? type, int limit, CancellationToken ct)
    {
        var folded = Folding.Of(query);
        // The longest word tells most and is looked up first.
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().OrderByDescending(w => w.Length)
            .Take(SearchSql.MaxWords).ToArray();
        if (words.Length == 0) return [];
        string[] languages = [.. new[] { Languages.Primary(language), Languages.Fallback }.Distinct()];
        var found = await Run(all: true);
        return found.Count == 0 && words.Length > 1 ? await Run(all: false) : found;

        Task<List<FoundSkill>> Run(bool all) => database.Query(
            SkillsModule.Name, Statement.Of(Search, folded, words, languages, type ?? "", all, limit),
            r => new FoundSkill(SkillList.Table.Read(r), r.GetString(r.FieldCount - 1)), ct);
    }

    /// <summary>What somebody may have meant by a text that names no skill: a label, or a URI with a slip in its last segment.</summary>
    public async Task<IReadOnlyList<SkillRow>> NearTo(string text, string language, CancellationToken ct)
    {
        if (!text.Contains('/')) return [.. (await Find(text, language, null, Near, ct)).Select(f => f.Skill)];
        return await database.Query(
            SkillsModule.Name,
            Statement.Of(
                SkillList.Table.Select(
                    "where segment % $1 and similarity(segment, $1) >= $2 order by similarity(segment, $1) desc, uri limit $3"),
                SkillList.SegmentOf(text), SegmentSimilarity, Near),
            SkillList.Table.Read, ct);
    }

    private static readonly string Search = $"""
        select {string.Join(", ", SkillList.Table.ColumnList.Split(", ").Select(c => $"s.{c}"))}, f.label
        from skills.find($1, $2, $3, nullif($4, ''), $5, $6) f join skills.skills s on s.id = f.skill order by f.score desc, f.label, s.id
        """;
}
