using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Two people of whom one learns with the other's help: from the asking to the end. What they say to each other is theirs alone.</summary>
internal abstract record Pair : IState<Pair, PairEvent>
{
    public sealed record Absent : Pair;

    /// <param name="Waits">Who has still to accept.</param>
    public sealed record Kept(MentoringAsked Asked, PairStatus Status, ValueList<Id<Person>> Waits) : Pair
    {
        public Personal<ValueList<string>> Goals { get; init; } = Personal<ValueList<string>>.Of([]);

        public ValueList<string> SkillUris { get; init; } = Asked.SkillUris;

        public Rhythm Rhythm { get; init; } = Asked.Rhythm;

        public Personal<string> Needs { get; init; } = Asked.Needs;

        public DateTimeOffset? BegunAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        public Id<Person>? EndedBy { get; init; }

        /// <summary>Why it was declined or ended.</summary>
        public Personal<string> Reason { get; init; } = "";

        /// <summary>The session that is planned; null for none.</summary>
        public MentoringSessionPlanned? Next { get; init; }

        public ValueList<Session> Sessions { get; init; } = [];

        public ValueList<MentoringFeedbackGiven> Feedback { get; init; } = [];

        public ValueList<MentoringReviewed> Reviews { get; init; } = [];

        public ValueList<Call> Calls { get; init; } = [];

        /// <summary>How often in a row the rhythm was missed, as the two were told.</summary>
        public int Missed { get; init; }

        public DateTimeOffset? MissedAt { get; init; }

        public Id<Person> Mentor => Asked.Mentor;

        public Id<Person> Mentee => Asked.Mentee;

        public bool Has(Id<Person> person) => person == Mentor || person == Mentee;

        public Id<Person> OtherThan(Id<Person> person) => person == Mentor ? Mentee : Mentor;

        /// <summary>From when on the rhythm counts: the last session, or the beginning.</summary>
        public DateTimeOffset? LastMetAt => Sessions.Count > 0 ? Sessions.Max(s => s.HappenedAt) : BegunAt;
    }

    /// <param name="ConfirmedAt">Null while only one of the two says so.</param>
    public sealed record Session(
        Id<MentoringSession> Id, Id<Person> By, DateTimeOffset HappenedAt, int Minutes, Personal<string> What, Personal<string> NextStep, DateTimeOffset? ConfirmedAt);

    public sealed record Call(Id<HelpCall> Id, Id<Person> By, Id<Cluster> Cluster, bool Settled);

    public static Pair Initial { get; } = new Absent();

    public static Pair Evolve(Pair state, PairEvent fact) => (state, fact) switch
    {
        (_, MentoringAsked e) => new Kept(e, PairStatus.Asked, e.By == e.Mentee ? [e.Mentor] : [e.Mentor, e.Mentee]),
        (Kept k, MentoringAccepted e) => k with
        {
            Waits = [.. k.Waits.Where(p => p != e.By)],
            Status = e.Begins ? PairStatus.Active : k.Status,
            BegunAt = e.Begins ? e.At : null,
        },
        (Kept k, MentoringDeclined e) => k with { Status = PairStatus.Declined, EndedAt = e.At, EndedBy = e.By, Reason = e.Reason, Waits = [] },
        (Kept k, MentoringWithdrawn e) => k with { Status = PairStatus.Withdrawn, EndedAt = e.At, EndedBy = e.By, Waits = [] },
        (Kept k, MentoringEnded e) => k with { Status = PairStatus.Ended, EndedAt = e.At, EndedBy = e.By, Reason = e.Reason, Next = null },
        (Kept k, MentoringGoalsAgreed e) => k with { Goals = e.Goals, SkillUris = e.SkillUris, Rhythm = e.Rhythm },
        (Kept k, MentoringNeedsTold e) => k with { Needs = e.Needs },
        (Kept k, MentoringSessionPlanned e) => k with { Next = e },
        (Kept k, MentoringSessionCancelled) => k with { Next = null },
        (Kept k, MentoringSessionLogged e) => k with
        {
            Sessions = [.. k.Sessions, new(e.Session, e.By, e.HappenedAt, e.Minutes, e.What, e.NextStep, null)],
            Next = k.Next?.Session == e.Session ? null : k.Next,
            Missed = 0,
        },
        (Kept k, MentoringSessionConfirmed e) => k with { Sessions = [.. k.Sessions.Select(s => s.Id == e.Session ? s with { ConfirmedAt = e.At } : s)] },
        (Kept k, MentoringFeedbackGiven e) => k with { Feedback = [.. k.Feedback, e] },
        (Kept k, MentoringReviewed e) => k with { Reviews = [.. k.Reviews, e] },
        (Kept k, MentoringHelpCalled e) => k with { Calls = [.. k.Calls, new(e.Call, e.By, e.Cluster, false)] },
        (Kept k, MentoringHelpSettled e) => k with { Calls = [.. k.Calls.Select(c => c.Id == e.Call ? c with { Settled = true } : c)] },
        (Kept k, MentoringRhythmMissed e) => k with { Missed = k.Missed + 1, MissedAt = e.At },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What one of the two does; for everybody else the pair is not there.</summary>
internal abstract record PairCommand(Id<Person> By) : ICommand<Pair, PairEvent>
{
    public Decision<PairEvent> Decide(Pair state) => state is Pair.Kept k && k.Has(By) ? Decide(k) : MentoringRules.Unknown;

    protected abstract Decision<PairEvent> Decide(Pair.Kept pair);
}
