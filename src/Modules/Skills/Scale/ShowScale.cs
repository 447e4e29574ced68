using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Skills.Catalogue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Scale;

internal static class ShowScaleEndpoint
{
    /// <param name="Required">Whether a profile can require it; 0 is for ratings only.</param>
    internal sealed record Step(int Level, string Name, string Descriptor, int? EqfFrom, int? EqfUntil, bool Required);

    internal sealed record Answer(string Language, IReadOnlyList<Step> Steps);

    private static readonly string[] Known = ["en", "de", "fr"];

    internal static void MapShowScale(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/skills/scale", Handle)
            .WithName("ShowSkillScale").WithSummary("The five steps of the scale, and 0 for not yet, with levels of the European Qualifications Framework")
            .WithDescription("In English, German or French, by language or Accept-Language.")
            .Produces<Answer>().AnyoneMayCall("the scale is public");

    private static Ok<Answer> Handle(HttpContext http, string? language = null)
    {
        var wanted = Languages.Of(language, http.Request);
        var culture = CultureInfo.GetCultureInfo(Known.Contains(wanted) ? wanted : Languages.Fallback);
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(new Answer(
            culture.Name,
            [.. SkillScale.Steps.Select(s => new Step(
                s.Level, SkillScale.Name(s.Level, culture), SkillScale.Descriptor(s.Level, culture), s.EqfFrom, s.EqfUntil, s.EqfFrom is not null))]));
    }
}
