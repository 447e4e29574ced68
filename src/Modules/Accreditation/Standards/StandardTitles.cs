using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Standards;

/// <summary>What standards are called, for lists.</summary>
internal static class StandardTitles
{
    public static async Task<IReadOnlyDictionary<Guid, string>> Of(IEnumerable<Id<Standard>> standards, Database database, CancellationToken ct)
    {
        var wanted = standards.Select(s => s.Value).Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<Guid, string>();
        var rows = await database.Query(
            AccreditationModule.Name, Statement.Of("select id, title from accreditation.standards where id = any($1)", [wanted]),
            r => (Id: r.GetGuid(0), Title: r.GetString(1)), ct);
        return rows.ToDictionary(r => r.Id, r => r.Title);
    }
}
