using System.Globalization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.OwnSkills;
using ClusterNet.Skills.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Skills.Areas;

/// <inheritdoc cref="IAreas"/>
internal sealed class SkillAreas(
    Database database, Streams<ClusterAreas, AreasEvent> streams, DefaultAreas defaults, IStringLocalizer<AreaTexts> text) : IAreas
{
    // A union stops where nothing new comes: cycles do no harm.
    private const string Above = """
        with recursive known as (
            select uri, reuse_level, broader_uris, collections from skills.skills where uri = any($1)
            union
            select s.uri, s.reuse_level, s.broader_uris, s.collections from known k join skills.skills s on s.uri = any(k.broader_uris))
        select uri, reuse_level, broader_uris, collections from known
        """;

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Of(
        Id<Cluster>? cluster, IReadOnlyCollection<string> skillUris, CancellationToken ct)
    {
        var uris = skillUris.Distinct().ToArray();
        if (uris.Length == 0) return new Dictionary<string, IReadOnlyList<string>>();
        var mapped = await Mapped(uris, ct);
        var concepts = (await database.Query(
            SkillsModule.Name, Statement.Of(Above, [uris.Concat(mapped.Values.SelectMany(m => m)).Distinct().ToArray()]),
            r => new AreaConcept(r.GetString(0), r.GetString(1), r.GetFieldValue<string[]>(2), r.GetFieldValue<string[]>(3)), ct)).ToDictionary(c => c.Uri);
        foreach (var (uri, targets) in mapped)
            if (concepts.TryGetValue(uri, out var own)) concepts[uri] = own with { BroaderUris = [.. own.BroaderUris.Union(targets)], MappedTo = targets };
        var areas = await View(cluster, ct);
        return uris.ToDictionary(u => u, u => AreaView.Of(u, concepts, defaults, areas));
    }

    public async Task<IReadOnlyList<AreaCard>> All(Id<Cluster>? cluster, CancellationToken ct)
    {
        var areas = await View(cluster, ct);
        return [.. AreaKeys.InOrder(areas).Select(k => CardOf(k, areas))];
    }

    internal AreaCard CardOf(string key, ClusterAreas areas)
    {
        if (areas.Own.FirstOrDefault(o => o.Key == key) is not { } own) return new(key, text[$"Area-{key}"], false);
        var names = own.Names.ToDictionary(n => n.Language, n => n.Name);
        return new(key, Languages.Choose(names, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName).Label, true);
    }

    /// <summary>Own skills lie where what they are mapped to lies, be it broader, close or the same.</summary>
    private async Task<Dictionary<string, string[]>> Mapped(string[] uris, CancellationToken ct)
    {
        Guid[] own = [.. uris.Where(u => u.StartsWith(OwnSkill.UriPrefix, StringComparison.Ordinal))
            .Select(u => Guid.TryParseExact(u[OwnSkill.UriPrefix.Length..], "D", out var id) ? id : Guid.Empty)];
        if (own.Length == 0) return [];
        return (await database.Query(
            SkillsModule.Name, Statement.Of(OwnSkillRows.Table.Select("where id = any($1)"), [own]), OwnSkillRows.Table.Read, ct))
            .ToDictionary(r => r.Uri, r => r.Mappings.Select(m => m.Uri).ToArray());
    }

    private async Task<ClusterAreas> View(Id<Cluster>? cluster, CancellationToken ct) =>
        cluster is { } id ? (await streams.Load(ClusterAreas.IdOf(id), ct)).State : ClusterAreas.Initial;
}
