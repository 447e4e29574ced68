using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Catalogue;

/// <summary>The port that modules above use.</summary>
internal sealed class SkillCatalogue(Database database, SkillSearch search) : ISkillCatalogue
{
    private const int Named = 10;

    private static readonly Refusal Unknown = new(
        "skill-unknown", "The catalogue has no such skill. Take a near match, or look it up with GET /api/v1/skills?q=….", 422);

    public async Task<IReadOnlyDictionary<string, SkillCard>> Find(IReadOnlyCollection<string> uris, string language, CancellationToken ct)
    {
        if (uris.Count == 0) return new Dictionary<string, SkillCard>();
        var rows = await database.Query(
            SkillsModule.Name, Statement.Of(SkillList.Table.Select("where uri = any($1)"), [uris.Distinct().ToArray()]),
            SkillList.Table.Read, ct);
        return rows.ToDictionary(r => r.Uri, r => CardOf(r, language));
    }

    public async Task<Refusal?> Check(IReadOnlyCollection<string> uris, string language, CancellationToken ct)
    {
        if (uris.Count == 0) return null;
        var wanted = uris.Distinct().ToArray();
        var known = await database.Query(
            SkillsModule.Name, Statement.Of("select uri from skills.skills where uri = any($1)", [wanted]), r => r.GetString(0), ct);
        if (known.Count == wanted.Length) return null;
        var unknown = new List<UnknownSkill>();
        foreach (var uri in wanted.Except(known).Take(Named))
        {
            unknown.Add(new(uri, await Near(uri, language, ct)));
        }

        return Unknown.With("nearMatches", unknown);
    }

    public async Task<IReadOnlyList<SkillCard>> Near(string text, string language, CancellationToken ct) =>
        [.. (await search.NearTo(text, language, ct)).Select(s => CardOf(s, language))];

    private static SkillCard CardOf(SkillRow row, string language) =>
        new(row.Uri, Languages.Choose(row.Labels, language).Label, row.Type, row.ReuseLevel);

    internal sealed record UnknownSkill(string Unknown, IReadOnlyList<SkillCard> Near);
}
