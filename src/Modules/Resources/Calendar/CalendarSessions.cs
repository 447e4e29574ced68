using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Leaving;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Calendar;

/// <summary>Which sessions a calendar shows.</summary>
/// <param name="Firm">That it organises or has seats in.</param>
/// <param name="Person">In which somebody has a seat, waits for one, or whom the session is given by.</param>
internal sealed record Shown(IReadOnlyCollection<Id<Cluster>> Clusters, Id<Resource>? Resource = null, Id<Firm>? Firm = null, Id<Person>? Person = null);

/// <summary>Sessions as calendars show them: those that were cancelled too.</summary>
internal sealed class CalendarSessions(Database database)
{
    private const string Where = """
        where cluster = any($1) and ends_at > $2 and starts_at < $3 and (standing = 'booked' or (standing = 'cancelled' and uses <> '[]'))
            and ($4::uuid is null or uses @> jsonb_build_array(jsonb_build_object('resource', $4::text)))
            and ($5::uuid is null or firm = $5 or reservations @> jsonb_build_array(jsonb_build_object('firm', $5::text)))
            and ($6::uuid is null or trainer = $6 or jsonb_path_exists(reservations, '$[*].people[*] ? (@ == $me)', jsonb_build_object('me', $6::text)))
        order by starts_at, id limit $7
        """;

    public Task<List<SessionRow>> Of(Shown shown, Slot within, int most, CancellationToken ct) => database.Query(
        ResourcesModule.Name,
        Statement.Of(
            Sessions.Sessions.Table.Select(Where), shown.Clusters.Select(c => c.Value).ToArray(), within.Start, within.End, shown.Resource?.Value, shown.Firm?.Value,
            shown.Person?.Value, most),
        Sessions.Sessions.Table.Read, ct);

    /// <summary>When each session changed in a way that calendars show.</summary>
    public async Task<IReadOnlyDictionary<Id<Session>, SessionChangeRow>> Changes(IReadOnlyList<SessionRow> sessions, CancellationToken ct) =>
        (await database.Query(
            ResourcesModule.Name, Statement.Of(SessionChanges.Table.Select("where id = any($1)"), [sessions.Select(s => s.Id.Value).ToArray()]), SessionChanges.Table.Read, ct))
        .ToDictionary(c => c.Id);
}

/// <param name="Revision">The version of the session's stream after its last change that calendars show.</param>
internal sealed record SessionChangeRow(Id<Session> Id, long Revision, DateTimeOffset ChangedAt, long Version);

/// <summary>Calendars take what is newer: when a session changed last, seats aside.</summary>
internal sealed class SessionChanges() : InlineProjection<SessionEvent, SessionChangeRow>(ResourcesModule.Name, Table)
{
    public static readonly Table<SessionChangeRow> Table = new(ResourcesModule.Name, "session_changes", nameof(SessionChangeRow.Id));

    protected override SessionChangeRow? Apply(SessionChangeRow? row, Recorded<SessionEvent> recorded) => recorded.Fact switch
    {
        SessionBooked e => Changed(recorded, e.At),
        SessionConfirmed e => Changed(recorded, e.At),
        SessionMoved e => Changed(recorded, e.At),
        SessionTakenOver e => Changed(recorded, e.At),
        SessionDescribed e => Changed(recorded, e.At),
        SessionCancelled e => Changed(recorded, e.At),
        _ => row is null ? null : row with { Version = recorded.Version },
    };

    private static SessionChangeRow Changed(Recorded<SessionEvent> recorded, DateTimeOffset at) => new(new(recorded.Stream), recorded.Version, at, recorded.Version);
}
