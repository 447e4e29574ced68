using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Mentoring;

internal abstract record PairEvent;

/// <param name="By">The mentee; of a proposal, whoever proposes for the programme.</param>
/// <param name="Programme">That proposes it; null for the two alone.</param>
/// <param name="Words">What the mentee hopes for, or why the two are proposed.</param>
/// <param name="Needs">What the mentee needs to be able to take part; empty for nothing said.</param>
[StoredAs("mentoring_asked")]
internal sealed record MentoringAsked(
    Id<Person> Mentor, Id<Person> Mentee, MentorKind Kind, Id<Person> By, Id<Programme>? Programme,
    [PersonalData(nameof(MentoringAsked.By), KeyClass.FreeText)] Personal<string> Words,
    [PersonalData(nameof(MentoringAsked.Mentee), KeyClass.FreeText)] Personal<string> Needs,
    ValueList<string> SkillUris, Rhythm Rhythm, DateTimeOffset At) : PairEvent;

/// <param name="Begins">Nobody else has to accept.</param>
[StoredAs("mentoring_accepted")]
internal sealed record MentoringAccepted(Id<Person> By, bool Begins, DateTimeOffset At) : PairEvent;

[StoredAs("mentoring_declined")]
internal sealed record MentoringDeclined(
    Id<Person> By, [PersonalData(nameof(MentoringDeclined.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : PairEvent;

[StoredAs("mentoring_withdrawn")]
internal sealed record MentoringWithdrawn(Id<Person> By, DateTimeOffset At) : PairEvent;

/// <summary>What the mentee wants to reach, and how often the two meet, from now on.</summary>
[StoredAs("mentoring_goals_agreed")]
internal sealed record MentoringGoalsAgreed(
    Id<Person> By, Id<Person> Mentee, [PersonalData(nameof(MentoringGoalsAgreed.Mentee), KeyClass.Learning)] Personal<ValueList<string>> Goals,
    ValueList<string> SkillUris, Rhythm Rhythm, DateTimeOffset At) : PairEvent;

[StoredAs("mentoring_needs_told")]
internal sealed record MentoringNeedsTold(
    Id<Person> Mentee, [PersonalData(nameof(MentoringNeedsTold.Mentee), KeyClass.FreeText)] Personal<string> Needs, DateTimeOffset At) : PairEvent;

/// <summary>When the two meet next; of a session that was planned before, the new time.</summary>
[StoredAs("mentoring_session_planned")]
internal sealed record MentoringSessionPlanned(
    Id<MentoringSession> Session, Id<Person> By, DateTimeOffset StartsAt, int Minutes,
    [PersonalData(nameof(MentoringSessionPlanned.By), KeyClass.FreeText)] Personal<string> Place, DateTimeOffset At) : PairEvent;

[StoredAs("mentoring_session_cancelled")]
internal sealed record MentoringSessionCancelled(Id<MentoringSession> Session, Id<Person> By, DateTimeOffset At) : PairEvent;

/// <param name="NextStep">Empty for nothing said.</param>
[StoredAs("mentoring_session_logged")]
internal sealed record MentoringSessionLogged(
    Id<MentoringSession> Session, Id<Person> By, DateTimeOffset HappenedAt, int Minutes,
    [PersonalData(nameof(MentoringSessionLogged.By), KeyClass.Learning)] Personal<string> What,
    [PersonalData(nameof(MentoringSessionLogged.By), KeyClass.Learning)] Personal<string> NextStep, DateTimeOffset At) : PairEvent;

[StoredAs("mentoring_session_confirmed")]
internal sealed record MentoringSessionConfirmed(Id<MentoringSession> Session, Id<Person> By, DateTimeOffset At) : PairEvent;

/// <summary>From one to the other, and for nobody else.</summary>
[StoredAs("mentoring_feedback_given")]
internal sealed record MentoringFeedbackGiven(
    Id<Person> By, [PersonalData(nameof(MentoringFeedbackGiven.By), KeyClass.FreeText)] Personal<string> Text, DateTimeOffset At) : PairEvent;

/// <param name="Cluster">Whose coordinators are asked.</param>
[StoredAs("mentoring_help_called")]
internal sealed record MentoringHelpCalled(
    Id<HelpCall> Call, Id<Person> By, Id<Cluster> Cluster, [PersonalData(nameof(MentoringHelpCalled.By), KeyClass.FreeText)] Personal<string> Words,
    DateTimeOffset At) : PairEvent;

/// <summary>The coordinator has seen to it.</summary>
[StoredAs("mentoring_help_settled")]
internal sealed record MentoringHelpSettled(Id<HelpCall> Call, Id<Person> By, DateTimeOffset At) : PairEvent;

/// <summary>How it goes, as one of the two sees it.</summary>
[StoredAs("mentoring_reviewed")]
internal sealed record MentoringReviewed(
    Id<Person> By, [PersonalData(nameof(MentoringReviewed.By), KeyClass.Learning)] Personal<string> Text, DateTimeOffset At) : PairEvent;

[StoredAs("mentoring_ended")]
internal sealed record MentoringEnded(
    Id<Person> By, [PersonalData(nameof(MentoringEnded.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : PairEvent;

/// <summary>The two have not met as often as they wanted to.</summary>
[StoredAs("mentoring_rhythm_missed")]
internal sealed record MentoringRhythmMissed(DateTimeOffset Since, DateTimeOffset At) : PairEvent;
