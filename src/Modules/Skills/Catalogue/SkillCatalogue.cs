using ClusterNet.EventStore;
using ClusterNet.Skills.Browsing;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Catalogue;

/// <summary>The port that modules above use.</summary>
internal sealed class SkillCatalogue(Database database, SkillSearch search, CatalogueReader reader) : ISkillCatalogue
{
    private const int Named = 10, LongestChain = 20;

    private static readonly Refusal Unknown = new(
        "skill-unknown", "The catalogue has no such skill. Take a near match, or look it up with GET /api/v1/skills?q=….", 422);

    private static readonly Refusal Retired = new(
        "skill-retired", "The skill is not for new use any more. Take what stands in its place, or look another up with GET /api/v1/skills?q=….", 422);

    public async Task<IReadOnlyDictionary<string, SkillCard>> Find(IReadOnlyCollection<string> uris, string language, CancellationToken ct)
    {
        if (uris.Count == 0) return new Dictionary<string, SkillCard>();
        var rows = await Rows([.. uris.Distinct()], ct);
        return await Cards(rows, language, ct);
    }

    public async Task<Refusal?> Check(IReadOnlyCollection<string> uris, string language, CancellationToken ct)
    {
        if (uris.Count == 0) return null;
        var wanted = uris.Distinct().ToArray();
        var rows = (await Rows(wanted, ct)).Where(r => r.Kind == SkillKind.Skill).ToList();
        if (rows.Any(r => r.Retired))
        {
            var retired = (await Cards([.. rows.Where(r => r.Retired)], language, ct)).Values;
            var successors = await Find([.. retired.SelectMany(c => c.SuccessorUris)], language, ct);
            return Retired.With("retired", retired.Take(Named)
                .Select(c => new RetiredSkill(c.Uri, c.Label, [.. c.SuccessorUris.Where(successors.ContainsKey).Select(u => successors[u])])).ToList());
        }

        var known = rows.Select(r => r.Uri).ToList();
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

    public async Task<IReadOnlyList<SuggestedSkill>> Suggest(string text, string language, int limit, CancellationToken ct) =>
        [.. (await search.Suggest(text, language, limit, ct)).Select(s => new SuggestedSkill(s.Skill.Uri, Languages.Choose(s.Skill.Labels, language).Label, s.Words))];

    public Task<string?> UriOf(Guid skill, CancellationToken ct) => reader.UriOf(skill, ct);

    private Task<List<SkillRow>> Rows(string[] uris, CancellationToken ct) => database.Query(
        SkillsModule.Name, Statement.Of(SkillList.Table.Select("where uri = any($1)"), [uris]), SkillList.Table.Read, ct);

    /// <summary>With successors: of what was replaced by what was replaced, the last.</summary>
    private async Task<Dictionary<string, SkillCard>> Cards(IReadOnlyList<SkillRow> rows, string language, CancellationToken ct)
    {
        var replaced = rows.Where(r => r.ReplacedBy.Length > 0).ToDictionary(r => r.Uri, r => r.ReplacedBy);
        for (var (left, step) = (replaced.Values.SelectMany(u => u).ToHashSet(), 0); left.Count > 0 && step < LongestChain; step++)
        {
            left.ExceptWith(replaced.Keys);
            var next = (await Rows([.. left], ct)).Where(r => r.ReplacedBy.Length > 0 && replaced.TryAdd(r.Uri, r.ReplacedBy)).ToList();
            left = [.. next.SelectMany(r => r.ReplacedBy)];
        }

        return rows.ToDictionary(r => r.Uri, r => CardOf(r, language) with { Retired = r.Retired, SuccessorUris = [.. Last(r.Uri, [r.Uri]).Distinct()] });

        // Whoever replaced two skills by each other meets neither again.
        IEnumerable<string> Last(string uri, HashSet<string> seen) => replaced.GetValueOrDefault(uri, [])
            .Where(seen.Add).SelectMany(by => replaced.ContainsKey(by) ? Last(by, seen) : [by]);
    }

    private static SkillCard CardOf(SkillRow row, string language) =>
        new(row.Uri, Languages.Choose(row.Labels, language).Label, row.Type, row.ReuseLevel);

    internal sealed record RetiredSkill(string Uri, string Label, IReadOnlyList<SkillCard> Successors);

    internal sealed record UnknownSkill(string Unknown, IReadOnlyList<SkillCard> Near);
}
