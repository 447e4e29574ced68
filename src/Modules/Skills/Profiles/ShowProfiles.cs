using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Occupations;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Profiles;

internal static class ShowProfilesEndpoint
{
    /// <param name="SkillUri">The skill, or what stands in its place now.</param>
    /// <param name="Was">What the profile names, where another skill stands in its place; POST …/successors takes that over.</param>
    internal sealed record Skill(string SkillUri, string Label, int Level, IReadOnlyList<FormerSkill> Was);

    internal sealed record Holder(Id<Person> Person, Id<Firm> Firm);

    /// <summary>The occupation that a profile began with.</summary>
    internal sealed record BegunWith(string Uri, string Label, string Code);

    /// <param name="Holders">Of firms that the caller works in.</param>
    internal sealed record Shown(
        Id<RoleProfile> Id, Personal<string> Title, Id<Firm>? Firm, Id<Cluster>? Cluster, Id<RoleProfile>? Origin, BegunWith? Occupation, bool Retired,
        IReadOnlyList<Skill> Skills, IReadOnlyList<Holder> Holders, DateTimeOffset ChangedAt, long Version);

    internal static void MapShowProfiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/profiles", List)
            .WithName("ListProfiles").WithSummary("Role profiles of the own firms and clusters, those to copy from included")
            .SignedInMayCall("people of the firm and of its clusters");
        routes.MapGet("/skills/profiles/{id}", One)
            .WithName("ReadProfile").WithSummary("One role profile").Produces<Shown>()
            .SignedInMayCall("people of the firm and of its clusters");
    }

    private static async Task<IResult> List(
        Caller caller, PageRequest page, HttpRequest request, ProfileDesk desk, ISkillCatalogue skills, IOccupations occupations, CancellationToken ct, Id<Firm>? firm = null,
        Id<Cluster>? cluster = null, bool retired = false)
    {
        var seen = (await desk.Seen(caller, retired, ct))
            .Where(p => (firm is null || p.Firm == firm) && (cluster is null || p.Cluster == cluster)).OrderBy(p => p.Id);
        var after = page.After<Guid>() is { } last ? new Id<RoleProfile>(last) : (Id<RoleProfile>?)null;
        var rows = seen.Where(p => after is not { } a || p.Id > a).Take(page.Fetch).ToList();
        return page.Answer(await Of(rows, caller, Languages.Of(null, request), desk, skills, occupations, ct), p => p.Id.Value);
    }

    private static async Task<IResult> One(
        Id<RoleProfile> id, Caller caller, HttpContext http, ProfileDesk desk, ISkillCatalogue skills, IOccupations occupations, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } row) return Problems.From(ProfileRules.Unknown);
        ETags.Set(http, row.Version);
        return Results.Ok((await Of([row], caller, Languages.Of(null, http.Request), desk, skills, occupations, ct)).Single());
    }

    private static async Task<IReadOnlyList<Shown>> Of(
        IReadOnlyList<ProfileRow> rows, Caller caller, string language, ProfileDesk desk, ISkillCatalogue skills, IOccupations occupations,
        CancellationToken ct)
    {
        var named = rows.SelectMany(r => r.Skills).Select(s => s.SkillUri).ToHashSet();
        var names = await desk.Names(named, ct);
        var labels = await skills.Find([.. named.Concat(named.Select(names.Now)).Distinct()], language, ct);
        var holders = await desk.Holders(
            [.. rows.Select(r => r.Id.Value)], caller.Firms, ct);
        var begun = new Dictionary<string, BegunWith>();
        foreach (var uri in rows.Select(r => r.Occupation).OfType<string>().Distinct())
            if (await occupations.Read(uri, ct) is { } o) begun[uri] = new(uri, o.LabelIn(language), o.Code);
        return
        [
            .. rows.Select(r => new Shown(
                r.Id, r.Title, r.Firm, r.Cluster, r.Origin, r.Occupation is { } uri ? begun.GetValueOrDefault(uri) : null, r.Retired,
                [.. names.Of(r.Skills).Select(s => new Skill(s.SkillUri, labels.LabelOf(s.SkillUri), s.Level, s.Former(labels)))],
                [.. holders.Where(h => h.Profile == r.Id).Select(h => new Holder(h.Person, h.Firm))], r.ChangedAt, r.Version)),
        ];
    }
}
