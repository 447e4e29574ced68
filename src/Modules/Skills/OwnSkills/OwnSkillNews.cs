using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Skills.OwnSkills;

/// <summary>Tells coordinators of proposals, and who proposed a skill what became of it.</summary>
internal sealed class OwnSkillNews(INotices notices, IRoles roles, Database database, TimeProvider clock) : News<OwnSkillEvent>(notices, clock)
{
    public override string Name => "notices/own-skills";

    public override string Module => SkillsModule.Name;

    public static void Declare(IServiceCollection services)
    {
        services.AddNoticeKind(new("own-skill-proposed", "learning", typeof(OwnSkillTexts), NoticeMail.Digest));
        foreach (var kind in new[] { "own-skill-accepted", "own-skill-declined", "own-skill-returned" })
            services.AddNoticeKind(new(kind, "learning", typeof(OwnSkillTexts), NoticeMail.Digest));
        services.AddNews<OwnSkillNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<OwnSkillEvent> recorded, CancellationToken ct) => recorded.Fact switch
    {
        OwnSkillProposed e => ToAll(
            await roles.Holders(Role.Coordinator, RoleScope.Cluster(e.Cluster), ct), e.By,
            p => new(p, "own-skill-proposed", recorded.Id, Href(e.Cluster, recorded.Stream), e.By, LabelOf(e.Words))),
        OwnSkillAccepted e => await ToProposer("own-skill-accepted", e.Cluster, e.By, recorded, ct),
        OwnSkillDeclined e => await ToProposer("own-skill-declined", e.Cluster, e.By, recorded, ct),
        OwnSkillReturned e => await ToProposer("own-skill-returned", e.Cluster, e.By, recorded, ct),
        _ => [],
    };

    private async Task<IReadOnlyList<Notice>> ToProposer(string kind, Id<Cluster> cluster, Id<Person> by, Recorded<OwnSkillEvent> recorded, CancellationToken ct)
    {
        var rows = await database.Query(
            SkillsModule.Name, Statement.Of(OwnSkillRows.Table.Select("where id = $1"), recorded.Stream), OwnSkillRows.Table.Read, ct);
        return [.. rows.SelectMany(r => ToAll([r.ProposedBy], by, p => new(
            p, kind, recorded.Id, Href(cluster, recorded.Stream), Subject: Languages.Choose(r.Labels, Languages.Fallback).Label)))];
    }

    private static string LabelOf(ValueList<OwnSkillWords> words) =>
        Languages.Choose(words.ToDictionary(w => w.Language, w => w.Label), Languages.Fallback).Label;

    private static string Href(Id<Cluster> cluster, Guid own) => $"/skills/clusters/{cluster}/own/{own}";
}

/// <summary>Proposals that wait for a coordinator, and one's own that were sent back.</summary>
internal sealed class OwnSkillTasks(Database database, IStringLocalizer<OwnSkillTexts> text) : IHomeTasks
{
    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var clusters = caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator);
        var waiting = clusters.Count == 0 ? [] : await Query(
            "select cluster, count(*) from skills.own_skills where cluster = any($1) and state = 'proposed' group by cluster order by cluster",
            [clusters.ToArray()], ct);
        var returned = await Query(
            "select cluster, count(*) from skills.own_skills where proposed_by = $1 and state = 'returned' group by cluster order by cluster",
            [caller.Person.Value], ct);
        return
        [
            .. waiting.Select(w => Task("own-skills-to-review", "TaskReview", w)), .. returned.Select(r => Task("own-skills-returned", "TaskReturned", r)),
        ];
    }

    private HomeTask Task(string kind, string key, (Guid Cluster, long Count) of) =>
        new(kind, of.Count == 1 ? text[key + "One"] : text[key + "Many", of.Count], $"/skills/clusters/{of.Cluster}");

    private Task<List<(Guid Cluster, long Count)>> Query(string sql, object?[] values, CancellationToken ct) =>
        database.Query(SkillsModule.Name, Statement.Of(sql, values), r => (r.GetGuid(0), r.GetInt64(1)), ct);
}
