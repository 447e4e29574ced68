using ClusterNet.Access.Contracts;
using ClusterNet.Design.Markdown;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Learning.Library;

/// <summary>A version of an item, with what holds for the item as a whole.</summary>
/// <param name="Folded">What it says, as search compares it.</param>
/// <param name="By">Who made the version.</param>
/// <param name="AddedBy">Who added the item.</param>
internal sealed record LibraryRow(
    Id<LibraryItem> Item, int Number, Id<Community> Community, LibraryKind Kind, Personal<string> Title, Personal<string> Folded, string[] Tags, string[] SkillUris, Id<Person> By,
    PostStatus Status, DateTimeOffset At, Id<Person> AddedBy, bool Hidden, Guid[] Flaggers);

/// <summary>Versions of items, for lists and for search: what a reader may not see yet stands beside what everybody sees.</summary>
internal sealed class LibraryRows() : InlineRows<LibraryEvent, LibraryRow>(LearningModule.Name, Table, "item")
{
    public static readonly Table<LibraryRow> Table = new(LearningModule.Name, "library_versions", nameof(LibraryRow.Item), nameof(LibraryRow.Number))
    {
        Indexes = ["(community)", "(community) where status = 'in-review' or flaggers <> '{}'", "using gin (tags)", "using gin (skill_uris)", "using gin (folded gin_trgm_ops)"],
    };

    protected override IReadOnlyList<LibraryRow> Apply(IReadOnlyList<LibraryRow> rows, Recorded<LibraryEvent> recorded) => recorded.Fact switch
    {
        LibraryItemAdded e => [new(new(recorded.Stream), 1, e.Community, e.Kind, e.Title, Folded(e.Title, e.Text, e.Tags), [.. e.Tags], [.. e.SkillUris], e.By, e.Status, e.At, e.By, false, [])],
        LibraryItemRevised e => Next(
            rows, e.By, e.Status, e.At, r => r with { Title = e.Title, Folded = Folded(e.Title, e.Text, e.Tags), Tags = [.. e.Tags], SkillUris = [.. e.SkillUris] }),
        LibraryItemRenewed e => Next(rows, e.By, e.Status, e.At, r => r),
        LibraryItemPublished e => One(rows, e.Number, r => r with { Status = e.Status }),
        LibraryItemCorrected e => One(rows, e.Number, r => r with { Title = e.Title, Folded = Folded(e.Title, e.Text, e.Tags), Tags = [.. e.Tags] }),
        LibraryItemFlagged e => All(rows, r => r with { Flaggers = [.. r.Flaggers, e.By.Value] }),
        LibraryItemModerated { Step: Moderation.Return } => All(rows, r => r.Status == PostStatus.InReview ? r with { Status = PostStatus.Draft } : r),
        LibraryItemModerated { Step: Moderation.Hide } => All(rows, r => r with { Hidden = true, Flaggers = [] }),
        LibraryItemModerated { Step: Moderation.Restore } => All(rows, r => r with { Hidden = false, Flaggers = [] }),
        LibraryItemModerated => All(rows, r => r with { Flaggers = [] }),
        LibraryItemWithdrawn => [],
        _ => rows,
    };

    /// <summary>On what its author goes on from, as <see cref="LibraryLife.Kept.BaseFor"/> says.</summary>
    private static IReadOnlyList<LibraryRow> Next(IReadOnlyList<LibraryRow> rows, Id<Person> by, PostStatus status, DateTimeOffset at, Func<LibraryRow, LibraryRow> changed)
    {
        var ordered = rows.OrderBy(r => r.Number).ToList();
        var from = ordered.LastOrDefault(r => r.Status == PostStatus.Shown || r.By == by) ?? ordered[^1];
        return [.. rows, changed(from) with { Number = rows.Count + 1, By = by, Status = status, At = at }];
    }

    private static IReadOnlyList<LibraryRow> One(IReadOnlyList<LibraryRow> rows, int number, Func<LibraryRow, LibraryRow> changed) =>
        All(rows, r => r.Number == number ? changed(r) : r);

    private static IReadOnlyList<LibraryRow> All(IReadOnlyList<LibraryRow> rows, Func<LibraryRow, LibraryRow> changed) => [.. rows.Select(changed)];

    private static Personal<string> Folded(Personal<string> title, Personal<string> text, IEnumerable<string> tags) =>
        title.With(text, (t, x) => Folding.ForIndex($"{t} {string.Join(' ', tags)} {UserText.Words(x)}"));
}

/// <summary>What facilitators did about items.</summary>
internal sealed class LibraryModerationLog() : ModerationSteps<LibraryEvent>(Table)
{
    public static readonly Table<ModerationStepRow> Table = TableOf("library_moderation");

    protected override IReadOnlyList<ModerationStepRow> Apply(IReadOnlyList<ModerationStepRow> rows, Recorded<LibraryEvent> recorded) =>
        recorded.Fact is LibraryItemWithdrawn ? [] : base.Apply(rows, recorded);

    protected override (string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At)? StepOf(LibraryEvent fact) => fact switch
    {
        LibraryItemModerated e => (WireNames.Of(e.Step), e.Reason, e.By, e.At),
        LibraryItemCorrected e => (ModerationLog.Corrected, e.Reason, e.By, e.At),
        _ => null,
    };
}
