using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

internal sealed record MarkHelpful(
    Id<Community> Community, Id<Discussion> Discussion, Guid Post, Id<Person> Author, Id<Person> By, bool Helpful, DateTimeOffset Now)
    : ICommand<HelpfulMark, HelpfulMarkEvent>
{
    private const int MaxChanges = 10;

    public static readonly Refusal Own = new("own-post", "Others say whether what you wrote is helpful. Mark what helped you.", 422);
    public static readonly Refusal TooOften = new("mark-changed-often", "You have changed this mark often enough; it stays as it is.", 409);

    public Decision<HelpfulMarkEvent> Decide(HelpfulMark state) => state switch
    {
        _ when Author == By => Own,
        _ when state.Helpful == Helpful => Decision<HelpfulMarkEvent>.Nothing,
        { Changes: >= MaxChanges } => TooOften,
        _ when Helpful => new HelpfulMarkGiven(Community, Discussion, Post, Author, By, Now),
        _ => new HelpfulMarkWithdrawn(By, Now),
    };
}

internal static class MarkHelpfulEndpoint
{
    internal sealed record Body(bool Helpful);

    internal static void MapMarkHelpful(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/discussions/{id}/posts/{post}/helpful", Handle)
            .WithName(nameof(MarkHelpful)).WithSummary("Say that a post helped, or take that back; each person counts once").WithExample(new Body(true))
            .RequireRateLimiting(RateLimits.Marks).SignedInMayCall("members of the community, for what others wrote");

    internal static async Task<IResult> Handle(
        Id<Discussion> id, Guid post, Body body, Caller caller, DiscussionDesk discussions, Streams<HelpfulMark, HelpfulMarkEvent> marks, Commands commands, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, post, caller, ct);
        if (seen?.Find(post) is not { } found) return Problems.From(refusal!); // one of the two is given
        if (found.Status != PostStatus.Shown) return Problems.From(DiscussionRules.NotShown);
        var command = new MarkHelpful(seen.Community.Row.Id, id, post, found.Author, caller.Person, body.Helpful, discussions.Now);
        return await commands.Run(marks, HelpfulMark.IdOf(post, caller.Person), command, Reply.Changed(DiscussionDesk.Address(id), new Id<Post>(post)), ct);
    }
}
