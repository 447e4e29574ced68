using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

internal sealed record FlagPost(Guid Post, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public static readonly Refusal Own = new("flag-own-post", "This is your own: edit it, or withdraw it.", 422);

    public Decision<DiscussionEvent> Decide(Thread state) => (state as Thread.Open)?.Find(Post) switch
    {
        null => DiscussionRules.PostUnknown,
        { } p when p.Author == By => Own,
        { Status: not PostStatus.Shown } => DiscussionRules.NotShown,
        { } p when p.Flags.Any(f => f.By == By) => Decision<DiscussionEvent>.Nothing,
        _ => new DiscussionPostFlagged(Post, Reason, By, Now),
    };
}

/// <summary>A facilitator hides something, shows it again, sends it back, or finds nothing wrong with it: always with a reason.</summary>
internal sealed record ModeratePost(Guid Post, Moderation Step, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public static readonly Refusal NotInReview = new("post-not-in-review", "Only what waits for review is sent back. Hide what is shown, with a reason.");

    public Decision<DiscussionEvent> Decide(Thread state) => ((state as Thread.Open)?.Find(Post), Step) switch
    {
        (null or { Status: PostStatus.Draft }, _) => DiscussionRules.PostUnknown,
        ({ Status: PostStatus.Withdrawn }, _) => DiscussionRules.Withdrawn,
        ({ Status: PostStatus.Hidden }, Moderation.Hide) or ({ Status: PostStatus.Shown }, Moderation.Restore) => Decision<DiscussionEvent>.Nothing,
        ({ Status: not PostStatus.InReview }, Moderation.Return) => NotInReview,
        ({ Flags.Count: 0 }, Moderation.Keep) => Decision<DiscussionEvent>.Nothing,
        _ => new DiscussionPostModerated(Post, Step, Reason, By, Now),
    };
}

/// <summary>A facilitator puts something right in what somebody else wrote.</summary>
internal sealed record CorrectPost(Guid Post, string? Title, Addressed Text, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public Decision<DiscussionEvent> Decide(Thread state) => (state as Thread.Open)?.Find(Post) switch
    {
        null or { Status: PostStatus.Draft } => DiscussionRules.PostUnknown,
        { Status: PostStatus.Withdrawn } => DiscussionRules.Withdrawn,
        { } p when p.Now.Text == Text.Text && (Title is null || p.Now.Title == Title) => Decision<DiscussionEvent>.Nothing,
        { } p => new DiscussionPostCorrected(Post, Title ?? p.Now.Title.Or(""), Text.Text, Text.People, Reason, By, Now),
    };
}

internal static class ModeratePostEndpoint
{
    private const string Who = "facilitators of the community";

    internal sealed record FlagBody(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, DiscussionRules.MaxReason);
    }

    /// <param name="Step">hide, restore, return (to its author, from review) or keep (what was flagged is in order).</param>
    /// <param name="Reason">Members read it in the log of moderation.</param>
    internal sealed record StepBody(Moderation Step, string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, DiscussionRules.MaxReason);
    }

    /// <param name="Title">Of what was written first; left out, it stays.</param>
    internal sealed record CorrectBody(string Text, string Reason, string? Title = null) : IValidated
    {
        public void Validate(Faults faults) => DiscussionRules.Validate(faults, Text, Title, Title is not null).Text("reason", Reason, 1, DiscussionRules.MaxReason);
    }

    internal static void MapModeratePost(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/discussions/{id}/posts/{post}/flags", Flag)
            .WithName(nameof(FlagPost)).WithSummary("Say that a post should be looked at; only facilitators learn who says so").WithExample(new FlagBody("This names a customer."))
            .SignedInMayCall("members of the community");
        routes.MapPost("/learning/discussions/{id}/posts/{post}/moderation", Step)
            .WithName(nameof(ModeratePost)).WithSummary("Hide a post, show it again, send it back, or keep it after a flag; the author is told")
            .WithExample(new StepBody(Moderation.Hide, "It names a customer.")).SignedInMayCall(Who);
        routes.MapPut("/learning/discussions/{id}/posts/{post}/correction", Correct)
            .WithName(nameof(CorrectPost)).WithSummary("Put something right in a post; what stood there before, only its author and facilitators read")
            .WithExample(new CorrectBody("Copper bars on both sides.", "The customer's name is taken out.")).SignedInMayCall(Who);
    }

    internal static async Task<IResult> Flag(Id<Discussion> id, Guid post, FlagBody body, Caller caller, DiscussionDesk discussions, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, post, caller, ct);
        return seen is null
            ? Problems.From(refusal!) // one of the two is given
            : await discussions.Run(seen, new FlagPost(post, body.Reason.Trim(), caller.Person, discussions.Now), ct);
    }

    internal static async Task<IResult> Step(
        Id<Discussion> id, Guid post, StepBody body, IfMatch ifMatch, Caller caller, DiscussionDesk discussions, CancellationToken ct)
    {
        var (seen, refusal) = await Facilitating(id, post, caller, discussions, ct);
        return seen is null
            ? Problems.From(refusal!) // as above
            : await discussions.Run(seen, new ModeratePost(post, body.Step, body.Reason.Trim(), caller.Person, discussions.Now), ct);
    }

    internal static async Task<IResult> Correct(
        Id<Discussion> id, Guid post, CorrectBody body, IfMatch ifMatch, Caller caller, DiscussionDesk discussions, Mentions mentions, CancellationToken ct)
    {
        var (seen, refusal) = await Facilitating(id, post, caller, discussions, ct);
        if (seen?.Find(post) is not { } found) return Problems.From(refusal!); // as above
        var (text, stranger) = await mentions.Resolve(seen.Community, caller, body.Text, ct, found.Now.Mentions);
        if (text is null) return Problems.From(stranger!); // as above
        return await discussions.Run(seen, new CorrectPost(post, body.Title?.Trim(), text, body.Reason.Trim(), caller.Person, discussions.Now), ct);
    }

    private static async Task<(SeenDiscussion? Seen, Refusal? Refusal)> Facilitating(
        Id<Discussion> id, Guid post, Caller caller, DiscussionDesk discussions, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, post, caller, ct);
        return seen is { Community.Facilitates: false } ? (null, CommunityRules.NotFacilitator) : (seen, refusal);
    }
}
