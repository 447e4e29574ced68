using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Learning.Signals;

/// <param name="Folded">What it says, as search compares it.</param>
/// <param name="Hidden">A coordinator has hidden it.</param>
/// <param name="Flaggers">Who finds that it should be looked at; nobody once it was.</param>
internal sealed record SignalRow(
    Id<Signal> Id, Id<Firm> Firm, Id<Person> Author, Personal<string> What, Personal<string> Link, Personal<string> SoWhat, string[] Tags, Visibility Visibility, bool Withdrawn,
    Personal<string> Folded, int VersionCount, DateTimeOffset SharedAt, DateTimeOffset ChangedAt, bool Hidden, Guid[] Flaggers, long Version);

/// <summary>Signals as lists show them.</summary>
internal sealed class SignalRows() : InlineProjection<SignalEvent, SignalRow>(LearningModule.Name, Table)
{
    public static readonly Table<SignalRow> Table = new(LearningModule.Name, "signals", nameof(SignalRow.Id))
    {
        Indexes = ["(shared_at desc, id desc)", "(firm)", "(firm) where flaggers <> '{}'", "(author)", "using gin (tags)", "using gin (folded gin_trgm_ops)"],
    };

    protected override SignalRow? Apply(SignalRow? row, Recorded<SignalEvent> recorded) => recorded.Fact switch
    {
        SignalShared e => Saying(
            new(new(recorded.Stream), e.Firm, e.Author, e.What, e.Link, e.SoWhat, [], e.Visibility, false, "", 0, e.At, e.At, false, [], recorded.Version), Noticed.Of(e)),
        _ when row is null => row,
        SignalCorrected e => Saying(row, Noticed.Of(e)) with { ChangedAt = e.At },
        SignalWithdrawn e => row with { Withdrawn = true, ChangedAt = e.At },
        SignalFlagged e => row with { Flaggers = [.. row.Flaggers, e.By.Value] },
        SignalModerated e => row with { Hidden = Flaggable.HiddenAfter(e.Step, row.Hidden), Flaggers = [] },
        _ => row,
    } is { } after ? after with { Version = recorded.Version } : null;

    private static SignalRow Saying(SignalRow row, Noticed said) => row with
    {
        What = said.What,
        Link = said.Link,
        SoWhat = said.SoWhat,
        Tags = [.. said.Tags],
        Visibility = said.Visibility,
        Folded = said.What.With(said.SoWhat, (w, s) => Folding.ForIndex($"{w} {s}")),
        VersionCount = row.VersionCount + 1,
    };
}

/// <summary>What coordinators did about signals.</summary>
internal sealed class SignalModerationLog() : ModerationSteps<SignalEvent>(Table)
{
    public static readonly Table<ModerationStepRow> Table = TableOf("signal_moderation");

    protected override (string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At)? StepOf(SignalEvent fact) =>
        fact is SignalModerated e ? (WireNames.Of(e.Step), e.Reason, e.By, e.At) : null;
}

/// <param name="View">What it means for the person's firm; empty for none.</param>
internal sealed record SignalVoiceRow(
    Guid Id, Id<Signal> Signal, Id<Person> By, Id<Firm>? Firm, Personal<string> View, bool HasView, bool Helpful, DateTimeOffset? ViewAt, long Version);

/// <summary>What people say of signals.</summary>
internal sealed class SignalVoiceRows() : InlineProjection<SignalVoiceEvent, SignalVoiceRow>(LearningModule.Name, Table)
{
    public static readonly Table<SignalVoiceRow> Table = new(LearningModule.Name, "signal_voices", nameof(SignalVoiceRow.Id)) { Indexes = ["(signal)"] };

    protected override SignalVoiceRow? Apply(SignalVoiceRow? row, Recorded<SignalVoiceEvent> recorded) => recorded.Fact switch
    {
        SignalViewTold e => (row ?? New(recorded, e.Signal, e.By)) with { Firm = e.Firm, View = e.Text, HasView = true, ViewAt = e.At },
        SignalViewTakenBack e => (row ?? New(recorded, e.Signal, e.By)) with { View = "", HasView = false, ViewAt = null },
        SignalMarked e => (row ?? New(recorded, e.Signal, e.By)) with { Helpful = e.Helpful },
        _ => row,
    } is { } after ? after with { Version = recorded.Version } : null;

    private static SignalVoiceRow New(Recorded<SignalVoiceEvent> recorded, Id<Signal> signal, Id<Person> by) =>
        new(recorded.Stream, signal, by, null, "", false, false, null, recorded.Version);
}
