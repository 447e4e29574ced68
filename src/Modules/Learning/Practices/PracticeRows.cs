using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Design.Markdown;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Learning.Practices;

/// <param name="Origin">The practice that it is an adaptation of; null for none.</param>
/// <param name="Folded">What it says, as search compares it.</param>
/// <param name="ShownAt">When it was published; of a draft, when it was begun.</param>
/// <param name="Hidden">A coordinator has hidden it.</param>
/// <param name="Flaggers">Who finds that it should be looked at; nobody once it was.</param>
internal sealed record PracticeRow(
    Id<Practice> Id, Id<Firm> Firm, Id<Practice>? Origin, Personal<string> Title, Personal<string> Problem, string[] SkillUris, UseLevel Level, Visibility Visibility,
    PracticeStatus Status, Id<Person> Author, Personal<string> Folded, DateTimeOffset ShownAt, DateTimeOffset ChangedAt, bool Hidden, Guid[] Flaggers,
    long Version);

/// <summary>Practices as lists show them.</summary>
internal sealed class PracticeRows() : InlineProjection<PracticeEvent, PracticeRow>(LearningModule.Name, Table)
{
    public static readonly Table<PracticeRow> Table = new(LearningModule.Name, "practices", nameof(PracticeRow.Id))
    {
        Indexes = ["(shown_at desc, id desc)", "(firm)", "(firm) where flaggers <> '{}'", "(origin)", "(author)", "using gin (skill_uris)", "using gin (folded gin_trgm_ops)"],
    };

    protected override PracticeRow? Apply(PracticeRow? row, Recorded<PracticeEvent> recorded) => recorded.Fact switch
    {
        PracticeDescribed e => Saying(
            new(
                new(recorded.Stream), e.Firm, e.From, e.Title, e.Problem, [], e.Level, e.Visibility, e.Draft ? PracticeStatus.Draft : PracticeStatus.Published, e.Author, "", e.At, e.At, false, [],
                recorded.Version),
            Description.Of(e)),
        _ when row is null => row,
        PracticeCorrected e => Saying(row, Description.Of(e)) with { ChangedAt = e.At },
        PracticePublished e => row with { Status = PracticeStatus.Published, ShownAt = e.At, ChangedAt = e.At },
        PracticeWithdrawn e => row with { Status = PracticeStatus.Withdrawn, ChangedAt = e.At },
        PracticeFlagged e => row with { Flaggers = [.. row.Flaggers, e.By.Value] },
        PracticeModerated e => row with { Hidden = Flaggable.HiddenAfter(e.Step, row.Hidden), Flaggers = [] },
        _ => row,
    } is { } after ? after with { Version = recorded.Version } : null;

    private static PracticeRow Saying(PracticeRow row, Description said) => row with
    {
        Title = said.Title,
        Problem = said.Problem,
        SkillUris = [.. said.SkillUris],
        Level = said.Level,
        Visibility = said.Visibility,
        Folded = said.Title.With(said.Problem, (t, p) => $"{t} {p}").With(said.How, (t, h) => $"{t} {UserText.Words(h)}")
            .With(said.Needs, (t, n) => $"{t} {n}").With(said.Gave, (t, g) => Folding.ForIndex($"{t} {g}")),
    };
}

/// <summary>What coordinators did about practices.</summary>
internal sealed class PracticeModerationLog() : ModerationSteps<PracticeEvent>(Table)
{
    public static readonly Table<ModerationStepRow> Table = TableOf("practice_moderation");

    protected override (string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At)? StepOf(PracticeEvent fact) =>
        fact is PracticeModerated e ? (WireNames.Of(e.Step), e.Reason, e.By, e.At) : null;
}

internal sealed record PracticeUseRow(
    Guid Id, Id<Practice> Practice, Id<Firm> Firm, UseStage Stage, UseVerdict Verdict, int? MinutesPerMonth, long? CentsPerMonth, DateTimeOffset BegunAt, DateTimeOffset ChangedAt,
    long Version);

/// <summary>Which firm has come how far with which practice.</summary>
internal sealed class PracticeUseRows() : InlineProjection<PracticeUseEvent, PracticeUseRow>(LearningModule.Name, Table)
{
    public static readonly Table<PracticeUseRow> Table = new(LearningModule.Name, "practice_uses", nameof(PracticeUseRow.Id)) { Indexes = ["(practice)", "(firm)"] };

    protected override PracticeUseRow? Apply(PracticeUseRow? row, Recorded<PracticeUseEvent> recorded) => recorded.Fact switch
    {
        PracticeUseTold e => new(
            recorded.Stream, e.Practice, e.Firm, e.Stage, e.Verdict, e.MinutesPerMonth, e.CentsPerMonth, row?.BegunAt ?? e.At, e.At, recorded.Version),
        _ => row,
    };
}

internal sealed record PracticeStepRow(
    Guid Use, int Number, Id<Practice> Practice, Id<Firm> Firm, UseStage Stage, UseVerdict Verdict, Personal<string> Changed, Personal<string> Result, Id<Person> By, DateTimeOffset At);

/// <summary>All that firms have told of their uses, step by step.</summary>
internal sealed class PracticeStepRows() : InlineRows<PracticeUseEvent, PracticeStepRow>(LearningModule.Name, Table, "use")
{
    public static readonly Table<PracticeStepRow> Table = new(LearningModule.Name, "practice_steps", nameof(PracticeStepRow.Use), nameof(PracticeStepRow.Number))
    {
        Indexes = ["(practice, at)"],
    };

    protected override IReadOnlyList<PracticeStepRow> Apply(IReadOnlyList<PracticeStepRow> rows, Recorded<PracticeUseEvent> recorded) => recorded.Fact switch
    {
        PracticeUseTold e => [.. rows, new(recorded.Stream, rows.Count + 1, e.Practice, e.Firm, e.Stage, e.Verdict, e.Changed, e.Result, e.By, e.At)],
        _ => rows,
    };
}

/// <param name="Question">Of an answer; null for a question.</param>
/// <param name="Settled">Of a question.</param>
/// <param name="Folded">What was asked or answered, as search compares it.</param>
internal sealed record PracticeWordsRow(Guid Id, Guid Talk, Id<Practice> Practice, Guid? Question, Id<Person> By, bool Settled, bool Withdrawn, Personal<string> Folded);

/// <summary>What was asked and answered about practices, for search and for what waits for an answer.</summary>
internal sealed class PracticeWordsRows() : InlineRows<PracticeTalkEvent, PracticeWordsRow>(LearningModule.Name, Table, "talk")
{
    public static readonly Table<PracticeWordsRow> Table = new(LearningModule.Name, "practice_words", nameof(PracticeWordsRow.Id))
    {
        Indexes = ["(practice)", "(talk)", "(question)", "using gin (folded gin_trgm_ops)"],
    };

    protected override IReadOnlyList<PracticeWordsRow> Apply(IReadOnlyList<PracticeWordsRow> rows, Recorded<PracticeTalkEvent> recorded) => recorded.Fact switch
    {
        PracticeQuestionAsked e => [.. rows, new(e.Question, recorded.Stream, e.Practice, null, e.By, false, false, Folded(e.Text))],
        PracticeQuestionAnswered e => [.. rows, new(e.Answer, recorded.Stream, rows[0].Practice, e.Question, e.By, false, false, Folded(e.Text))],
        PracticeQuestionSettled e => [.. rows.Select(r => r.Id == e.Question ? r with { Settled = e.Answer is not null } : r)],
        PracticeWordsWithdrawn e => [.. rows.Select(r => r.Id == e.Words ? r with { Withdrawn = true } : r)],
        _ => rows,
    };

    private static Personal<string> Folded(Personal<string> text) => text.Select(t => Folding.ForIndex(UserText.Words(t)));
}
