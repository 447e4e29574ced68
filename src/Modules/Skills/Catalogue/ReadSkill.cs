using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Catalogue;

internal static class ReadSkillEndpoint
{
    private const int ShownNarrower = 200;

    private static readonly Refusal Unknown = new(
        "skill-unknown", "The catalogue has no such skill; look it up with GET /api/v1/skills?q=….", 404);

    /// <param name="Label">Null where the catalogue has no such concept itself: many broader ones are skill groups.</param>
    internal sealed record Neighbour(string Uri, string? Label);

    internal sealed record Answer(
        string Uri, string Type, string ReuseLevel, string Label, IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string[]> AltLabels, IReadOnlyList<Neighbour> Broader, IReadOnlyList<Neighbour> Narrower,
        string Source, long Version, string Attribution);

    internal static void MapReadSkill(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/skills/concept", Handle)
            .WithName("ReadSkill").WithSummary("One skill with its labels in all languages, broader and narrower concepts")
            .WithDescription(SearchSkillsEndpoint.Attribution).Produces<Answer>().AnyoneMayCall("the catalogue is public");

    private static async Task<IResult> Handle(
        string uri, Database database, HttpContext http, CancellationToken ct, string? language = null)
    {
        var rows = await database.Query(
            SkillsModule.Name,
            Statement.Of(
                SkillList.Table.Select("""
                    where uri = $1 or broader_uris @> array[$1]
                        or uri = any((select broader_uris from skills.skills where uri = $1)::text[])
                    order by uri = $1 desc, broader_uris @> array[$1], uri limit $2
                    """),
                uri, ShownNarrower),
            SkillList.Table.Read, ct);
        if (rows.FirstOrDefault(r => r.Uri == uri) is not { } skill) return Problems.From(Unknown);
        var wanted = Languages.Of(language, http.Request);
        var known = rows.ToDictionary(r => r.Uri, r => Languages.Choose(r.Labels, wanted).Label);
        ETags.Set(http, skill.Version);
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(new Answer(
            skill.Uri, skill.Type, skill.ReuseLevel, known[uri], skill.Labels, skill.AltLabels,
            [.. skill.BroaderUris.Select(b => new Neighbour(b, known.GetValueOrDefault(b)))],
            [.. rows.Where(r => r.BroaderUris.Contains(uri)).Select(r => new Neighbour(r.Uri, known[r.Uri]))],
            skill.Source, skill.Version, SearchSkillsEndpoint.Attribution));
    }
}
