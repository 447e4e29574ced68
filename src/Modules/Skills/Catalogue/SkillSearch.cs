using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue.Finding;

namespace ClusterNet.Skills.Catalogue;

/// <summary>A skill found, with the label that fitted.</summary>
internal sealed record FoundSkill(SkillRow Skill, string MatchedLabel, float Score);

/// <summary>A skill that a text speaks of.</summary>
/// <param name="Label">The label that the text met.</param>
/// <param name="Words">By which words of the text.</param>
internal sealed record SpokenSkill(SkillRow Skill, Label Label, float Score, IReadOnlyList<string> Words, bool UsedHere);

/// <summary>Finds skills by what somebody typed, or by a URI that is nearly right.</summary>
internal sealed class SkillSearch(SkillIndex index, Database database)
{
    private const int Near = 3;
    private const double SegmentSimilarity = 0.5;

    public async Task<IReadOnlyList<FoundSkill>> Find(string query, string language, string? type, int limit, CancellationToken ct) =>
        LabelQuery.Of(query, Languages.Primary(language)) is { } typed
            ? (await index.Skills(ct)).Find(typed, row => type is null || row.Type == type, index.Uses, limit)
            : [];

    /// <summary>Skills that a free text speaks of, the surest first.</summary>
    public async Task<IReadOnlyList<SpokenSkill>> Suggest(string text, string language, int limit, CancellationToken ct) =>
        TextQuery.Of(text, Languages.Primary(language)) is { } spoken ? (await index.Skills(ct)).Suggest(spoken, index.Uses, limit) : [];

    /// <summary>What somebody may have meant by a text that names no skill: a label, or a URI with a slip in its last segment.</summary>
    public async Task<IReadOnlyList<SkillRow>> NearTo(string text, string language, CancellationToken ct)
    {
        if (!text.Contains('/')) return [.. (await Find(text, language, null, Near, ct)).Select(f => f.Skill)];
        return await database.Query(
            SkillsModule.Name,
            Statement.Of(
                SkillList.Table.Select(
                    "where not retired and segment % $1 and similarity(segment, $1) >= $2 order by similarity(segment, $1) desc, uri limit $3"),
                SkillList.SegmentOf(text), SegmentSimilarity, Near),
            SkillList.Table.Read, ct);
    }
}
