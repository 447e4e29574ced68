using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace ClusterNet.Learning.Discussions;

/// <param name="Step">A <see cref="Moderation"/>, or <c>correct</c>.</param>
internal sealed record ModerationRow(
    Id<Discussion> Discussion, long Version, Guid Post, string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At);

/// <summary>What facilitators did about what was written.</summary>
internal sealed class ModerationLog() : InlineRows<DiscussionEvent, ModerationRow>(LearningModule.Name, Table, "discussion")
{
    public const string Corrected = "correct";

    public static readonly Table<ModerationRow> Table = new(
        LearningModule.Name, "discussion_moderation", nameof(ModerationRow.Discussion), nameof(ModerationRow.Version));

    protected override IReadOnlyList<ModerationRow> Apply(IReadOnlyList<ModerationRow> rows, Recorded<DiscussionEvent> recorded) => recorded.Fact switch
    {
        DiscussionPostModerated e => [.. rows, new(new(recorded.Stream), recorded.Version, e.Post, WireNames.Of(e.Step), e.Reason, e.By, e.At)],
        DiscussionPostCorrected e => [.. rows, new(new(recorded.Stream), recorded.Version, e.Post, Corrected, e.Reason, e.By, e.At)],
        _ => rows,
    };
}

/// <summary>Something that waits for a facilitator.</summary>
/// <param name="Discussion">Null for what stands in no discussion.</param>
/// <param name="Item">The post, the page of the wiki or the item of the library.</param>
/// <param name="Kind">post, page or library-item.</param>
/// <param name="Flags">How many people have flagged it; 0 for what is in review.</param>
internal sealed record Waiting(Id<Discussion>? Discussion, Guid Item, string Kind, Id<Person> Author, int Flags, DateTimeOffset At);

/// <summary>Something that a facilitator did.</summary>
/// <param name="Discussion">Null for what stands in no discussion.</param>
/// <param name="Item">The post, the page of the wiki or the item of the library.</param>
/// <param name="Kind">post, page or library-item.</param>
/// <param name="Step">hide, restore, return, keep or correct.</param>
internal sealed record Moderated(Id<Discussion>? Discussion, Guid Item, string Kind, string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At);

/// <summary>Reads what was moderated, and what waits.</summary>
internal sealed class ModerationReads(Database database)
{
    private const int Longest = 200;

    /// <summary>The newest first; what was sent back to its author is nobody else's business.</summary>
    public Task<List<Moderated>> Log(SeenCommunity community, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            """
            select * from (
                select l.discussion, l.post, 'post', l.step, l.reason, l.by, l.at from learning.discussion_moderation l
                    join learning.discussions d on d.id = l.discussion where d.community = $1
                union all select null, l.page, 'page', l.step, l.reason, l.by, l.at from learning.wiki_moderation l
                    join learning.wiki_pages w on w.id = l.page where w.community = $1
                union all select null, l.item, 'library-item', l.step, l.reason, l.by, l.at from learning.library_moderation l
                    join learning.library_versions v on v.item = l.item and v.number = 1 where v.community = $1) m
            where m.step <> 'return' or $2 order by m.at desc, m.post limit $3
            """,
            community.Row.Id.Value, community.Facilitates, Longest),
        r => new Moderated(
            DiscussionOf(r), r.GetGuid(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? Personal<string>.Erased : r.GetString(4), new(r.GetGuid(5)),
            r.GetFieldValue<DateTimeOffset>(6)), ct);

    /// <summary>For facilitators, the longest waiting first.</summary>
    public Task<List<Waiting>> Waits(SeenCommunity community, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            """
            select * from (
                select discussion, id, 'post', author, cardinality(flaggers), at from learning.discussion_posts
                    where community = $1 and (status = 'in-review' or flaggers <> '{}')
                union all select null, id, 'page', author, cardinality(flaggers), changed_at from learning.wiki_pages
                    where community = $1 and (waits or flaggers <> '{}')
                union all (select distinct on (item) null, item, 'library-item', by, cardinality(flaggers), at from learning.library_versions
                    where community = $1 and (status = 'in-review' or flaggers <> '{}') order by item, status = 'in-review' desc, number desc)) w
            order by w.at, w.id limit $2
            """,
            community.Row.Id.Value, Longest),
        r => new Waiting(DiscussionOf(r), r.GetGuid(1), r.GetString(2), new(r.GetGuid(3)), r.GetInt32(4), r.GetFieldValue<DateTimeOffset>(5)), ct);

    private static Id<Discussion>? DiscussionOf(NpgsqlDataReader reader) => reader.IsDBNull(0) ? null : new Id<Discussion>(reader.GetGuid(0));
}

internal static class ReadModerationEndpoint
{
    /// <param name="Waiting">For facilitators: what is in review or flagged.</param>
    internal sealed record ModerationAnswer(IReadOnlyList<Moderated> Log, IReadOnlyList<Waiting> Waiting);

    internal static void MapReadModeration(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/learning/communities/{id}/moderation", Handle)
            .WithName("ReadModeration").WithSummary("What facilitators hid, showed again or corrected, and why; for facilitators also what waits for them")
            .Produces<ModerationAnswer>().SignedInMayCall("members of the community");

    private static async Task<IResult> Handle(Id<Community> id, Caller caller, CommunityDesk desk, ModerationReads reads, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        if (!seen.IsMember) return Problems.From(CommunityRules.NotMember with { Text = "Members read what was moderated. Join the community first." });
        return TypedResults.Ok(new ModerationAnswer(await reads.Log(seen, ct), seen.Facilitates ? await reads.Waits(seen, ct) : []));
    }
}
