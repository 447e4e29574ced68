using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Wiki;

/// <summary>A facilitator lets the version through that waits.</summary>
internal sealed record PublishPage(Id<Person> By, DateTimeOffset Now) : ICommand<WikiLife, WikiEvent>
{
    public Decision<WikiEvent> Decide(WikiLife state) => state switch
    {
        WikiLife.Kept { Waiting: { } waiting } => new WikiPagePublished(waiting.Number, By, Now),
        WikiLife.Kept => Decision<WikiEvent>.Nothing,
        _ => WikiDesk.Unknown,
    };
}

internal sealed record FlagPage(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<WikiLife, WikiEvent>
{
    public Decision<WikiEvent> Decide(WikiLife state) =>
        state is WikiLife.Kept kept ? kept.Flaggable.Flag<WikiEvent>(By, new WikiPageFlagged(Reason, By, Now)) : WikiDesk.Unknown;
}

internal sealed record ModeratePage(Moderation Step, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<WikiLife, WikiEvent>
{
    public Decision<WikiEvent> Decide(WikiLife state) =>
        state is WikiLife.Kept kept ? kept.Flaggable.Moderate<WikiEvent>(Step, new WikiPageModerated(Step, Reason, By, Now)) : WikiDesk.Unknown;
}

internal static class ModeratePageEndpoint
{
    private const string Who = "facilitators of the community";

    internal static void MapModeratePage(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/pages/{id}/publication", Publish)
            .WithName(nameof(PublishPage)).WithSummary("Let the version of a page through that waits for review").SignedInMayCall(Who);
        routes.MapPost("/learning/pages/{id}/flags", Flag)
            .WithName(nameof(FlagPage)).WithSummary("Say that a page should be looked at").WithExample(new ModeratePostEndpoint.FlagBody("This is out of date."))
            .SignedInMayCall("members of the community");
        routes.MapPost("/learning/pages/{id}/moderation", Step)
            .WithName(nameof(ModeratePage)).WithSummary("Hide a page, show it again, send the waiting version back, or keep it after a flag")
            .WithExample(new ModeratePostEndpoint.StepBody(Moderation.Hide, "It names a customer.")).SignedInMayCall(Who);
    }

    internal static Task<IResult> Publish(Id<WikiPage> id, IfMatch ifMatch, Caller caller, WikiDesk wiki, CancellationToken ct) =>
        Run(id, caller, wiki, true, new PublishPage(caller.Person, wiki.Now), ct);

    internal static Task<IResult> Flag(Id<WikiPage> id, ModeratePostEndpoint.FlagBody body, Caller caller, WikiDesk wiki, CancellationToken ct) =>
        Run(id, caller, wiki, false, new FlagPage(body.Reason.Trim(), caller.Person, wiki.Now), ct);

    internal static Task<IResult> Step(Id<WikiPage> id, ModeratePostEndpoint.StepBody body, IfMatch ifMatch, Caller caller, WikiDesk wiki, CancellationToken ct) =>
        Run(id, caller, wiki, true, new ModeratePage(body.Step, body.Reason.Trim(), caller.Person, wiki.Now), ct);

    private static async Task<IResult> Run(Id<WikiPage> id, Caller caller, WikiDesk wiki, bool facilitating, ICommand<WikiLife, WikiEvent> command, CancellationToken ct)
    {
        var (seen, refusal) = await wiki.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        return facilitating && !seen.Community.Facilitates ? Problems.From(CommunityRules.NotFacilitator) : await wiki.Run(seen.State.Community, id, command, ct);
    }
}
