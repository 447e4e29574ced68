using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

/// <summary>Discussions of a community in lists, as far as the reader may see them.</summary>
internal sealed class DiscussionReads(Database database)
{
    /// <param name="unanswered">Only questions without an accepted answer.</param>
    public Task<List<DiscussionRow>> Of(SeenCommunity community, bool unanswered, (DateTimeOffset LastAt, Guid Id)? after, int limit, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            DiscussionRows.Table.Select(
                $"""
                where community = $1 and (status = 'shown' or author = $2 and status <> 'withdrawn' or $3 and status in ('in-review', 'hidden'))
                    {(unanswered ? "and question and accepted is null and status = 'shown'" : "")} and (last_at, id) < ($4, $5)
                order by last_at desc, id desc limit $6
                """),
            community.Row.Id.Value, community.Reader.Value, community.Facilitates, after?.LastAt ?? DateTimeOffset.MaxValue, after?.Id ?? Guid.AllBitsSet, limit),
        DiscussionRows.Table.Read, ct);

    /// <summary>How many people found each post helpful, and whether the reader is one of them.</summary>
    public async Task<IReadOnlyDictionary<Guid, (int Count, bool Mine)>> Helpful(Id<Discussion> discussion, Id<Person> reader, CancellationToken ct) => (await database.Query(
        LearningModule.Name,
        Statement.Of(
            "select post, count(*)::int, bool_or(by = $2) from learning.helpful_marks where discussion = $1 and helpful group by post", discussion.Value, reader.Value),
        r => (Post: r.GetGuid(0), Count: r.GetInt32(1), Mine: r.GetBoolean(2)), ct)).ToDictionary(m => m.Post, m => (m.Count, m.Mine));
}

internal static class ReadDiscussionsEndpoint
{
    private const string Who = "everybody who may see the community; drafts their author, what is in review or hidden its author and the facilitators";

    /// <param name="Accepted">The answer that helped; null for none.</param>
    /// <param name="Answers">How many are shown.</param>
    internal sealed record Summary(
        Id<Discussion> Id, bool Question, Personal<string> Title, Id<Person> Author, PostStatus Status, IReadOnlyList<string> SkillUris, int Answers, Guid? Accepted,
        DateTimeOffset OpenedAt, DateTimeOffset LastAt);

    /// <param name="Following">Whether the caller hears of new posts.</param>
    internal sealed record DiscussionAnswer(
        Id<Discussion> Id, Id<Community> Community, bool Question, IReadOnlyList<string> SkillUris, Guid? Accepted, IReadOnlyList<PostAnswer> Posts, bool Following, long Version);

    /// <param name="Title">Of what was written first; null for answers, and for what is hidden from the caller or withdrawn.</param>
    /// <param name="Text">Markdown, with people as <c>@[id]</c>; null for what is hidden from the caller or withdrawn.</param>
    /// <param name="Helpful">How many people found it helpful.</param>
    internal sealed record PostAnswer(
        Guid Id, Id<Person> Author, PostStatus Status, Personal<string>? Title, Personal<string>? Text, IReadOnlyList<Id<Person>> Mentions, int Helpful, bool MarkedByMe,
        int Edits, DateTimeOffset At, DateTimeOffset? EditedAt);

    /// <param name="By">The author, or the facilitator who corrected it.</param>
    /// <param name="Reason">Why a facilitator corrected it.</param>
    internal sealed record VersionAnswer(Personal<string> Title, Personal<string> Text, Id<Person> By, Personal<string>? Reason, DateTimeOffset At);

    internal static void MapReadDiscussions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/communities/{id}/discussions", List)
            .WithName("ListDiscussions").WithSummary("Discussions and questions of a community, the latest first")
            .WithDescription("With unanswered=true only questions of which no answer is accepted.").Produces<Page<Summary>>().SignedInMayCall(Who);
        routes.MapGet("/learning/discussions/{id}", One).WithName("ReadDiscussion").WithSummary("One discussion, with all that was written in it")
            .Produces<DiscussionAnswer>().SignedInMayCall(Who);
        routes.MapGet("/learning/discussions/{id}/posts/{post}/versions", Versions)
            .WithName("ReadPostVersions").WithSummary("What a post said before it was edited, the oldest first")
            .WithDescription("What stood there before a facilitator corrected it, its author and the facilitators read only.")
            .Produces<IReadOnlyList<VersionAnswer>>().SignedInMayCall(Who);
    }

    private static async Task<IResult> List(
        Id<Community> id, PageRequest page, Caller caller, CommunityDesk desk, DiscussionReads reads, CancellationToken ct, bool unanswered = false)
    {
        if (await desk.Find(id, caller, ct) is not { } community) return Problems.From(CommunityRules.Unknown);
        var rows = await reads.Of(community, unanswered, page.After<(DateTimeOffset, Guid)>(), page.Fetch, ct);
        return page.Answer(
            rows.ConvertAll(r => new Summary(r.Id, r.Question, r.Title, r.Author, r.Status, r.SkillUris, r.Shown.Length, r.Accepted, r.OpenedAt, r.LastAt)),
            s => (s.LastAt, s.Id.Value));
    }

    private static async Task<IResult> One(
        Id<Discussion> id, Caller caller, DiscussionDesk desk, DiscussionReads reads, Followers followers, HttpContext http, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(DiscussionRules.Unknown);
        ETags.Set(http, seen.Version);
        var (state, helpful) = (seen.State, await reads.Helpful(id, caller.Person, ct));
        var follows = await followers.Follows(id.Value, caller.Person, FollowDiscussionEndpoint.ByNature(state).Contains(caller.Person), ct);
        return TypedResults.Ok(new DiscussionAnswer(
            id, state.Community, state.Question, state.SkillUris, state.Accepted, [.. state.Posts.Where(seen.IsThere).Select(Answer)], follows, seen.Version));

        PostAnswer Answer(Post p)
        {
            var (readable, marks) = (seen.MayRead(p), helpful.GetValueOrDefault(p.Id));
            return new(
                p.Id, p.Author, p.Status, readable && p == state.First ? p.Now.Title : (Personal<string>?)null, readable ? p.Now.Text : (Personal<string>?)null, readable ? p.Now.Mentions : [], marks.Count, marks.Mine,
                p.Versions.Count - 1, p.At, p.Versions.Count > 1 ? p.Now.At : null);
        }
    }

    private static async Task<IResult> Versions(Id<Discussion> id, Guid post, Caller caller, DiscussionDesk desk, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(DiscussionRules.Unknown);
        if (seen.Find(post) is not { } found || !seen.MayRead(found)) return Problems.From(DiscussionRules.PostUnknown);
        return TypedResults.Ok(VersionsFor(seen, found).Select(v => new VersionAnswer(v.Title, v.Text, v.By, v.Reason, v.At)));
    }

    /// <summary>What a facilitator has corrected was wrong to show: what stood there before it, its author and the facilitators see only.</summary>
    internal static IReadOnlyList<PostVersion> VersionsFor(SeenDiscussion seen, Post post)
    {
        if (seen.Community.Facilitates || post.Author == seen.Community.Reader) return post.Versions;
        var corrected = post.Versions.ToList().FindLastIndex(v => v.Reason is not null);
        return [.. post.Versions.Skip(Math.Max(corrected, 0))];
    }
}
