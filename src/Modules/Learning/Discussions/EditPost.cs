using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

/// <param name="Status">Where something new by this author would stand; a draft stays one, and what is hidden stays hidden.</param>
internal sealed record EditPost(Guid Post, string? Title, Addressed Text, Id<Person> By, PostStatus Status, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public Decision<DiscussionEvent> Decide(Thread state) => (state as Thread.Open)?.Find(Post) switch
    {
        null => DiscussionRules.PostUnknown,
        { } p when p.Author != By => DiscussionRules.NotAuthor,
        { Status: PostStatus.Withdrawn } => DiscussionRules.Withdrawn,
        { } p when Says(p.Now) => Decision<DiscussionEvent>.Nothing,
        { } p => new DiscussionPostEdited(
            Post, TitleOf(p), Text.Text, Text.People, By, p.Status is PostStatus.Draft or PostStatus.Hidden ? p.Status : Status, Now),
    };

    private bool Says(PostVersion now) => now.Text == Text.Text && (Title is null || now.Title == Title);

    /// <summary>Answers have none.</summary>
    private string TitleOf(Post post) => post.Now.Title.Or("x").Length == 0 ? "" : Title ?? post.Now.Title.Or("");
}

internal sealed record WithdrawPost(Guid Post, Id<Person> By, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public Decision<DiscussionEvent> Decide(Thread state) => (state as Thread.Open)?.Find(Post) switch
    {
        null => DiscussionRules.PostUnknown,
        { } p when p.Author != By => DiscussionRules.NotAuthor,
        { Status: PostStatus.Withdrawn } => Decision<DiscussionEvent>.Nothing,
        _ => new DiscussionPostWithdrawn(Post, By, Now),
    };
}

internal static class EditPostEndpoint
{
    /// <param name="Title">Of what was written first; answers have none. Left out, it stays.</param>
    internal sealed record Body(string Text, string? Title = null) : IValidated
    {
        public void Validate(Faults faults) => DiscussionRules.Validate(faults, Text, Title, Title is not null);
    }

    internal static void MapEditPost(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/learning/discussions/{id}/posts/{post}", Edit)
            .WithName(nameof(EditPost)).WithSummary("Say it better: what was said before stays readable in its versions").WithExample(new Body("Copper bars, and tack every 20 mm."))
            .SignedInMayCall("who wrote it");
        routes.MapPost("/learning/discussions/{id}/posts/{post}/withdrawal", Withdraw)
            .WithName(nameof(WithdrawPost)).WithSummary("Take back what one wrote; that something stood there stays visible").SignedInMayCall("who wrote it");
    }

    internal static async Task<IResult> Edit(
        Id<Discussion> id, Guid post, Body body, IfMatch ifMatch, Caller caller, DiscussionDesk discussions, Mentions mentions, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, post, caller, ct);
        if (seen?.Find(post) is not { } found) return Problems.From(refusal!); // one of the two is given
        if (found.Author != caller.Person) return Problems.From(DiscussionRules.NotAuthor);
        var (text, stranger) = await mentions.Resolve(seen.Community, caller, body.Text, ct, found.Now.Mentions);
        if (text is null) return Problems.From(stranger!); // as above
        return await discussions.Run(
            seen, new EditPost(post, body.Title?.Trim(), text, caller.Person, DiscussionRules.StatusOf(false, seen.Community), discussions.Now), ct);
    }

    internal static async Task<IResult> Withdraw(Id<Discussion> id, Guid post, IfMatch ifMatch, Caller caller, DiscussionDesk discussions, CancellationToken ct)
    {
        // Also who has left the community meanwhile takes back the own words.
        if (await discussions.Find(id, caller, ct) is not { } seen) return Problems.From(DiscussionRules.Unknown);
        return seen.Find(post) is null ? Problems.From(DiscussionRules.PostUnknown) : await discussions.Run(seen, new WithdrawPost(post, caller.Person, discussions.Now), ct);
    }
}
