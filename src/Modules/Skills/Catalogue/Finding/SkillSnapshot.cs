using System.Collections.Frozen;

namespace ClusterNet.Skills.Catalogue.Finding;

/// <summary>
/// The catalogue at one moment: most of it in an index that is made rarely, what changed since in a small one beside it.
/// </summary>
internal sealed class SkillSnapshot
{
    private const int MostNews = 1_500;

    private readonly Part _most;
    private readonly Part _news;

    private SkillSnapshot(Part most, Part news) => (_most, _news) = (most, news);

    public static SkillSnapshot Empty { get; } = new(new([]), new([]));

    public static SkillSnapshot Of(IReadOnlyList<SkillRow> rows) => new(new(rows), new([]));

    /// <summary>Any concept, retired ones and groups too; null where there is none. Without descriptions.</summary>
    public SkillRow? Row(Guid id) => _news.Row(id) ?? _most.Row(id);

    /// <summary>With rows as they are now.</summary>
    public SkillSnapshot With(IReadOnlyList<SkillRow> changed)
    {
        var fresh = changed.Select(r => r.Id.Value).ToHashSet();
        List<SkillRow> news = [.. _news.Rows.Where(r => !fresh.Contains(r.Id.Value)), .. changed];
        if (news.Count <= MostNews) return new(_most, new(news));
        var all = news.Select(r => r.Id.Value).ToHashSet();
        return Of([.. _most.Rows.Where(r => !all.Contains(r.Id.Value)), .. news]);
    }

    /// <summary>Skills for new use, best first.</summary>
    public IReadOnlyList<FoundSkill> Find(LabelQuery query, Func<SkillRow, bool> admits, IReadOnlyDictionary<string, float> uses, int limit)
    {
        var old = _most.Find(query, r => !_news.Places.ContainsKey(r.Id.Value) && admits(r), uses, limit);
        if (_news.Rows.Count == 0) return [.. old.Select(f => f.Skill)];
        var news = _news.Find(query, admits, uses, limit);
        return [.. old.Concat(news).OrderByDescending(f => f.Score).Take(limit).Select(f => f.Skill)];
    }

    /// <summary>Skills for new use that a text speaks of, the surest first.</summary>
    public IReadOnlyList<SpokenSkill> Suggest(TextQuery text, IReadOnlyDictionary<string, float> uses, int limit) =>
    [
        .. _most.Suggest(text, r => !_news.Places.ContainsKey(r.Id.Value), uses, limit).Concat(_news.Suggest(text, _ => true, uses, limit))
            .OrderByDescending(s => s.Score).Take(limit),
    ];

    private sealed class Part(IReadOnlyList<SkillRow> rows)
    {
        private readonly LabelIndex _index = new(rows.SelectMany(Labels));

        public IReadOnlyList<SkillRow> Rows => rows;

        public FrozenDictionary<Guid, int> Places { get; } = rows.Select((r, i) => (r.Id.Value, i)).ToFrozenDictionary(p => p.Value, p => p.i);

        public SkillRow? Row(Guid id) => Places.TryGetValue(id, out var place) ? rows[place] : null;

        public List<(float Score, FoundSkill Skill)> Find(
            LabelQuery query, Func<SkillRow, bool> admits, IReadOnlyDictionary<string, float> uses, int limit) =>
            [.. query.In(
                    _index, limit, i => rows[i] is { Retired: false, Kind: SkillKind.Skill } && admits(rows[i]),
                    i => uses.Count == 0 ? 0 : uses.GetValueOrDefault(rows[i].Uri))
                .Select(m => (m.Score, new FoundSkill(rows[m.Entry], _index.LabelAt(m.Label).Text, m.Score)))];

        public IEnumerable<SpokenSkill> Suggest(TextQuery text, Func<SkillRow, bool> admits, IReadOnlyDictionary<string, float> uses, int limit) =>
            text.In(_index, limit, i => rows[i] is { Retired: false, Kind: SkillKind.Skill } && admits(rows[i]), i => uses.GetValueOrDefault(rows[i].Uri))
                .Select(s => new SpokenSkill(rows[s.Entry], _index.LabelAt(s.Label), s.Score, s.Words, uses.ContainsKey(rows[s.Entry].Uri)));

        private static IEnumerable<Label> Labels(SkillRow row, int entry) =>
            row.Labels.Select(l => new Label(entry, l.Key, LabelKind.Preferred, l.Value))
                .Concat(row.AltLabels.SelectMany(l => l.Value.Select(text => new Label(entry, l.Key, LabelKind.Alternative, text))))
                .Concat(row.HiddenLabels.SelectMany(l => l.Value.Select(text => new Label(entry, l.Key, LabelKind.Hidden, text))));
    }
}
