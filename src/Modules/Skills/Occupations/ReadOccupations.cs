using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Occupations;

internal static class ReadOccupationsEndpoints
{
    private const int DefaultLimit = 20, MaxLimit = 100, LongestQuery = 200;

    internal static readonly Refusal Unknown = new(
        "occupation-unknown", "The catalogue has no such occupation; look it up with GET /api/v1/skills/occupations?q=….", 404);

    internal sealed record Hit(Id<Occupation> Id, string Uri, string Label, string Code, string IscoGroup);

    internal sealed record Found(IReadOnlyList<Hit> Items, string Attribution);

    internal sealed record Answer(
        Id<Occupation> Id, string Uri, string Label, string? Description, IReadOnlyList<string> AltLabels, string Code, string IscoGroup,
        IReadOnlyList<SkillCard> Essential, IReadOnlyList<SkillCard> Optional, string Source, long Version, string Attribution);

    internal static void MapReadOccupations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/occupations", Find)
            .WithName("SearchOccupations").WithSummary("Find occupations by what somebody types, slips included, best first")
            .WithDescription(SearchSkillsEndpoint.Attribution).Produces<Found>().AnyoneMayCall("the catalogue is public");
        routes.MapGet("/skills/occupations/{occupation}", Read)
            .WithName("ReadOccupation").WithSummary("One occupation with its essential and optional skills")
            .WithDescription(SearchSkillsEndpoint.Attribution).Produces<Answer>().AnyoneMayCall("the catalogue is public");
    }

    private static async Task<IResult> Find(
        IOccupations occupations, HttpContext http, CancellationToken ct, string? q = null, string? language = null, int limit = DefaultLimit)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > LongestQuery)
            return Problems.Of(400, "query-needed", $"Send what to look for as q, with 1 to {LongestQuery} characters.", ("parameter", "q"));
        if (limit is < 1 or > MaxLimit)
            return Problems.Of(400, "limit-out-of-range", $"The parameter 'limit' takes one whole number from 1 to {MaxLimit}.", ("parameter", "limit"));
        var wanted = Languages.Of(language, http.Request);
        http.Response.Headers.Vary = "Accept-Language";
        var found = await occupations.Find(q, wanted, limit, ct);
        return TypedResults.Ok(new Found(
            [.. found.Select(o => new Hit(o.Id, o.Uri, o.LabelIn(wanted), o.Code, o.IscoGroup))], SearchSkillsEndpoint.Attribution));
    }

    private static async Task<IResult> Read(
        Id<Occupation> occupation, IOccupations occupations, ISkillCatalogue skills, HttpContext http, CancellationToken ct, string? language = null)
    {
        if (await occupations.Read(occupation.ToString(), ct) is not { } row) return Problems.From(Unknown);
        var wanted = Languages.Of(language, http.Request);
        var (chosen, label) = Languages.Choose(row.Labels, wanted);
        var words = row.Words.FirstOrDefault(w => w.Language == chosen);
        var cards = await skills.Find([.. row.EssentialUris, .. row.OptionalUris], wanted, ct);
        ETags.Set(http, row.Version);
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(new Answer(
            row.Id, row.Uri, label, words is { Description.Length: > 0 } ? words.Description : null, [.. words?.Alternative ?? []], row.Code, row.IscoGroup,
            [.. row.EssentialUris.Where(cards.ContainsKey).Select(u => cards[u])], [.. row.OptionalUris.Where(cards.ContainsKey).Select(u => cards[u])],
            row.Source, row.Version, SearchSkillsEndpoint.Attribution));
    }
}
