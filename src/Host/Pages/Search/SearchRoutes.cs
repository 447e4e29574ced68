using ClusterNet.Access.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Host.Pages.Search;

/// <summary>The search over everything for programs, and for the scripts of the pages.</summary>
internal sealed class SearchRoutes : IRoutes
{
    private const string Within = "each hit is one that the caller may see";
    private const int Most = 50;
    private const int Offered = 5;

    /// <param name="Hits">The best first.</param>
    internal sealed record Answer(IReadOnlyList<SearchHit> Hits);

    /// <summary>Something to pick in a form.</summary>
    internal sealed record Offer(Guid Id, string Text, string? Detail);

    public void AddRoutes(IEndpointRouteBuilder routes) => routes.MapGet("/search", Find).WithName("Search")
        .WithSummary("Search over everything that the caller may see: people, firms, skills and more")
        .WithAnswerExample(new Answer([new("firm", "Tischlerei Brandt GmbH", "Leipzig", "/firms/0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", 1, new("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"))]))
        .Produces<Answer>().ProducesProblem(400).SignedInMayCall(Within);

    /// <summary>What the pages' scripts fetch: no API, so outside its prefix and its description.</summary>
    public static void MapFragments(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/search/suggestions", Suggest).ExcludeFromDescription().SignedInMayCall(Within);
        routes.MapGet("/search/choices", Choose).ExcludeFromDescription().SignedInMayCall(Within);
    }

    /// <param name="q">Two characters at least.</param>
    /// <param name="limit">How many of each kind.</param>
    private static async Task<IResult> Find(string q, Caller caller, SearchEverything search, CancellationToken ct, int limit = 10)
    {
        if (SearchEverything.Asked(q) is null)
            return Problems.Of(400, "search-too-short", $"Search for {SearchEverything.Shortest} characters or more.");
        return Results.Ok(new Answer(await search.Find(q, Math.Clamp(limit, 1, Most), caller, ct)));
    }

    private static async Task<IResult> Suggest(HttpContext http, string? q, Caller caller, SearchEverything search, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (SearchEverything.Asked(q) is not { } asked) return Results.NoContent();
        var hits = await search.Find(asked, Offered, caller, ct);
        return new RazorComponentResult<Suggestions>(new { Q = asked, Hits = hits });
    }

    private static async Task<IResult> Choose(HttpContext http, string kind, string? q, Caller caller, SearchEverything search, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var hits = await search.Pick(kind, q, Offered * 2, caller, ct);
        return Results.Ok(hits.Select(h => new Offer(h.Id ?? Guid.Empty, h.Title, h.Detail)));
    }
}
