using ClusterNet.Access.Contracts;
using ClusterNet.Design.Markdown;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Learning.Wiki;

/// <param name="Title">As readers see it; of a page that was never let through, as it waits.</param>
/// <param name="Folded">What it says to readers, as search compares it.</param>
/// <param name="NextTitle">Of the version that waits; empty for none.</param>
/// <param name="Waits">A version waits for a facilitator.</param>
internal sealed record WikiPageRow(
    Id<WikiPage> Id, Id<Community> Community, WikiKind Kind, Personal<string> Title, Personal<string> Folded, Personal<string> NextTitle, Personal<string> NextFolded,
    Id<Person> Author, PostStatus Status, bool Waits, Guid[] Flaggers, DateTimeOffset ChangedAt, long Version);

/// <summary>Pages of wikis, for lists and for search.</summary>
internal sealed class WikiPageRows() : InlineProjection<WikiEvent, WikiPageRow>(LearningModule.Name, Table)
{
    public static readonly Table<WikiPageRow> Table = new(LearningModule.Name, "wiki_pages", nameof(WikiPageRow.Id))
    {
        Indexes = ["(community)", "(community) where waits or flaggers <> '{}'", "using gin (folded gin_trgm_ops)"],
    };

    protected override WikiPageRow? Apply(WikiPageRow? row, Recorded<WikiEvent> recorded) => recorded.Fact switch
    {
        WikiPageWritten e => Saying(
            new(new(recorded.Stream), e.Community, e.Kind, e.Title, "", "", "", e.Author, e.Status, false, [], e.At, recorded.Version), e.Title, e.Text, e.Author, e.Status, e.At),
        _ when row is null => row,
        WikiPageRevised e => Saying(row, e.Title, e.Text, e.Author, e.Status, e.At),
        WikiPagePublished e => row with
        {
            Title = row.NextTitle,
            Folded = row.NextFolded,
            NextTitle = "",
            NextFolded = "",
            Status = row.Status == PostStatus.Hidden ? row.Status : PostStatus.Shown,
            Waits = false,
            ChangedAt = e.At,
        },
        WikiPageFlagged e => row with { Flaggers = [.. row.Flaggers, e.By.Value] },
        WikiPageModerated { Step: Moderation.Return } => row with { Waits = false },
        WikiPageModerated { Step: Moderation.Hide } => row with { Status = PostStatus.Hidden, Flaggers = [] },
        WikiPageModerated { Step: Moderation.Restore } => row with { Status = PostStatus.Shown, Flaggers = [] },
        WikiPageModerated => row with { Flaggers = [] },
        _ => row,
    } is { } after ? after with { Version = recorded.Version } : null;

    private static WikiPageRow Saying(WikiPageRow row, Personal<string> title, Personal<string> text, Id<Person> author, PostStatus status, DateTimeOffset at)
    {
        var folded = title.With(text, (t, x) => Folding.ForIndex($"{t} {UserText.Words(x)}"));
        return status == PostStatus.Shown
            ? row with { Title = title, Folded = folded, Author = author, ChangedAt = at }
            : row with { NextTitle = title, NextFolded = folded, Author = author, Waits = true };
    }
}

/// <summary>What facilitators did about pages.</summary>
internal sealed class WikiModerationLog() : ModerationSteps<WikiEvent>(Table)
{
    public static readonly Table<ModerationStepRow> Table = TableOf("wiki_moderation");

    protected override (string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At)? StepOf(WikiEvent fact) =>
        fact is WikiPageModerated e ? (WireNames.Of(e.Step), e.Reason, e.By, e.At) : null;
}
