using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Resources.Terms;

/// <summary>Ends offers that ran out; their seats go to the next.</summary>
internal sealed record EndOffers(DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public Decision<SessionEvent> Decide(Session state) => state is Session.Booked s ? Decision<SessionEvent>.Of([.. s.MovedUp(Now).Facts]) : Decision<SessionEvent>.Nothing;
}

/// <summary>Looks for offers that ran out. Any number of Hosts may: the session decides once.</summary>
internal sealed class SeatClock(Database database, Streams<Session, SessionEvent> sessions, TimeProvider clock, ILogger<SeatClock> logger)
    : Rounds("Offered seats", TimeSpan.FromMinutes(1), clock, logger)
{
    private const string RunOut = """
        select id from resources.sessions s where standing = 'booked' and ends_at > $1 - interval '31 days'
            and exists (select from jsonb_array_elements(s.reservations) r where r ? 'offeredUntil' and least((r->>'offeredUntil')::timestamptz, s.starts_at) <= $1)
        order by starts_at
        """;

    public override async Task Tick(CancellationToken ct)
    {
        var now = Now;
        foreach (var session in await database.Query(ResourcesModule.Name, Statement.Of(RunOut, now), r => r.GetGuid(0), ct))
            await sessions.Execute(session, new EndOffers(now), new(CommandMetadata.System("seats-offered")), ct);
    }
}
