using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Discussions;

/// <summary>A discussion or question, and all that was written in it. Nothing is overwritten: every text a post had is in its versions.</summary>
internal abstract record Thread : IState<Thread, DiscussionEvent>
{
    public sealed record Absent : Thread;

    /// <param name="Posts">The first one opened it.</param>
    /// <param name="Accepted">The answer that was accepted; null for none.</param>
    /// <param name="Asked">Whom the asker asked for help.</param>
    public sealed record Open(
        Id<Community> Community, bool Question, ValueList<string> SkillUris, ValueList<Post> Posts, Guid? Accepted, ValueList<Id<Person>> Asked) : Thread
    {
        public Post First => Posts[0];

        public Post? Find(Guid post) => Posts.FirstOrDefault(p => p.Id == post);

        internal Open With(Guid post, Func<Post, Post> change) => this with { Posts = [.. Posts.Select(p => p.Id == post ? change(p) : p)] };
    }

    public static Thread Initial { get; } = new Absent();

    public static Thread Evolve(Thread state, DiscussionEvent fact) => (state, fact) switch
    {
        (_, DiscussionOpened e) => new Open(
            e.Community, e.Question, e.SkillUris, [new(e.Post, e.Author, e.Firm, e.Status, [new(e.Title, e.Text, e.Mentions, e.Author, null, e.At)], [], e.At)], null, []),
        (Open o, DiscussionAnswered e) => o with
        {
            Posts = [.. o.Posts, new(e.Post, e.Author, e.Firm, e.Status, [new("", e.Text, e.Mentions, e.Author, null, e.At)], [], e.At)],
        },
        (Open o, DiscussionPostEdited e) => o.With(e.Post, p => p with
        {
            Status = e.Status,
            Versions = [.. p.Versions, new(e.Title, e.Text, e.Mentions, e.Author, null, e.At)],
        }),
        (Open o, DiscussionPostCorrected e) => o.With(e.Post, p => p with { Versions = [.. p.Versions, new(e.Title, e.Text, e.Mentions, e.By, e.Reason, e.At)], Flags = [] }),
        (Open o, DiscussionPostWithdrawn e) => Unaccepted(o, e.Post).With(e.Post, p => p with { Status = PostStatus.Withdrawn, Flags = [] }),
        (Open o, DiscussionPostPublished e) => o.With(e.Post, p => p with { Status = e.Status }),
        (Open o, DiscussionAnswerAccepted e) => o with { Accepted = e.Post },
        (Open o, DiscussionHelpAsked e) => o with { Asked = [.. o.Asked, e.Person] },
        (Open o, DiscussionPostFlagged e) => o.With(e.Post, p => p with { Flags = [.. p.Flags, new(e.By, e.Reason, e.At)] }),
        (Open o, DiscussionPostModerated e) => (e.Step == Moderation.Hide ? Unaccepted(o, e.Post) : o).With(e.Post, p => p with { Status = After(e.Step, p.Status), Flags = [] }),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    internal static PostStatus After(Moderation step, PostStatus status) => step switch
    {
        Moderation.Hide => PostStatus.Hidden,
        Moderation.Restore => PostStatus.Shown,
        Moderation.Return => PostStatus.Draft,
        _ => status,
    };

    private static Open Unaccepted(Open open, Guid post) => open.Accepted == post ? open with { Accepted = null } : open;
}

/// <summary>Something that somebody wrote in a discussion.</summary>
/// <param name="Versions">What it said, the newest last.</param>
/// <param name="Flags">Of those who find that it should be looked at; empty once it was.</param>
internal sealed record Post(
    Guid Id, Id<Person> Author, Id<Firm>? Firm, PostStatus Status, ValueList<PostVersion> Versions, ValueList<PostFlag> Flags, DateTimeOffset At)
{
    public PostVersion Now => Versions[^1];

    /// <summary>Whether somebody may read it.</summary>
    public bool IsFor(Id<Person> reader, bool facilitates) => Status switch
    {
        PostStatus.Shown => true,
        PostStatus.InReview or PostStatus.Hidden => facilitates || reader == Author,
        PostStatus.Draft => reader == Author,
        _ => false,
    };
}

/// <summary>What a post said from one moment on.</summary>
/// <param name="By">The author, or the facilitator who put it right.</param>
/// <param name="Reason">Why it was put right; null for the author's own words.</param>
internal sealed record PostVersion(
    Personal<string> Title, Personal<string> Text, ValueList<Id<Person>> Mentions, Id<Person> By, Personal<string>? Reason, DateTimeOffset At);

/// <summary>That somebody finds something wrong with a post.</summary>
internal sealed record PostFlag(Id<Person> By, Personal<string> Reason, DateTimeOffset At);
