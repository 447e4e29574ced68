using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Practices;

internal abstract record PracticeEvent;

/// <param name="Firm">Where it was found out.</param>
/// <param name="From">The practice that it is an adaptation of; null for none.</param>
/// <param name="Problem">What it answers.</param>
/// <param name="How">Markdown.</param>
/// <param name="Needs">What it takes; may be empty.</param>
/// <param name="Gave">What came of it; may be empty.</param>
[StoredAs("practice_described")]
internal sealed record PracticeDescribed(
    Id<Firm> Firm, Id<Practice>? From, [PersonalData(nameof(PracticeDescribed.Author), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(PracticeDescribed.Author), KeyClass.FreeText)] Personal<string> Problem,
    [PersonalData(nameof(PracticeDescribed.Author), KeyClass.FreeText)] Personal<string> How,
    [PersonalData(nameof(PracticeDescribed.Author), KeyClass.FreeText)] Personal<string> Needs,
    [PersonalData(nameof(PracticeDescribed.Author), KeyClass.FreeText)] Personal<string> Gave,
    ValueList<string> SkillUris, UseLevel Level, Visibility Visibility, Id<Person> Author, bool Draft, DateTimeOffset At) : PracticeEvent;

/// <summary>The whole of it as somebody left it; every version before it stays readable.</summary>
/// <param name="Note">What was changed; may be empty.</param>
[StoredAs("practice_corrected")]
internal sealed record PracticeCorrected(
    [PersonalData(nameof(PracticeCorrected.By), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(PracticeCorrected.By), KeyClass.FreeText)] Personal<string> Problem,
    [PersonalData(nameof(PracticeCorrected.By), KeyClass.FreeText)] Personal<string> How,
    [PersonalData(nameof(PracticeCorrected.By), KeyClass.FreeText)] Personal<string> Needs,
    [PersonalData(nameof(PracticeCorrected.By), KeyClass.FreeText)] Personal<string> Gave,
    [PersonalData(nameof(PracticeCorrected.By), KeyClass.FreeText)] Personal<string> Note,
    ValueList<string> SkillUris, UseLevel Level, Visibility Visibility, Id<Person> By, DateTimeOffset At) : PracticeEvent;

[StoredAs("practice_published")]
internal sealed record PracticePublished(Id<Person> By, DateTimeOffset At) : PracticeEvent;

[StoredAs("practice_withdrawn")]
internal sealed record PracticeWithdrawn([PersonalData(nameof(PracticeWithdrawn.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : PracticeEvent;

/// <summary>Somebody finds that it should be looked at.</summary>
[StoredAs("practice_flagged")]
internal sealed record PracticeFlagged([PersonalData(nameof(PracticeFlagged.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : PracticeEvent;

/// <summary>A coordinator hides it, shows it again, or finds nothing wrong with it.</summary>
[StoredAs("practice_moderated")]
internal sealed record PracticeModerated(
    Moderation Step, [PersonalData(nameof(PracticeModerated.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : PracticeEvent;

internal abstract record PracticeUseEvent;

/// <summary>How far a firm has come with a practice, and with what result.</summary>
/// <param name="Changed">What the firm does differently; may be empty.</param>
/// <param name="Result">May be empty while it is being tried.</param>
/// <param name="MinutesPerMonth">Saved; null where nobody counted.</param>
/// <param name="CentsPerMonth">Saved, in euro cents; null where nobody counted.</param>
[StoredAs("practice_use_told")]
internal sealed record PracticeUseTold(
    Id<Practice> Practice, Id<Firm> Firm, UseStage Stage, [PersonalData(nameof(PracticeUseTold.By), KeyClass.FreeText)] Personal<string> Changed,
    [PersonalData(nameof(PracticeUseTold.By), KeyClass.FreeText)] Personal<string> Result, UseVerdict Verdict, int? MinutesPerMonth, long? CentsPerMonth, Id<Person> By,
    DateTimeOffset At) : PracticeUseEvent;

internal abstract record PracticeTalkEvent;

/// <param name="Firm">Where the asker works; null for who works in no firm.</param>
[StoredAs("practice_question_asked")]
internal sealed record PracticeQuestionAsked(
    Id<Practice> Practice, Guid Question, [PersonalData(nameof(PracticeQuestionAsked.By), KeyClass.FreeText)] Personal<string> Text, Id<Person> By, Id<Firm>? Firm,
    DateTimeOffset At) : PracticeTalkEvent;

[StoredAs("practice_question_answered")]
internal sealed record PracticeQuestionAnswered(
    Guid Question, Guid Answer, [PersonalData(nameof(PracticeQuestionAnswered.By), KeyClass.FreeText)] Personal<string> Text, Id<Person> By, Id<Firm>? Firm,
    DateTimeOffset At) : PracticeTalkEvent;

/// <param name="Answer">Which answer settled it; null when it is open again.</param>
[StoredAs("practice_question_settled")]
internal sealed record PracticeQuestionSettled(Guid Question, Guid? Answer, Id<Person> By, DateTimeOffset At) : PracticeTalkEvent;

/// <param name="Words">The question or answer that its author took back.</param>
[StoredAs("practice_words_withdrawn")]
internal sealed record PracticeWordsWithdrawn(Guid Words, Id<Person> By, DateTimeOffset At) : PracticeTalkEvent;
