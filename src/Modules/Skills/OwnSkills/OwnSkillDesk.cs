using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Search;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Finding;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Skills.OwnSkills;

/// <summary>Carries out commands on own skills, for endpoints and pages: what changes in one and in the catalogue commits together.</summary>
internal sealed class OwnSkillDesk(
    Streams<OwnSkill, OwnSkillEvent> own, Streams<Skill, SkillEvent> skills, Commands commands, ISkillCatalogue catalogue, SkillIndex index,
    Database database, TimeProvider clock)
{
    private const double Similar = 0.45;
    private const int MostNear = 5;

    private static readonly Refusal SkillUnknown = new(
        "skill-unknown", "The catalogue has no such skill; look it up with GET /api/v1/skills?q=….", 422);

    public DateTimeOffset Now => clock.GetUtcNow();

    public Task<IResult> Propose(Id<OwnSkill> id, ProposeOwnSkill command, CancellationToken ct) => commands.Run(
        own, id.Value, command, Reply.Created(Link(command.Cluster, id), id), ct, onGuard: _ => Task.FromResult(OwnSkillRefusals.LabelTaken));

    public async Task<IResult> Run(Id<Cluster> cluster, Id<OwnSkill> id, ICommand<OwnSkill, OwnSkillEvent> command, CancellationToken ct)
    {
        IReadOnlyList<Prepared> entries = [];
        var result = await commands.Run(
            own, id.Value, command, Reply.Changed(Link(cluster, id), id), ct, onGuard: _ => Task.FromResult(OwnSkillRefusals.LabelTaken),
            also: async facts => entries = await Catalogued(id, facts, ct));
        // What one did, one finds.
        await index.Refresh([.. entries.Select(e => e.Append).OfType<Append>().Select(a => a.Stream)], ct);
        return result;
    }

    /// <summary>Why an own skill cannot be mapped to this; null when it can.</summary>
    public async Task<Refusal?> RefuseTarget(Id<Cluster> cluster, string uri, MatchKind? match, CancellationToken ct)
    {
        if (match is null) return null;
        var found = await database.Query(SkillsModule.Name, Statement.Of(SkillList.Table.Select("where uri = $1"), uri), SkillList.Table.Read, ct);
        return found switch
        {
            [] => await catalogue.Check([uri], Languages.Fallback, ct),
            [{ Cluster: { } owner }] => owner == cluster ? MapOwnSkill.ToOwn : SkillUnknown,
            [{ Retired: true } r] => MapOwnSkill.ToRetired.With("replacedBy", r.ReplacedBy),
            [{ Kind: SkillKind.Group }] when match != MatchKind.Broad => MapOwnSkill.ToGroup,
            _ => null,
        };
    }

    /// <summary>What there is already that may be the same: in the catalogue, and among the cluster's own and proposed.</summary>
    public async Task<IReadOnlyList<NearSkill>> Near(Id<Cluster> cluster, string label, string language, CancellationToken ct)
    {
        var folded = Folding.Of(label);
        var ids = await database.Query(
            SkillsModule.Name,
            Statement.Of(
                "select skill from skills.own_labels where cluster = $1 and similarity(folded, $2) >= $3 group by skill " +
                "order by max(similarity(folded, $2)) desc, skill limit $4", cluster.Value, folded, Similar, MostNear),
            r => r.GetGuid(0), ct);
        var rows = await database.Query(
            SkillsModule.Name, Statement.Of(OwnSkillRows.Table.Select("where id = any($1)"), [ids.ToArray()]), OwnSkillRows.Table.Read, ct);
        var ours = rows.OrderBy(r => ids.IndexOf(r.Id.Value))
            .Select(r => new NearSkill(r.Uri, Languages.Choose(r.Labels, language).Label, r.Id, r.State)).ToList();
        var others = (await catalogue.Near(label, language, ct)).Where(c => ours.All(o => o.Uri != c.Uri))
            .Select(c => new NearSkill(c.Uri, c.Label, null, null));
        return [.. ours, .. others];
    }

    private static string Link(Id<Cluster> cluster, Id<OwnSkill> id) => $"/api/v1/skills/clusters/{cluster}/own/{id}";

    /// <summary>What the facts mean to the catalogue and to the other side of a merge. Called again when somebody else was quicker.</summary>
    private async Task<IReadOnlyList<Prepared>> Catalogued(Id<OwnSkill> id, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var after = facts.Cast<OwnSkillEvent>().Aggregate((await own.Load(id.Value, ct)).State, OwnSkill.Evolve);
        return (facts[0], after) switch
        {
            (OwnSkillAccepted e, OwnSkill.Listed l) => [await List(id, l, e.At, ct)],
            (OwnSkillReworded e, OwnSkill.Listed l) => [await Change(id, l, e.At, ct)],
            (OwnSkillMapped e, OwnSkill.Listed l) => [await Change(id, l, e.At, ct)],
            (OwnSkillUnmapped e, OwnSkill.Listed l) => [await Change(id, l, e.At, ct)],
            (OwnSkillRetired e, _) => [await Skill(id, new RetireSkill(SkillEnd.Withdrawn, OwnSkill.SourceOf(e.Cluster), e.At), ct)],
            (OwnSkillMerged e, OwnSkill.Merged m) => await Merged(id, e, m, ct),
            (OwnSkillUnmerged e, _) => await Unmerged(id, e, ct),
            _ => [],
        };
    }

    private async Task<IReadOnlyList<Prepared>> Merged(Id<OwnSkill> id, OwnSkillMerged e, OwnSkill.Merged merged, CancellationToken ct)
    {
        // All names by which the one that goes was found, those that it had taken over included.
        ValueList<OwnSkillWords> names = [.. merged.Was.Words.Concat(merged.Was.Stands.SelectMany(s => s.Words))];
        var takes = await own.Prepare(e.Into.Value, new TakeOver(e.Cluster, id, names, e.By, e.At), ct);
        if (takes.Refusal is not null) return [takes];
        return
        [
            takes, await Skill(id, new ReplaceSkill([OwnSkill.UriOf(e.Into)], OwnSkill.SourceOf(e.Cluster), e.At), ct),
            .. await Changed(e.Into, takes, e.At, ct),
        ];
    }

    private async Task<IReadOnlyList<Prepared>> Unmerged(Id<OwnSkill> id, OwnSkillUnmerged e, CancellationToken ct)
    {
        var gives = await own.Prepare(e.From.Value, new GiveBack(e.Cluster, id, e.By, e.At), ct);
        if (gives.Refusal is not null) return [gives];
        return [gives, await Skill(id, new RestoreSkill(OwnSkill.SourceOf(e.Cluster), e.At), ct), .. await Changed(e.From, gives, e.At, ct)];
    }

    /// <summary>The other skill's entry, as it is after the facts that were prepared for it.</summary>
    private async Task<IReadOnlyList<Prepared>> Changed(Id<OwnSkill> id, Prepared prepared, DateTimeOffset at, CancellationToken ct)
    {
        var facts = prepared.Append?.Facts.OfType<OwnSkillEvent>() ?? [];
        return facts.Aggregate((await own.Load(id.Value, ct)).State, OwnSkill.Evolve) is OwnSkill.Listed after ? [await Change(id, after, at, ct)] : [];
    }

    private Task<Prepared> List(Id<OwnSkill> id, OwnSkill.Listed skill, DateTimeOffset at, CancellationToken ct) => Skill(
        id, new ListSkill(
            OwnSkill.UriOf(id), skill.Cluster, CatalogueEntry.ShapeOf(skill), CatalogueEntry.WordsOf(skill), OwnSkill.SourceOf(skill.Cluster), at), ct);

    private Task<Prepared> Change(Id<OwnSkill> id, OwnSkill.Listed skill, DateTimeOffset at, CancellationToken ct) => Skill(
        id, new ChangeSkill(CatalogueEntry.ShapeOf(skill), CatalogueEntry.WordsOf(skill), OwnSkill.SourceOf(skill.Cluster), at), ct);

    private Task<Prepared> Skill(Id<OwnSkill> id, ICommand<Skill, SkillEvent> command, CancellationToken ct) =>
        skills.Prepare(Catalogue.Skill.StreamOf(OwnSkill.UriOf(id)), command, ct);
}

/// <summary>Something that may be the same as what is proposed.</summary>
/// <param name="Own">The own skill, when it is one of the cluster.</param>
internal sealed record NearSkill(string Uri, string Label, Id<OwnSkill>? Own, OwnSkillState? State);
