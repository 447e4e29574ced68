using ClusterNet.Access.Contracts;
using ClusterNet.Design.Markdown;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Learning.Discussions;

/// <param name="Status">Of what was written first: until that is shown, the discussion is not.</param>
/// <param name="Shown">Answers that everybody can read.</param>
/// <param name="LastAt">When something that can be read was last written in it.</param>
internal sealed record DiscussionRow(
    Id<Discussion> Id, Id<Community> Community, bool Question, Personal<string> Title, string[] SkillUris, Id<Person> Author, PostStatus Status, Guid? Accepted, Guid[] Shown,
    DateTimeOffset OpenedAt, DateTimeOffset LastAt, long Version);

/// <summary>Discussions as lists show them.</summary>
internal sealed class DiscussionRows() : InlineProjection<DiscussionEvent, DiscussionRow>(LearningModule.Name, Table)
{
    public static readonly Table<DiscussionRow> Table = new(LearningModule.Name, "discussions", nameof(DiscussionRow.Id))
    {
        Indexes = ["(community, last_at desc, id desc)", "(author)", "using gin (skill_uris)"],
    };

    protected override DiscussionRow? Apply(DiscussionRow? row, Recorded<DiscussionEvent> recorded) => recorded.Fact switch
    {
        DiscussionOpened e => new(
            new(recorded.Stream), e.Community, e.Question, e.Title, [.. e.SkillUris], e.Author, e.Status, null, [], e.At, e.At, recorded.Version),
        _ when row is null => row,
        DiscussionAnswered e => Now(row, e.Post, e.Status, e.At),
        DiscussionPostEdited e => Now(IsFirst(row, e.Post) ? row with { Title = e.Title } : row, e.Post, e.Status, e.At),
        DiscussionPostCorrected e => IsFirst(row, e.Post) ? row with { Title = e.Title } : row,
        DiscussionPostWithdrawn e => Now(row, e.Post, PostStatus.Withdrawn, row.LastAt),
        DiscussionPostPublished e => Now(row, e.Post, e.Status, e.At),
        DiscussionPostModerated { Step: Moderation.Keep } => row,
        DiscussionPostModerated e => Now(row, e.Post, Thread.After(e.Step, PostStatus.Shown), row.LastAt),
        DiscussionAnswerAccepted e => row with { Accepted = e.Post },
        _ => row,
    } is { } after ? after with { Version = recorded.Version } : null;

    private static bool IsFirst(DiscussionRow row, Guid post) => row.Id.Value == post;

    private static DiscussionRow Now(DiscussionRow row, Guid post, PostStatus status, DateTimeOffset at)
    {
        if (IsFirst(row, post)) return row with { Status = status, LastAt = status == PostStatus.Shown ? at : row.LastAt };
        var others = row.Shown.Where(p => p != post);
        return status == PostStatus.Shown
            ? row with { Shown = [.. others, post], LastAt = at }
            : row with { Shown = [.. others], Accepted = row.Accepted == post ? null : row.Accepted };
    }
}

/// <param name="Folded">What it says, as search compares it.</param>
internal sealed record PostRow(
    Guid Id, Id<Discussion> Discussion, Id<Community> Community, Id<Person> Author, PostStatus Status, Guid[] Flaggers, Personal<string> Folded, DateTimeOffset At);

/// <summary>What was written in discussions, each post by itself: for search, for counting, and for what waits for a facilitator.</summary>
internal sealed class PostRows() : InlineRows<DiscussionEvent, PostRow>(LearningModule.Name, Table, "discussion")
{
    public static readonly Table<PostRow> Table = new(LearningModule.Name, "discussion_posts", nameof(PostRow.Id))
    {
        Indexes = ["(discussion)", "(community) where status = 'in-review' or flaggers <> '{}'", "(author)", "using gin (folded gin_trgm_ops)"],
    };

    protected override IReadOnlyList<PostRow> Apply(IReadOnlyList<PostRow> rows, Recorded<DiscussionEvent> recorded) => recorded.Fact switch
    {
        DiscussionOpened e => [new(e.Post, new(recorded.Stream), e.Community, e.Author, e.Status, [], Folded(e.Title, e.Text), e.At)],
        DiscussionAnswered e => [.. rows, new(e.Post, new(recorded.Stream), rows[0].Community, e.Author, e.Status, [], Folded("", e.Text), e.At)],
        DiscussionPostEdited e => With(rows, e.Post, p => p with { Status = e.Status, Folded = Folded(e.Title, e.Text) }),
        DiscussionPostCorrected e => With(rows, e.Post, p => p with { Flaggers = [], Folded = Folded(e.Title, e.Text) }),
        DiscussionPostWithdrawn e => With(rows, e.Post, p => p with { Status = PostStatus.Withdrawn, Flaggers = [] }),
        DiscussionPostPublished e => With(rows, e.Post, p => p with { Status = e.Status }),
        DiscussionPostFlagged e => With(rows, e.Post, p => p with { Flaggers = [.. p.Flaggers, e.By.Value] }),
        DiscussionPostModerated e => With(rows, e.Post, p => p with { Status = Thread.After(e.Step, p.Status), Flaggers = [] }),
        _ => rows,
    };

    private static IReadOnlyList<PostRow> With(IReadOnlyList<PostRow> rows, Guid post, Func<PostRow, PostRow> change) =>
        [.. rows.Select(r => r.Id == post ? change(r) : r)];

    private static Personal<string> Folded(Personal<string> title, Personal<string> text) =>
        title.With(text, (t, x) => Folding.ForIndex($"{t} {UserText.Words(x)}"));
}
