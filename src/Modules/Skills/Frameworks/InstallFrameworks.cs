using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Finding;

namespace ClusterNet.Skills.Frameworks;

/// <summary>Puts the areas and competences of the shipped frameworks into the catalogue: 44 concepts, in one transaction.</summary>
internal sealed class InstallFrameworks(
    FrameworkShelf shelf, IEventStore store, Streams<Skill, SkillEvent> skills, SkillIndex index, Database database, TimeProvider clock)
{
    private const int Attempts = 10;

    /// <summary>Again it does nothing; several Hosts may try at once.</summary>
    public async Task Run(CancellationToken ct)
    {
        var all = await shelf.All();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var missing = await Missing(all, ct);
            if (missing.Count == 0) return;
            var appends = new List<Append>();
            foreach (var command in missing) appends.Add(skills.PrepareNew(Skill.StreamOf(command.Uri), command).Append!); // nobody has it yet: not refused
            if (await store.Commit(new Commit(appends, CommandMetadata.System("frameworks")), ct) is not CommitResult.Done) continue;
            await index.Refresh([.. appends.Select(a => a.Stream)], ct);
            return;
        }

        throw new TimeoutException($"The catalogue was too busy: {Attempts} attempts to put the frameworks into it met another one.");
    }

    private async Task<IReadOnlyList<ListSkill>> Missing(IReadOnlyList<Framework> all, CancellationToken ct)
    {
        var uris = all.SelectMany(f => f.Concepts.Select(c => f.UriOf(c.Code))).ToArray();
        var known = await database.Query(
            SkillsModule.Name, Statement.Of("select uri from skills.skills where uri = any($1)", [uris]), r => r.GetString(0), ct);
        var now = clock.GetUtcNow();
        return [.. all.SelectMany(f => f.Concepts.Select(c => CommandOf(f, c, now))).Where(c => !known.Contains(c.Uri))];
    }

    private static ListSkill CommandOf(Framework framework, FrameworkConcept concept, DateTimeOffset now) => new(
        framework.UriOf(concept.Code), null,
        new(
            concept.IsArea ? SkillKind.Group : SkillKind.Skill, concept.IsArea ? "" : "skill/competence", "", concept.Code,
            concept.Area is { } area ? [framework.UriOf(area)] : [], [], [], []),
        [
            .. concept.Labels.OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => new SkillWords(l.Key, l.Value, [], [], l.Key == "en" ? concept.Description : "", framework.Source)),
        ],
        framework.Source, now);
}
