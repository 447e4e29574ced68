using ClusterNet.Access.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Catalogue;

internal static class SearchSkillsEndpoint
{
    private const int DefaultLimit = 20, MaxLimit = 100, LongestQuery = 200;

    /// <summary>Asked for by the Commission wherever ESCO is used (Commission Decision 2011/833/EU).</summary>
    internal const string Attribution = "This service uses the ESCO classification of the European Commission.";

    private static readonly string[] Types = ["skill/competence", "knowledge"];

    /// <param name="MatchedLabel">The label that fitted the query, preferred or alternative.</param>
    /// <param name="Language">The language of <paramref name="Label"/>: the asked one, else English, else any there is.</param>
    internal sealed record Hit(string Uri, string Label, string Language, string MatchedLabel, string Type, string ReuseLevel);

    internal sealed record Answer(IReadOnlyList<Hit> Items, string Attribution);

    internal static void MapSearchSkills(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/skills", Handle)
            .WithName("SearchSkills").WithSummary("Find skills by what somebody types, slips included, best first")
            .WithDescription($"{Attribution} Looks at the labels of all languages; the one asked for (or Accept-Language) comes first.")
            .Produces<Answer>().AnyoneMayCall("the catalogue is public");

    private static async Task<IResult> Handle(
        SkillSearch search, HttpContext http, CancellationToken ct, string? q = null, string? language = null, string? type = null,
        int limit = DefaultLimit)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > LongestQuery)
            return Problems.Of(400, "query-needed", $"Send what to look for as q, with 1 to {LongestQuery} characters.",
                ("parameter", "q"));
        if (limit is < 1 or > MaxLimit)
            return Problems.Of(400, "limit-out-of-range", $"The parameter 'limit' takes one whole number from 1 to {MaxLimit}.",
                ("parameter", "limit"));
        if (type is not null && !Types.Contains(type))
            return Problems.Of(400, "unknown-type", $"The parameter 'type' takes {string.Join(" or ", Types)}.", ("parameter", "type"));
        var wanted = Languages.Of(language, http.Request);
        var found = await search.Find(q, wanted, type, limit, ct);
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(new Answer([.. found.Select(f => HitOf(f, wanted))], Attribution));
    }

    private static Hit HitOf(FoundSkill found, string wanted)
    {
        var (language, label) = Languages.Choose(found.Skill.Labels, wanted);
        return new(found.Skill.Uri, label, language, found.MatchedLabel, found.Skill.Type, found.Skill.ReuseLevel);
    }
}
