using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Attending;

/// <summary>For the trainer and the organisers: sessions with seats that are over, and of which nobody has noted who came.</summary>
internal sealed class AttendanceTasks(Database database, IStringLocalizer<AttendanceTexts> text, TimeProvider clock) : IHomeTasks
{
    private const int Most = 3;

    private const string ToNote =
        "where standing = 'booked' and (trainer = $1 or booked_by = $1 or firm = any($2)) and ends_at <= $3 and ends_at > $4 and not presences @> '[{\"noted\": true}]' " +
        "and (reservations @> '[{\"held\": true}]' or presences <> '[]') order by ends_at, id limit $5";

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await database.Query(
            ResourcesModule.Name,
            Statement.Of(Sessions.Sessions.Table.Select(ToNote), caller.Person.Value, caller.ScopesOf(ScopeKind.Firm, Role.Manager).ToArray(), now, now - NoteAttendance.Open, Most),
            Sessions.Sessions.Table.Read, ct);
        return
        [
            .. rows.Where(r => Attendees.MayNote(caller, r)).Select(r => new HomeTask(
                "session-attendance", text["TaskAttendance", r.Title.Or(text["Untitled"])], $"/sessions/{r.Id}#attendance",
                DateOnly.FromDateTime((r.EndsAt + NoteAttendance.Open).UtcDateTime))),
        ];
    }
}
