using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

internal sealed record AskForHelp(Id<Person> Person, Id<Person> By, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public static readonly Refusal NotAsker = new("not-your-question", "Only who asked the question looks for help with it.", 403);
    public static readonly Refusal NotFound = new("helper-not-found", "This person is not among those who can help and let themselves be found. Choose one of them.", 422);
    public static readonly Refusal TooMany = new("helpers-asked", $"You have asked {DiscussionRules.MaxAsked} people. Wait for an answer, or put the question in other words.");

    public Decision<DiscussionEvent> Decide(Thread state) => state switch
    {
        Thread.Open o when o.First.Author != By => NotAsker,
        Thread.Open { Question: false } => AcceptAnswer.NoQuestion,
        Thread.Open o when o.First.Status != PostStatus.Shown => DiscussionRules.NotShown,
        Thread.Open o when o.Asked.Contains(Person) => Decision<DiscussionEvent>.Nothing,
        Thread.Open { Asked.Count: >= DiscussionRules.MaxAsked } => TooMany,
        Thread.Open => new DiscussionHelpAsked(Person, By, Now),
        _ => DiscussionRules.Unknown,
    };
}

internal static class AskForHelpEndpoint
{
    internal sealed record Body(Id<Person> Person);

    /// <param name="Asked">Those whom the asker has asked already.</param>
    internal sealed record HelpersAnswer(IReadOnlyList<Helper> Helpers, IReadOnlyList<Id<Person>> Asked);

    internal static void MapAskForHelp(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/discussions/{id}/helpers", Find)
            .WithName("FindHelpers").WithSummary("Who can help with one's question, and why; by name, nobody is ranked")
            .WithDescription("People with the question's skills who show them to the caller, let themselves be found, and can see the question.")
            .Produces<HelpersAnswer>().SignedInMayCall("who asked the question");
        routes.MapPost("/learning/discussions/{id}/helpers", Ask)
            .WithName(nameof(AskForHelp)).WithSummary("Ask one of those who can help; the person is told")
            .WithExample(new Body(Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null))).SignedInMayCall("who asked the question");
    }

    private static async Task<IResult> Find(Id<Discussion> id, Caller caller, DiscussionDesk discussions, Helpers helpers, CancellationToken ct)
    {
        if (await discussions.Find(id, caller, ct) is not { } seen) return Problems.From(DiscussionRules.Unknown);
        return seen.IsAsker ? TypedResults.Ok(new HelpersAnswer(await helpers.Of(seen, caller, ct), seen.State.Asked)) : Problems.From(AskForHelp.NotAsker);
    }

    internal static async Task<IResult> Ask(Id<Discussion> id, Body body, IfMatch ifMatch, Caller caller, DiscussionDesk discussions, Helpers helpers, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        if (!seen.IsAsker) return Problems.From(AskForHelp.NotAsker);
        var found = (await helpers.Of(seen, caller, ct)).Any(h => h.Person == body.Person);
        return found ? await discussions.Run(seen, new AskForHelp(body.Person, caller.Person, discussions.Now), ct) : Problems.From(AskForHelp.NotFound);
    }
}
