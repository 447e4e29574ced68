using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Discussions;

/// <summary>
/// Tells of what is new in communities: members of discussions, followers of answers, people that they are named or asked, authors what became of their words.
/// A notice names people and the community only; what was written is read there, by who may.
/// </summary>
internal sealed class DiscussionNews(
    INotices notices, Streams<Thread, DiscussionEvent> threads, CommunityReads reads, CommunityDesk desk, Followers followers, TimeProvider clock)
    : News<DiscussionEvent>(notices, clock)
{
    public override string Name => "notices/discussions";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("discussion-begun", NoticeMail.Digest), ("question-asked", NoticeMail.Digest), ("discussion-answered", NoticeMail.Digest),
            ("discussion-mentioned", NoticeMail.AtOnce), ("answer-accepted", NoticeMail.Digest), ("help-wanted", NoticeMail.AtOnce),
            ("post-to-review", NoticeMail.Digest), ("post-published", NoticeMail.Digest), ("post-flagged", NoticeMail.AtOnce), ("post-moderated", NoticeMail.AtOnce),
        }) services.AddNoticeKind(new(name, "learning", typeof(CommunityTexts), mail));
        services.AddNews<DiscussionNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<DiscussionEvent> recorded, CancellationToken ct)
    {
        // As it is now: what was taken back or hidden meanwhile, nobody is told of.
        if ((await threads.Load(recorded.Stream, ct)).State is not Thread.Open thread || await reads.Find(thread.Community, ct) is not { } community) return [];
        var told = new Told(recorded, thread, community);
        return recorded.Fact switch
        {
            DiscussionOpened e => await Written(told, e.Post, e.Status, ct),
            DiscussionAnswered e => await Written(told, e.Post, e.Status, ct),
            DiscussionPostEdited e => await Edited(told, e.Post, ct),
            DiscussionPostPublished { Status: PostStatus.Shown } e => [.. await Author(told, e.Post, e.By, "post-published", ct), .. await Written(told, e.Post, e.Status, ct)],
            DiscussionPostPublished e => await Written(told, e.Post, e.Status, ct),
            DiscussionAnswerAccepted { Post: { } post } e => await Author(told, post, e.By, "answer-accepted", ct),
            DiscussionHelpAsked e => told.To(await Readers(told, [e.Person], ct), e.By, "help-wanted"),
            DiscussionPostFlagged => told.To(await Facilitators(told, ct), null, "post-flagged"),
            DiscussionPostModerated { Step: not Moderation.Keep } e => await Author(told, e.Post, e.By, "post-moderated", ct),
            DiscussionPostCorrected e => await Author(told, e.Post, e.By, "post-moderated", ct),
            _ => [],
        };
    }

    /// <summary>Something new: to facilitators while it waits for them, else to whom it concerns, once for each post.</summary>
    /// <param name="then">Where it stood by the event; it may have come further since.</param>
    private async Task<IReadOnlyList<Notice>> Written(Told told, Guid post, PostStatus then, CancellationToken ct)
    {
        if (told.Thread.Find(post) is not { } written || then == PostStatus.Draft) return [];
        if (written.Status == PostStatus.InReview) return told.To(await Facilitators(told, ct), written.Author, "post-to-review");
        if (written.Status != PostStatus.Shown) return [];
        var named = await Readers(told, written.Now.Mentions, ct);
        var first = written == told.Thread.First;
        var (target, byNature) = first
            ? (told.Community.Id.Value, (await desk.Members(told.Community.Id, ct)).Select(m => m.Person))
            : (told.Recorded.Stream, FollowDiscussionEndpoint.ByNature(told.Thread));
        var following = await Readers(told, [.. (await followers.Of(target, byNature, ct)).Except(named)], ct);
        var kind = !first ? "discussion-answered" : told.Thread.Question ? "question-asked" : "discussion-begun";
        return [.. told.To(named, written.Author, "discussion-mentioned", post), .. told.To(following, written.Author, kind, post)];
    }

    /// <summary>Who is named now and was not before; what goes into review again is new to its reader.</summary>
    private async Task<IReadOnlyList<Notice>> Edited(Told told, Guid post, CancellationToken ct)
    {
        if (told.Thread.Find(post) is not { } edited) return [];
        if (edited.Status == PostStatus.InReview) return told.To(await Facilitators(told, ct), edited.Author, "post-to-review");
        if (edited.Status != PostStatus.Shown) return [];
        var before = edited.Versions.Take(edited.Versions.Count - 1).SelectMany(v => v.Mentions);
        return told.To(await Readers(told, [.. edited.Now.Mentions.Except(before)], ct), edited.Author, "discussion-mentioned");
    }

    private async Task<IReadOnlyList<Notice>> Author(Told told, Guid post, Id<Person> by, string kind, CancellationToken ct) =>
        told.Thread.Find(post) is { } found && found.Author != by ? told.To(await Readers(told, [found.Author], ct), by, kind) : [];

    /// <summary>Who has left the cluster may hold the office still.</summary>
    private Task<IReadOnlySet<Id<Person>>> Facilitators(Told told, CancellationToken ct) => Readers(told, [.. told.Community.Facilitators.Select(f => new Id<Person>(f))], ct);

    private Task<IReadOnlySet<Id<Person>>> Readers(Told told, IReadOnlyCollection<Id<Person>> people, CancellationToken ct) =>
        desk.Readers(told.Community.Cluster, people, ct);

    /// <summary>What happened, with where.</summary>
    private sealed record Told(Recorded<DiscussionEvent> Recorded, Thread.Open Thread, CommunityRow Community)
    {
        public IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person>? by, string kind, Guid? cause = null) => ToAll(
            people, by, p => new(p, kind, cause ?? Recorded.Id, $"/communities/{Community.Id}/discussions/{Recorded.Stream}", by, Community.Name));
    }
}
