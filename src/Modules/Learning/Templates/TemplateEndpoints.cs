using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Templates;

internal static class TemplateEndpoints
{
    public const int MaxName = 60;

    /// <param name="Name">By which one knows it again.</param>
    /// <param name="Minutes">15, unless told.</param>
    /// <param name="Visibility">Unless told, the usual one of each record.</param>
    internal sealed record Body(
        string Name, LearningKind Kind, string What, int? Minutes = null, IReadOnlyList<Id<Person>>? With = null, IReadOnlyList<string>? SkillUris = null,
        Visibility? Visibility = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("name", Name, 1, MaxName).Text("what", What, 1, Rules.MaxText);
            Rules.Validate(faults, null, null, Minutes, With, SkillUris, null);
        }
    }

    internal sealed record Kept(
        Id<Template> Id, Personal<string> Name, LearningKind Kind, Personal<string> What, int Minutes, IReadOnlyList<Id<Person>> With, IReadOnlyList<string> SkillUris,
        Visibility? Visibility);

    internal sealed record Answer(IReadOnlyList<Kept> Items);

    internal static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        const string own = "everybody about themselves";
        routes.MapPost("/learning/templates", Keep)
            .WithName("KeepLearningTemplate").WithSummary("Keep what one learns again and again, to record it without typing")
            .WithExample(new Body("Friday round", LearningKind.Observation, "Walked the line with Bernd and looked at what stood still.", 30)).SignedInMayCall(own);
        routes.MapGet("/learning/templates", List)
            .WithName("ListLearningTemplates").WithSummary("One's own templates, the newest first").Produces<Answer>().SignedInMayCall(own).OwnData();
        routes.MapPost("/learning/templates/{id}/removal", Remove)
            .WithName("RemoveLearningTemplate").WithSummary("Remove a template; what was recorded from it stays").SignedInMayCall(own);
    }

    private static Task<IResult> Keep(Body body, Caller caller, TemplateDesk desk, HttpRequest request, CancellationToken ct) => desk.Keep(body, caller, request, ct);

    private static Task<IResult> Remove(Id<Template> id, Caller caller, TemplateDesk desk, CancellationToken ct) => desk.Remove(id, caller, ct);

    private static async Task<IResult> List(Caller caller, TemplateDesk desk, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Answer([
            .. (await desk.Of(caller.Person, ct)).Select(t => new Kept(
                t.Id, t.Name, t.Kind, t.What, t.Minutes, [.. t.WithPersons.Select(p => new Id<Person>(p))], t.SkillUris, t.Visibility)),
        ]));
    }
}
