using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Who learns with whom, without what they say to each other: that stays in the history of the two.</summary>
/// <param name="Waits">Who has still to accept.</param>
/// <param name="LastMetAt">The last session, or the beginning.</param>
/// <param name="Missed">How often in a row the rhythm was missed.</param>
internal sealed record PairRow(
    Id<Pair> Id, Id<Person> Mentor, Id<Person> Mentee, MentorKind Kind, Id<Programme>? Programme, PairStatus Status, Guid[] Waits, string[] SkillUris, Rhythm Rhythm,
    DateTimeOffset AskedAt, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, DateTimeOffset? LastMetAt, DateTimeOffset? NextAt, int SessionCount, int MinuteCount,
    int Missed, long Version)
{
    internal Id<Person> OtherThan(Id<Person> person) => person == Mentor ? Mentee : Mentor;
}

internal sealed class PairRows() : InlineProjection<PairEvent, PairRow>(LearningModule.Name, Table)
{
    public static readonly Table<PairRow> Table = new(LearningModule.Name, "mentoring_pairs", nameof(PairRow.Id))
    {
        Indexes = ["(mentor)", "(mentee)", "(programme) where programme is not null", "(last_met_at) where status = 'active' and rhythm <> 'free'"],
    };

    protected override PairRow? Apply(PairRow? row, Recorded<PairEvent> recorded)
    {
        if (recorded.Fact is MentoringAsked a)
        {
            Guid[] waits = a.By == a.Mentee ? [a.Mentor.Value] : [a.Mentor.Value, a.Mentee.Value];
            return new(
                new(recorded.Stream), a.Mentor, a.Mentee, a.Kind, a.Programme, PairStatus.Asked, waits, [.. a.SkillUris], a.Rhythm, a.At, null, null, null, null, 0, 0, 0,
                recorded.Version);
        }

        return row is null ? null : Changed(row, recorded.Fact) with { Version = recorded.Version };
    }

    private static PairRow Changed(PairRow row, PairEvent fact) => fact switch
    {
        MentoringAccepted { Begins: true } e => row with { Waits = [], Status = PairStatus.Active, BegunAt = e.At, LastMetAt = e.At },
        MentoringAccepted e => row with { Waits = [.. row.Waits.Where(w => w != e.By.Value)] },
        MentoringDeclined e => row with { Waits = [], Status = PairStatus.Declined, EndedAt = e.At },
        MentoringWithdrawn e => row with { Waits = [], Status = PairStatus.Withdrawn, EndedAt = e.At },
        MentoringEnded e => row with { Status = PairStatus.Ended, EndedAt = e.At, NextAt = null },
        MentoringGoalsAgreed e => row with { SkillUris = [.. e.SkillUris], Rhythm = e.Rhythm },
        MentoringSessionPlanned e => row with { NextAt = e.StartsAt },
        MentoringSessionCancelled => row with { NextAt = null },
        MentoringSessionLogged e => row with
        {
            SessionCount = row.SessionCount + 1,
            MinuteCount = row.MinuteCount + e.Minutes,
            LastMetAt = row.SessionCount == 0 || e.HappenedAt > row.LastMetAt ? e.HappenedAt : row.LastMetAt,
            NextAt = row.NextAt <= e.HappenedAt.AddDays(1) ? null : row.NextAt,
            Missed = 0,
        },
        MentoringRhythmMissed => row with { Missed = row.Missed + 1 },
        _ => row,
    };
}

/// <summary>Two who are asking or at work together.</summary>
internal sealed record OpenPairRow(Id<Person> Mentor, Id<Person> Mentee, MentorKind Kind, Id<Pair> Pair);

/// <summary>The same two are asked once at a time: the table's key is the rule.</summary>
internal sealed class OpenPairRows() : InlineRows<PairEvent, OpenPairRow>(LearningModule.Name, Table, "pair")
{
    public static readonly Table<OpenPairRow> Table = new(
        LearningModule.Name, "mentoring_open", nameof(OpenPairRow.Mentor), nameof(OpenPairRow.Mentee), nameof(OpenPairRow.Kind))
    {
        Guard = true,
        Indexes = ["unique (pair)"],
    };

    protected override IReadOnlyList<OpenPairRow> Apply(IReadOnlyList<OpenPairRow> rows, Recorded<PairEvent> recorded) => recorded.Fact switch
    {
        MentoringAsked e => [new(e.Mentor, e.Mentee, e.Kind, new(recorded.Stream))],
        MentoringDeclined or MentoringWithdrawn or MentoringEnded => [],
        _ => rows,
    };
}

/// <param name="By">Who planned or logged it.</param>
/// <param name="Confirmed">The other one says so too.</param>
/// <param name="Sequence">Raised with every change, as calendars want it (RFC 5545, 3.8.7.4).</param>
internal sealed record SessionRow(
    Id<MentoringSession> Id, Id<Pair> Pair, Id<Person> By, SessionStatus Status, DateTimeOffset StartsAt, int Minutes, Personal<string> Place, bool Confirmed,
    int Sequence, DateTimeOffset ChangedAt);

/// <summary>Sessions of all pairs, planned and held, without what was said there.</summary>
internal sealed class SessionRows() : InlineRows<PairEvent, SessionRow>(LearningModule.Name, Table, "pair")
{
    public static readonly Table<SessionRow> Table = new(LearningModule.Name, "mentoring_sessions", nameof(SessionRow.Id))
    {
        Indexes = ["(pair, starts_at desc)"],
    };

    protected override IReadOnlyList<SessionRow> Apply(IReadOnlyList<SessionRow> rows, Recorded<PairEvent> recorded) => recorded.Fact switch
    {
        MentoringSessionPlanned e => Put(rows, new(e.Session, new(recorded.Stream), e.By, SessionStatus.Planned, e.StartsAt, e.Minutes, e.Place, false, 0, e.At)),
        MentoringSessionLogged e => Put(
            rows,
            new(
                e.Session, new(recorded.Stream), e.By, SessionStatus.Held, e.HappenedAt, e.Minutes, rows.FirstOrDefault(r => r.Id == e.Session)?.Place ?? "", false, 0,
                e.At)),
        MentoringSessionConfirmed e => [.. rows.Select(r => r.Id == e.Session ? r with { Confirmed = true } : r)],
        MentoringSessionCancelled e => Cancelled(rows, r => r.Id == e.Session, e.At),
        MentoringEnded e => Cancelled(rows, _ => true, e.At),
        _ => rows,
    };

    private static IReadOnlyList<SessionRow> Put(IReadOnlyList<SessionRow> rows, SessionRow row) => rows.FirstOrDefault(r => r.Id == row.Id) is { } known
        ? [.. rows.Select(r => r == known ? row with { Sequence = known.Sequence + 1 } : r)]
        : [.. rows, row];

    private static IReadOnlyList<SessionRow> Cancelled(IReadOnlyList<SessionRow> rows, Func<SessionRow, bool> which, DateTimeOffset at) =>
    [
        .. rows.Select(r => r.Status == SessionStatus.Planned && which(r)
            ? r with { Status = SessionStatus.Cancelled, Sequence = r.Sequence + 1, ChangedAt = at }
            : r),
    ];
}

/// <summary>A call for help: who, and in which words; nothing of what the two do.</summary>
internal sealed record HelpRow(
    Id<HelpCall> Id, Id<Pair> Pair, Id<Cluster> Cluster, Id<Person> By, Personal<string> Words, DateTimeOffset At, DateTimeOffset? SettledAt);

internal sealed class HelpRows() : InlineRows<PairEvent, HelpRow>(LearningModule.Name, Table, "pair")
{
    public static readonly Table<HelpRow> Table = new(LearningModule.Name, "mentoring_help", nameof(HelpRow.Id))
    {
        Indexes = ["(cluster, at desc)", "(pair)"],
    };

    protected override IReadOnlyList<HelpRow> Apply(IReadOnlyList<HelpRow> rows, Recorded<PairEvent> recorded) => recorded.Fact switch
    {
        MentoringHelpCalled e => [.. rows, new(e.Call, new(recorded.Stream), e.Cluster, e.By, e.Words, e.At, null)],
        MentoringHelpSettled e => [.. rows.Select(r => r.Id == e.Call ? r with { SettledAt = e.At } : r)],
        _ => rows,
    };
}
