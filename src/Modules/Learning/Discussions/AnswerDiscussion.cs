using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

internal sealed record AnswerDiscussion(Guid Post, Addressed Text, Id<Person> Author, Id<Firm>? Firm, PostStatus Status, DateTimeOffset Now)
    : ICommand<Thread, DiscussionEvent>
{
    public static readonly Refusal Full = new("discussion-full", $"A discussion holds {DiscussionRules.MaxPosts} posts. Begin a new one and link to this one.");

    public Decision<DiscussionEvent> Decide(Thread state) => state switch
    {
        Thread.Open o when o.First.Status != PostStatus.Shown => DiscussionRules.NotShown,
        Thread.Open o when o.Posts.Count >= DiscussionRules.MaxPosts => Full,
        Thread.Open => new DiscussionAnswered(Post, Text.Text, Text.People, Author, Firm, Status, Now),
        _ => DiscussionRules.Unknown,
    };
}

internal static class AnswerDiscussionEndpoint
{
    /// <param name="Text">Markdown, without HTML. <c>@[Name]</c> or <c>@[id]</c> names a member, who is told.</param>
    /// <param name="Mention">A member to be named at the end, beside those in the text.</param>
    /// <param name="Draft">Only oneself sees it, until it is published.</param>
    internal sealed record Body(string Text, Id<Person>? Mention = null, bool Draft = false) : IValidated
    {
        public void Validate(Faults faults) => DiscussionRules.Validate(faults, Text, null, false);
    }

    internal static void MapAnswerDiscussion(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/discussions/{id}/posts", Handle)
            .WithName(nameof(AnswerDiscussion)).WithSummary("Answer in a discussion").WithExample(new Body("Copper bars on both sides, and tack every 30 mm."))
            .SignedInMayCall("members of the community");

    internal static async Task<IResult> Handle(Id<Discussion> id, Body body, Caller caller, DiscussionDesk discussions, Mentions mentions, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        var (text, stranger) = await mentions.Resolve(seen.Community, caller, body.Text, ct, also: body.Mention);
        if (text is null) return Problems.From(stranger!); // as above
        var post = discussions.NewId<Post>();
        var status = DiscussionRules.StatusOf(body.Draft, seen.Community);
        var command = new AnswerDiscussion(post.Value, text, caller.Person, await discussions.FirmOf(caller, seen.Community, ct), status, discussions.Now);
        return await discussions.Run(seen, command, ct, Reply.Created(DiscussionDesk.Address(id), post, ("status", WireNames.Of(status))));
    }
}
