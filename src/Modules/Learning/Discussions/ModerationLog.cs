using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
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
/// <param name="Item">The post, the page of the wiki, the item of the library, the practice or the signal.</param>
/// <param name="Kind">post, page, library-item, practice or signal.</param>
/// <param name="Flags">How many people have flagged it; 0 for what is in review.</param>
internal sealed record Waiting(Id<Discussion>? Discussion, Guid Item, string Kind, Id<Person> Author, int Flags, DateTimeOffset At);

/// <summary>Something that a facilitator did.</summary>
/// <param name="Discussion">Null for what stands in no discussion.</param>
/// <param name="Item">The post, the page of the wiki, the item of the library, the practice or the signal.</param>
/// <param name="Kind">post, page, library-item, practice or signal.</param>
/// <param name="Step">hide, restore, return, keep or correct.</param>
internal sealed record Moderated(Id<Discussion>? Discussion, Guid Item, string Kind, string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At);

/// <summary>Reads what was moderated, and what waits.</summary>
internal sealed class ModerationReads(Database database)
{
    private const int Longest = 200;

    private const string InCommunities = """
        (select discussion, id as item, 'post' as kind, author, cardinality(flaggers) as flags, at, community from learning.discussion_posts
            where status = 'in-review' or flaggers <> '{}'
        union all select null, id, 'page', author, cardinality(flaggers), changed_at, community from learning.wiki_pages where waits or flaggers <> '{}'
        union all (select distinct on (item) null::uuid, item, 'library-item', by, cardinality(flaggers), at, community from learning.library_versions
            where status = 'in-review' or flaggers <> '{}' order by item, status = 'in-review' desc, number desc)) w
        """;

    /// <summary>The newest first; what was sent back to its author is nobody else's business.</summary>
    public Task<List<Moderated>> Log(SeenCommunity community, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            """
            select * from (
                select l.discussion, l.post, 'post', l.step, l.reason, l.by, l.at from learning.discussion_moderation l
                    join learning.discussions d on d.id = l.discussion where d.community = $1
                union all select null, l.item, 'page', l.step, l.reason, l.by, l.at from learning.wiki_moderation l
                    join learning.wiki_pages w on w.id = l.item where w.community = $1
                union all select null, l.item, 'library-item', l.step, l.reason, l.by, l.at from learning.library_moderation l
                    join learning.library_versions v on v.item = l.item and v.number = 1 where v.community = $1) m
            where m.step <> 'return' or $2 order by m.at desc, m.post limit $3
            """,
            community.Row.Id.Value, community.Facilitates, Longest),
        LogOf, ct);

    /// <summary>What coordinators did about what firms show to a cluster and beyond, the newest first.</summary>
    public Task<List<Moderated>> Log(IReadOnlyCollection<Guid> firms, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            """
            select * from (
                select null::uuid, l.item, 'practice', l.step, l.reason, l.by, l.at from learning.practice_moderation l
                    join learning.practices p on p.id = l.item where p.firm = any($1) and p.visibility <> 'firm'
                union all select null, l.item, 'signal', l.step, l.reason, l.by, l.at from learning.signal_moderation l
                    join learning.signals s on s.id = l.item where s.firm = any($1) and s.visibility <> 'firm') m
            order by m.at desc, m.item limit $2
            """,
            firms.ToArray(), Longest),
        LogOf, ct);

    /// <summary>For facilitators, the longest waiting first.</summary>
    public Task<List<Waiting>> Waits(SeenCommunity community, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            $"select discussion, item, kind, author, flags, at from {InCommunities} where community = $1 order by at, item limit $2", community.Row.Id.Value, Longest),
        WaitingOf, ct);

    /// <summary>How much waits for somebody in each community that the person facilitates, by name.</summary>
    public Task<List<(Guid Community, string Name, long Count)>> Waits(Id<Person> facilitator, int limit, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            $"""
            select c.id, c.name, count(*) from {InCommunities} join learning.communities c on c.id = w.community
            where c.facilitators @> array[$1] and c.closed_at is null group by c.id, c.name order by c.name, c.id limit $2
            """,
            facilitator.Value, limit),
        r => (r.GetGuid(0), r.GetString(1), r.GetInt64(2)), ct);

    /// <summary>What waits for coordinators of those firms, the longest waiting first.</summary>
    public Task<List<Waiting>> Waits(IReadOnlyCollection<Guid> firms, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            """
            select * from (
                select null::uuid, id, 'practice', author, cardinality(flaggers), changed_at from learning.practices
                    where firm = any($1) and visibility <> 'firm' and flaggers <> '{}'
                union all select null, id, 'signal', author, cardinality(flaggers), changed_at from learning.signals
                    where firm = any($1) and visibility <> 'firm' and flaggers <> '{}') w
            order by w.changed_at, w.id limit $2
            """,
            firms.ToArray(), Longest),
        WaitingOf, ct);

    private static Moderated LogOf(NpgsqlDataReader r) => new(
        DiscussionOf(r), r.GetGuid(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? Personal<string>.Erased : r.GetString(4), new(r.GetGuid(5)),
        r.GetFieldValue<DateTimeOffset>(6));

    private static Waiting WaitingOf(NpgsqlDataReader r) =>
        new(DiscussionOf(r), r.GetGuid(1), r.GetString(2), new(r.GetGuid(3)), r.GetInt32(4), r.GetFieldValue<DateTimeOffset>(5));

    private static Id<Discussion>? DiscussionOf(NpgsqlDataReader reader) => reader.IsDBNull(0) ? null : new Id<Discussion>(reader.GetGuid(0));
}

internal static class ReadModerationEndpoint
{
    /// <param name="Waiting">For facilitators: what is in review or flagged.</param>
    internal sealed record ModerationAnswer(IReadOnlyList<Moderated> Log, IReadOnlyList<Waiting> Waiting);

    internal static void MapReadModeration(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/communities/{id}/moderation", Handle)
            .WithName("ReadModeration").WithSummary("What facilitators hid, showed again or corrected, and why; for facilitators also what waits for them")
            .Produces<ModerationAnswer>().SignedInMayCall("members of the community");
        routes.MapGet("/learning/clusters/{cluster}/moderation", OfCluster)
            .WithName("ReadClusterModeration").WithSummary("What coordinators hid or showed again of practices and signals, and why; for coordinators also what was flagged")
            .Produces<ModerationAnswer>().SignedInMayCall("people of the cluster; what was flagged, its coordinators");
    }

    private static async Task<IResult> Handle(Id<Community> id, Caller caller, CommunityDesk desk, ModerationReads reads, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        if (!seen.IsMember) return Problems.From(CommunityRules.NotMember with { Text = "Members read what was moderated. Join the community first." });
        return TypedResults.Ok(new ModerationAnswer(await reads.Log(seen, ct), seen.Facilitates ? await reads.Waits(seen, ct) : []));
    }

    private static async Task<IResult> OfCluster(Id<Cluster> cluster, Caller caller, IFirmDirectory directory, ModerationReads reads, CancellationToken ct) =>
        await Of(cluster, caller, directory, reads, ct) is var (log, waiting) ? TypedResults.Ok(new ModerationAnswer(log, waiting)) : Problems.From(ClusterRefusals.Unknown);

    /// <returns>Null for who has no part in the cluster; nothing that waits for who does not coordinate it.</returns>
    internal static async Task<(List<Moderated> Log, List<Waiting> Waiting)?> Of(
        Id<Cluster> cluster, Caller caller, IFirmDirectory directory, ModerationReads reads, CancellationToken ct)
    {
        if (!(await directory.ClustersOf(caller, ct)).Contains(cluster)) return null;
        List<Guid> firms = [.. (await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm.Value)];
        return (await reads.Log(firms, ct), caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) ? await reads.Waits(firms, ct) : []);
    }
}
