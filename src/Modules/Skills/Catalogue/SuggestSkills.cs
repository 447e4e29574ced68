using ClusterNet.Access.Contracts;
using ClusterNet.Skills.Catalogue.Finding;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Catalogue;

internal static class SuggestSkillsEndpoint
{
    private const int DefaultLimit = 10, MaxLimit = 50;

    /// <param name="Text">What somebody did or learnt, in their own words and any loaded language. It is not kept.</param>
    /// <param name="Language">In which the labels are wanted; Accept-Language unless told.</param>
    internal sealed record Body(string Text, string? Language = null, int Limit = DefaultLimit) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("text", Text, 1, TextQuery.LongestText);
            faults.OptionalText("language", Language, 35);
            faults.Check(Limit is >= 1 and <= MaxLimit, "limit", "out-of-range", $"Ask for 1 to {MaxLimit} skills.");
        }
    }

    /// <param name="MatchedLabel">The label that the text met, preferred, alternative or hidden.</param>
    /// <param name="Words">The words of the text that met it.</param>
    /// <param name="UsedHere">People here use the skill already.</param>
    internal sealed record Reason(string MatchedLabel, string Language, IReadOnlyList<string> Words, bool UsedHere);

    internal sealed record Suggestion(string Uri, string Label, string Type, string ReuseLevel, Reason Reason);

    internal sealed record Answer(IReadOnlyList<Suggestion> Items, string Attribution);

    private static readonly Body Example = new("We talked a difficult customer into a longer delivery time and agreed on a lower price.");

    internal static void MapSuggestSkills(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/skills/suggestions", Handle)
            .WithName("SuggestSkills").WithSummary("Suggest skills for a free text, each with its reason; the text is not kept")
            .WithDescription(SearchSkillsEndpoint.Attribution).WithExample(Example).Produces<Answer>().SignedInMayCall("everybody who may write");

    internal static async Task<IResult> Handle(Body body, SkillSearch search, HttpContext http, CancellationToken ct)
    {
        var wanted = Languages.Of(body.Language, http.Request);
        http.Response.Headers.Vary = "Accept-Language";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Answer(
            [.. (await search.Suggest(body.Text, wanted, body.Limit, ct)).Select(s => Of(s, wanted))], SearchSkillsEndpoint.Attribution));
    }

    private static Suggestion Of(SpokenSkill spoken, string wanted) => new(
        spoken.Skill.Uri, Languages.Choose(spoken.Skill.Labels, wanted).Label, spoken.Skill.Type, spoken.Skill.ReuseLevel,
        new(spoken.Label.Text, spoken.Label.Language, spoken.Words, spoken.UsedHere));
}
