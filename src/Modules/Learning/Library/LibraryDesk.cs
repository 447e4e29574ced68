using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Search;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Library;

/// <summary>An item that the reader may see.</summary>
internal sealed record SeenItem(Id<LibraryItem> Id, SeenCommunity Community, LibraryLife.Kept State, long Version)
{
    /// <summary>What everybody sees; before that is there, what the reader may see of it.</summary>
    public ItemVersion Shown => State.Current ?? State.Versions.Last(MayRead);

    /// <summary>What the reader goes on from.</summary>
    public ItemVersion Base => State.BaseFor(Community.Reader);

    public IEnumerable<ItemVersion> Versions => State.Versions.Where(MayRead);

    /// <summary>The reader has made a part of it.</summary>
    public bool IsMine => State.AddedBy == Community.Reader || State.Versions.Any(v => v.By == Community.Reader);

    /// <summary>Everybody sees it: ratings, flags and marks are about that.</summary>
    public bool IsOpen => State is { Hidden: false, Current: not null };

    public bool MayRead(ItemVersion version) => version.Status == PostStatus.Shown || version.By == Community.Reader
        || (version.Status == PostStatus.InReview && Community.Facilitates);

    /// <summary>What stood there before a correction, as far as the reader may see it.</summary>
    public IEnumerable<Correction> Before(ItemVersion version) => version.Corrections.Where(c => Community.Facilitates || c.Before.By == Community.Reader);
}

/// <summary>What people think of an item, in numbers.</summary>
/// <param name="Mean">In halves of a star; null below five ratings.</param>
/// <param name="Uses">How many people have used it at work.</param>
internal sealed record Figures(int Ratings, double? Mean, int Uses)
{
    public static Figures Of(int ratings, int sum, int uses) =>
        new(ratings, ratings < LibraryRules.FewestForMean ? null : Math.Round(sum * 2.0 / ratings, MidpointRounding.AwayFromZero) / 2, uses);
}

/// <summary>What the reader has said of an item.</summary>
/// <param name="Stars">Null for no rating.</param>
internal sealed record OwnOpinion(int? Stars, bool Used);

/// <summary>An item in a list.</summary>
/// <param name="Rank">By which the list is sorted.</param>
internal sealed record ListedItem(LibraryRow Row, Figures Figures, bool Waits, int Versions, long Rank);

/// <summary>A tag, and how many items have it.</summary>
internal sealed record TagCount(string Tag, int Items);

/// <summary>What a list is to hold.</summary>
/// <param name="Skill">A concept URI.</param>
/// <param name="Sort">newest, rating or used.</param>
internal sealed record LibraryFilter(string? Tag, string? Skill, LibraryKind? Kind, FoldedQuery? Words, string Sort)
{
    public const string Newest = "newest", Rating = "rating", Used = "used";

    public static readonly IReadOnlyList<string> Sorts = [Newest, Rating, Used];

    /// <summary>Of what was typed; what is none of the sorts is the first of them.</summary>
    public static LibraryFilter Of(string? tag, string? skill, LibraryKind? kind, string? q, string? sort) => new(
        LibraryRules.Tidy(tag is null ? [] : [tag]) is { Count: > 0 } tags ? tags[0] : null, string.IsNullOrEmpty(skill) ? null : skill, kind, FoldedQuery.Of(q), Sorts.FirstOrDefault(s => s == sort) ?? Newest);
}

/// <summary>Reads and writes items, for those who may: who sees the community reads, members write, facilitators see what waits and what is hidden.</summary>
internal sealed class LibraryDesk(
    Database database, CommunityDesk communities, CommunityCommands also, Streams<LibraryLife, LibraryEvent> items, Streams<Opinion, OpinionEvent> opinions, ISkillCatalogue skills,
    Commands commands, TimeProvider clock)
{
    /// <summary>Over library_versions: $1 the community, $2 the reader, $3 whether the reader facilitates.</summary>
    private const string Seen = "community = $1 and (not hidden or $3 or added_by = $2) and (status = 'shown' or by = $2 or $3 and status = 'in-review')";

    /// <summary>One version of each item: what everybody sees before what waits, words that still exist before words that are erased, the newest of those.</summary>
    private const string First = $"select distinct on (item) * from learning.library_versions where {Seen} order by item, status = 'shown' desc, title is not null desc, number desc";

    private static readonly string Columns = string.Join(", ", LibraryRows.Table.ColumnList.Split(", ").Select(c => $"v.{c}"));

    public DateTimeOffset Now => clock.GetUtcNow();

    public Id<LibraryItem> NewId() => Id<LibraryItem>.New(clock);

    public static string Address(Id<LibraryItem> id) => $"/api/v1/learning/library/{id}";

    public async Task<SeenItem?> Find(Id<LibraryItem> id, Caller caller, CancellationToken ct)
    {
        var loaded = await items.Load(id.Value, ct);
        if (loaded.State is not LibraryLife.Kept kept || await communities.Find(kept.Community, caller, ct) is not { } community) return null;
        var seen = new SeenItem(id, community, kept, loaded.Version);
        return kept.Versions.Any(seen.MayRead) && (!kept.Hidden || community.Facilitates || kept.AddedBy == caller.Person) ? seen : null;
    }

    /// <summary>The item, for a member who wants to change something in it or say something about it.</summary>
    public async Task<(SeenItem? Seen, Refusal? Refusal)> ForMember(Id<LibraryItem> id, Caller caller, CancellationToken ct) =>
        await Find(id, caller, ct) is not { } seen ? (null, LibraryRules.Unknown) : seen.Community.IsMember ? (seen, null) : (null, CommunityRules.NotMember);

    /// <summary>The same for facilitators.</summary>
    public async Task<(SeenItem? Seen, Refusal? Refusal)> ForFacilitator(Id<LibraryItem> id, Caller caller, CancellationToken ct)
    {
        var (seen, refusal) = await ForMember(id, caller, ct);
        return seen is { Community.Facilitates: false } ? (null, CommunityRules.NotFacilitator) : (seen, refusal);
    }

    public Task<IResult> Run(
        Id<Community> community, Id<LibraryItem> id, ICommand<LibraryLife, LibraryEvent> command, CancellationToken ct, Func<long, Answer>? answer = null) =>
        commands.Run(items, id.Value, command, answer ?? Reply.Changed(Address(id), id), ct, also: _ => also.Prepare(community, new StillOpen(), ct));

    public Task<IResult> Run(SeenItem seen, ICommand<Opinion, OpinionEvent> command, CancellationToken ct) => commands.Run(
        opinions, Opinion.IdOf(seen.Id, seen.Community.Reader), command, Reply.Changed(Address(seen.Id), seen.Id), ct,
        also: _ => also.Prepare(seen.State.Community, new StillOpen(), ct));

    public async Task<List<ListedItem>> Of(SeenCommunity community, LibraryFilter filter, (long Rank, Guid Id)? after, int limit, CancellationToken ct)
    {
        List<object> values =
        [
            community.Row.Id.Value, community.Reader.Value, community.Facilitates, after?.Rank ?? long.MaxValue, after?.Id ?? Guid.AllBitsSet, limit, filter.Tag ?? "",
            filter.Kind is { } kind ? Projections.WireNames.Of(kind) : "", filter.Skill ?? "",
        ];
        var words = "";
        if (filter.Words is { } query)
        {
            words = $"and ({FoldedQuery.Condition("v.folded", values.Count + 1)} or v.skill_uris && ${values.Count + FoldedQuery.ParameterCount + 1})";
            values.AddRange([.. query.BeginsWords, await skills.Called(query, ct)]);
        }

        return await database.Query(
            LearningModule.Name,
            Statement.Of(
                $"""
                with said as (
                    select item, count(stars)::int as ratings, coalesce(sum(stars), 0)::int as stars, (count(*) filter (where used))::int as uses
                    from learning.library_opinions where community = $1 group by item),
                listed as (
                    select {Columns}, coalesce(s.ratings, 0), coalesce(s.stars, 0), coalesce(s.uses, 0),
                        exists (select 1 from learning.library_versions w where w.item = v.item and w.status = 'in-review' and $3),
                        (select count(*)::int from learning.library_versions w where w.item = v.item and w.status = 'shown'), {RankOf(filter.Sort)} as rank
                    from ({First}) v left join said s on s.item = v.item
                    where ($7 = '' or v.tags @> array[$7]) and ($8 = '' or v.kind = $8) and ($9 = '' or v.skill_uris @> array[$9]) {words})
                select * from listed where (rank, item) < ($4, $5) order by rank desc, item desc limit $6
                """,
                values),
            r => new ListedItem(
                LibraryRows.Table.Read(r), Figures.Of(r.GetInt32(r.FieldCount - 6), r.GetInt32(r.FieldCount - 5), r.GetInt32(r.FieldCount - 4)), r.GetBoolean(r.FieldCount - 3),
                r.GetInt32(r.FieldCount - 2), r.GetInt64(r.FieldCount - 1)),
            ct);
    }

    /// <summary>Tags of what the reader sees, the most frequent first.</summary>
    public Task<List<TagCount>> Tags(SeenCommunity community, int limit, CancellationToken ct) => Counted("v.tags", community, limit, ct);

    /// <summary>Skills of what the reader sees, as concept URIs.</summary>
    public Task<List<TagCount>> SkillsOf(SeenCommunity community, int limit, CancellationToken ct) => Counted("v.skill_uris", community, limit, ct);

    private Task<List<TagCount>> Counted(string column, SeenCommunity community, int limit, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(
            $"select t.tag, count(*)::int from ({First}) v cross join unnest({column}) t (tag) group by t.tag order by 2 desc, 1 limit $4",
            community.Row.Id.Value, community.Reader.Value, community.Facilitates, limit),
        r => new TagCount(r.GetString(0), r.GetInt32(1)), ct);

    /// <summary>What all think of an item, and what the reader has said.</summary>
    public async Task<(Figures All, OwnOpinion Mine)> Said(SeenItem seen, CancellationToken ct) => (await database.Query(
        LearningModule.Name,
        Statement.Of(
            """
            select count(stars)::int, coalesce(sum(stars), 0)::int, (count(*) filter (where used))::int, max(stars) filter (where by = $2), coalesce(bool_or(used and by = $2), false)
            from learning.library_opinions where item = $1
            """,
            seen.Id.Value, seen.Community.Reader.Value),
        r => (Figures.Of(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), new OwnOpinion(r.IsDBNull(3) ? null : r.GetInt32(3), r.GetBoolean(4))), ct))[0];

    /// <summary>A mean that is not shown does not sort either.</summary>
    private static string RankOf(string sort) => sort switch
    {
        LibraryFilter.Rating => $"coalesce(case when s.ratings >= {LibraryRules.FewestForMean} then round(s.stars * 2.0 / s.ratings)::bigint * 1000000 + s.ratings else s.ratings end, 0)::bigint",
        LibraryFilter.Used => "coalesce(s.uses, 0)::bigint",
        _ => "(extract(epoch from v.at) * 1000000)::bigint",
    };
}
