using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Resources.Attending;

/// <summary>A session begins within a day: those who are to come are told once, and once more when it was moved.</summary>
internal sealed record Remind(DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public Decision<SessionEvent> Decide(Session state) => state is Session.Booked { Reminded: false } s && s.StartsAt > Now && s.StartsAt <= Now + Ahead
        ? new SessionReminded(Now)
        : Decision<SessionEvent>.Nothing;
}

/// <summary>A session is over: its check-ins count.</summary>
internal sealed record CountCheckIns(DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public Decision<SessionEvent> Decide(Session state) => state is Session.Booked { CheckInsCounted: false } s && s.EndsAt <= Now && s.Presences.Any(p => !p.Noted)
        ? new SessionCheckInsCounted(Now)
        : Decision<SessionEvent>.Nothing;
}

/// <summary>Looks for sessions that are near, and for those that are over. Any number of Hosts may: the session decides once.</summary>
internal sealed class SessionClock(Database database, Streams<Session, SessionEvent> sessions, TimeProvider clock, ILogger<SessionClock> logger)
    : Rounds("Sessions", TimeSpan.FromMinutes(10), clock, logger)
{
    public override async Task Tick(CancellationToken ct)
    {
        var now = Now;
        foreach (var near in await Ids("not reminded and starts_at > $1 and starts_at <= $2 order by starts_at", ct, now, now + Remind.Ahead))
            await sessions.Execute(near, new Remind(now), new(CommandMetadata.System("session-near")), ct);
        const string uncounted = "not check_ins_counted and ends_at <= $1 and ends_at > $2 and presences @> '[{\"noted\": false}]' order by ends_at";
        foreach (var over in await Ids(uncounted, ct, now, now - NoteAttendance.Open))
            await sessions.Execute(over, new CountCheckIns(now), new(CommandMetadata.System("session-over")), ct);
    }

    private Task<List<Guid>> Ids(string condition, CancellationToken ct, params object[] values) => database.Query(
        ResourcesModule.Name, Statement.Of($"select id from resources.sessions where standing = 'booked' and {condition}", values), r => r.GetGuid(0), ct);
}
