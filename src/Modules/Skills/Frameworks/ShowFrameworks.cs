using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Frameworks;

internal static class ShowFrameworksEndpoint
{
    private static readonly Refusal Unknown = new(
        "framework-unknown", "There is no such framework; take a key from GET /api/v1/skills/frameworks.", 404);

    internal sealed record Card(string Key, string Name, int AreaCount, int CompetenceCount, string Attribution);

    internal sealed record List(IReadOnlyList<Card> Items);

    /// <param name="Label">In the language asked for, else in English.</param>
    internal sealed record Competence(string Uri, string Code, string Label, string Description, IReadOnlyList<FrameworkThread> Threads);

    internal sealed record Area(string Uri, string Code, string Label, IReadOnlyList<Competence> Competences);

    internal sealed record Answer(
        string Key, string Name, IReadOnlyList<Area> Areas, IReadOnlyList<ProficiencyLevel> Proficiency, string Attribution);

    internal static void MapShowFrameworks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/frameworks", ListAll)
            .WithName("ListFrameworks").WithSummary("The competence frameworks that stand in the catalogue beside ESCO")
            .Produces<List>().AnyoneMayCall("the catalogue is public");
        routes.MapGet("/skills/frameworks/{framework}", Show)
            .WithName("ShowFramework").WithSummary("One framework: areas, competences, threads and statements of each level")
            .Produces<Answer>().AnyoneMayCall("the catalogue is public");
    }

    private static async Task<List> ListAll(FrameworkShelf shelf) =>
        new([.. (await shelf.All()).Select(f => new Card(f.Key, f.Name, f.Areas.Count(), f.Concepts.Count(c => !c.IsArea), f.Attribution))]);

    private static async Task<IResult> Show(string framework, FrameworkShelf shelf, HttpContext http, string? language = null)
    {
        if (await shelf.Find(framework) is not { } found) return Problems.From(Unknown);
        var wanted = Languages.Of(language, http.Request);
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(new Answer(
            found.Key, found.Name,
            [
                .. found.Areas.Select(a => new Area(found.UriOf(a.Code), a.Code, LabelOf(a), [.. found.CompetencesOf(a).Select(
                    c => new Competence(found.UriOf(c.Code), c.Code, LabelOf(c), c.Description, c.Threads))])),
            ],
            found.Proficiency, found.Attribution));

        string LabelOf(FrameworkConcept concept) => Languages.Choose(concept.Labels, wanted).Label;
    }
}
