using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Skills.Browsing;

/// <summary>Rows of the catalogue, for pages.</summary>
internal sealed class CatalogueReader(Database database)
{
    /// <summary>Names of skills and groups in a language, or the nearest there is; unknown ones are missing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Labels(IReadOnlyCollection<string> uris, string language, CancellationToken ct) =>
        uris.Count == 0
            ? new Dictionary<string, string>()
            : (await Rows("where uri = any($1)", ct, [uris.Distinct().ToArray()])).ToDictionary(r => r.Uri, r => Languages.Choose(r.Labels, language).Label);

    public async Task<string?> UriOf(Guid skill, CancellationToken ct) => (await Rows("where id = $1", ct, skill)).FirstOrDefault()?.Uri;

    public async Task<bool> Knows(string uri, CancellationToken ct) => (await Rows("where uri = $1", ct, uri)).Count > 0;

    /// <param name="where">What follows <c>select … from skills.skills</c>.</param>
    public Task<List<SkillRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(SkillsModule.Name, Statement.Of(SkillList.Table.Select(where), values), SkillList.Table.Read, ct);
}
