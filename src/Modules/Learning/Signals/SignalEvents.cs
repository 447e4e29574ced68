using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Signals;

internal abstract record SignalEvent;

/// <param name="What">What was heard, read or seen.</param>
/// <param name="Link">Where it stands; text only, which nothing of ours ever fetches. Empty for none.</param>
/// <param name="SoWhat">What it means for the author's firm; may be empty.</param>
/// <param name="Tags">Wire names of <see cref="SignalTag"/>.</param>
[StoredAs("signal_shared")]
internal sealed record SignalShared(
    Id<Firm> Firm, [PersonalData(nameof(SignalShared.Author), KeyClass.FreeText)] Personal<string> What,
    [PersonalData(nameof(SignalShared.Author), KeyClass.FreeText)] Personal<string> Link,
    [PersonalData(nameof(SignalShared.Author), KeyClass.FreeText)] Personal<string> SoWhat, ValueList<string> Tags, Visibility Visibility, Id<Person> Author, DateTimeOffset At)
    : SignalEvent;

/// <summary>What its author says instead; what was said before stays in the history.</summary>
[StoredAs("signal_corrected")]
internal sealed record SignalCorrected(
    [PersonalData(nameof(SignalCorrected.Author), KeyClass.FreeText)] Personal<string> What,
    [PersonalData(nameof(SignalCorrected.Author), KeyClass.FreeText)] Personal<string> Link,
    [PersonalData(nameof(SignalCorrected.Author), KeyClass.FreeText)] Personal<string> SoWhat, ValueList<string> Tags, Visibility Visibility, Id<Person> Author, DateTimeOffset At)
    : SignalEvent;

[StoredAs("signal_withdrawn")]
internal sealed record SignalWithdrawn([PersonalData(nameof(SignalWithdrawn.Author), KeyClass.FreeText)] Personal<string> Reason, Id<Person> Author, DateTimeOffset At) : SignalEvent;

/// <summary>Somebody opened a discussion about it.</summary>
[StoredAs("signal_talked_about")]
internal sealed record SignalTalkedAbout(Id<Community> Community, Id<Discussion> Discussion, Id<Person> By, DateTimeOffset At) : SignalEvent;

/// <summary>Somebody finds that it should be looked at.</summary>
[StoredAs("signal_flagged")]
internal sealed record SignalFlagged([PersonalData(nameof(SignalFlagged.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : SignalEvent;

/// <summary>A coordinator hides it, shows it again, or finds nothing wrong with it.</summary>
[StoredAs("signal_moderated")]
internal sealed record SignalModerated(
    Moderation Step, [PersonalData(nameof(SignalModerated.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : SignalEvent;

internal abstract record SignalVoiceEvent;

/// <summary>What a signal means for somebody else's firm.</summary>
/// <param name="Firm">Where the person works then; null for who works in no firm.</param>
[StoredAs("signal_view_told")]
internal sealed record SignalViewTold(
    Id<Signal> Signal, Id<Person> By, Id<Firm>? Firm, [PersonalData(nameof(SignalViewTold.By), KeyClass.FreeText)] Personal<string> Text, DateTimeOffset At) : SignalVoiceEvent;

[StoredAs("signal_view_taken_back")]
internal sealed record SignalViewTakenBack(Id<Signal> Signal, Id<Person> By, DateTimeOffset At) : SignalVoiceEvent;

[StoredAs("signal_marked")]
internal sealed record SignalMarked(Id<Signal> Signal, Id<Person> By, bool Helpful, DateTimeOffset At) : SignalVoiceEvent;
