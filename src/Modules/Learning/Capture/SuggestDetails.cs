using ClusterNet.Access.Contracts;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Capture;

internal static class SuggestDetailsEndpoint
{
    /// <param name="Text">What happened, in one's own words, in English, German or French. It is not kept.</param>
    internal sealed record Body(string Text) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, Rules.MaxText);
    }

    /// <param name="Kind">Null where no word speaks of it; with the words that did.</param>
    /// <param name="DaysAgo">0 for today; null where no day is told.</param>
    internal sealed record Answer(
        LearningKind? Kind, string KindWords, int? Minutes, int? DaysAgo, IReadOnlyList<SuggestedPerson> People, IReadOnlyList<SuggestedSkill> Skills);

    internal static void MapSuggestDetails(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/records/suggestions", Handle)
            .WithName("SuggestRecordDetails").WithSummary("Suggest kind, length, people and skills for a sentence on what happened; the sentence is not kept")
            .WithExample(new Body("Yesterday Bernd showed me for half an hour how to set the press brake for stainless steel."))
            .Produces<Answer>().SignedInMayCall("everybody who may write");

    private static async Task<IResult> Handle(
        Body body, Caller caller, Suggester suggester, Company company, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (firm, _) = await company.FirmOf(caller.Person, null, ct);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var found = await suggester.For(body.Text, Language.Of(http.Request), today, caller, firm, ct);
        return TypedResults.Ok(new Answer(found.Sentence.Kind, found.Sentence.KindWords, found.Sentence.Minutes, found.Sentence.DaysAgo, found.People, found.Skills));
    }
}
