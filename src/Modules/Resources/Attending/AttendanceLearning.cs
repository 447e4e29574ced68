using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Attending;

/// <summary>Tells Learning who attended a session, and who did not after all: by each list, and by check-ins when the session is over.</summary>
internal sealed class AttendanceLearning(Streams<Session, SessionEvent> sessions, IAttendance learning) : IFactSource, ISubscription
{
    public string Name => "session-attendance-learning";

    public string Module => ResourcesModule.Name;

    public Type Family => typeof(SessionEvent);

    public object? Publish(Recorded recorded) => recorded.Fact is SessionAttendanceNoted or SessionCheckInsCounted ? recorded.As<SessionEvent>() : null;

    public bool Wants(IFactSource source) => source == this;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        // As it is now: what comes later is told by its own event.
        if (fact.Fact is not Recorded<SessionEvent> recorded || Sessions.Sessions.Of((await sessions.Load(fact.Stream, ct)).Events) is not { } session) return;
        var told = recorded.Fact is SessionAttendanceNoted list
            ? session.Presences.Where(p => list.Attendance.Any(a => a.Person == p.Person))
            : session.Presences.Where(p => !p.Noted);
        foreach (var presence in told)
        {
            await learning.Record(
                new(
                    session.Id.Value, presence.Person, presence.Firm, KindOf(session.Kind), session.Title.Or("–"), session.StartsAt, presence.Attended ? presence.Minutes : 0,
                    session.SkillUris, session.Trainer, recorded.At),
                ct);
        }
    }

    private static LearningKind KindOf(SessionKind kind) => kind switch
    {
        SessionKind.Webinar => LearningKind.Webinar,
        SessionKind.Placement => LearningKind.OnTheJob,
        _ => LearningKind.EventOrFair,
    };
}
