using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Finding;

namespace ClusterNet.Skills.Occupations;

/// <summary>Occupations for the rest of the module, such as role profiles that begin with one.</summary>
internal interface IOccupations
{
    /// <summary>Occupations (no groups) by any label of any language, slips included, best first.</summary>
    Task<IReadOnlyList<OccupationRow>> Find(string query, string language, int limit, CancellationToken ct);

    /// <param name="occupation">Its id or its concept URI.</param>
    Task<OccupationRow?> Read(string occupation, CancellationToken ct);

    /// <summary>Whether any were imported.</summary>
    Task<bool> Any(CancellationToken ct);
}

/// <summary>In memory as skills are; read anew when an import changed them, which each Host sees within seconds.</summary>
internal sealed class OccupationIndex(Database database, TimeProvider clock) : IOccupations, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private Loaded? _loaded;
    private DateTimeOffset _lookedAt;

    public async Task<IReadOnlyList<OccupationRow>> Find(string query, string language, int limit, CancellationToken ct)
    {
        if (LabelQuery.Of(query, Languages.Primary(language)) is not { } typed) return [];
        var (_, rows, index) = await Load(ct);
        return [.. typed.In(index, limit, _ => true, _ => 0).Select(m => rows[m.Entry])];
    }

    public async Task<OccupationRow?> Read(string occupation, CancellationToken ct)
    {
        var id = Guid.TryParseExact(occupation, "D", out var parsed) ? parsed : Occupation.StreamOf(occupation);
        var rows = await database.Query(
            SkillsModule.Name, Statement.Of(OccupationList.Table.Select("where id = $1"), id), OccupationList.Table.Read, ct);
        return rows.FirstOrDefault();
    }

    public async Task<bool> Any(CancellationToken ct) => (await Load(ct)).Rows.Count > 0;

    public void Dispose() => _one.Dispose();

    private async Task<Loaded> Load(CancellationToken ct)
    {
        if (_loaded is { } fresh && clock.GetUtcNow() - _lookedAt < LookEvery) return fresh;
        await _one.WaitAsync(ct);
        try
        {
            var mark = (await database.Query(
                SkillsModule.Name, Statement.Of("select count(*) || ' ' || coalesce(sum(version), 0) from skills.occupations"), r => r.GetString(0), ct))[0];
            if (_loaded?.Mark != mark)
            {
                var rows = await database.Query(
                    SkillsModule.Name, Statement.Of(OccupationList.Table.Select("where kind = 'occupation' and not retired order by uri")), OccupationList.Table.Read, ct);
                _loaded = new(mark, rows, new LabelIndex(rows.SelectMany(Labels)));
            }

            _lookedAt = clock.GetUtcNow();
            return _loaded;
        }
        finally
        {
            _one.Release();
        }
    }

    private static IEnumerable<Label> Labels(OccupationRow row, int entry) => row.Words.SelectMany(w =>
        w.Alternative.Select(l => new Label(entry, w.Language, LabelKind.Alternative, l))
            .Concat(w.Hidden.Select(l => new Label(entry, w.Language, LabelKind.Hidden, l)))
            .Prepend(new(entry, w.Language, LabelKind.Preferred, w.Preferred)));

    private sealed record Loaded(string Mark, IReadOnlyList<OccupationRow> Rows, LabelIndex Index);
}
