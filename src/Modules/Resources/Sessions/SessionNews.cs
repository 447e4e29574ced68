using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Resources;
using ClusterNet.Resources.Terms;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Resources.Sessions;

/// <summary>Tells whom a session concerns that it is near, moved or was cancelled, and who moved up from the waiting list. Titles are somebody's words and are read there.</summary>
internal sealed class SessionNews(INotices notices, Streams<Session, SessionEvent> sessions, IRoles roles, TimeProvider clock) : News<SessionEvent>(notices, clock)
{
    public override string Name => "notices/sessions";

    public override string Module => ResourcesModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "session-moved", "session-cancelled", "session-promoted", "session-offered", "session-lapsed", "session-near" })
            services.AddNoticeKind(new(kind, "resources", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<SessionNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<SessionEvent> recorded, CancellationToken ct)
    {
        if (recorded.Fact is not (SessionMoved or SessionCancelled or SessionSeatsPromoted or SessionSeatsOffered or SessionSeatsLapsed or SessionReminded)) return [];
        if ((await sessions.Load(recorded.Stream, new AsOf.Version(recorded.Version - 1), ct)).State is not Session.Booked before) return [];
        return recorded.Fact switch
        {
            SessionMoved e => ToAll([.. await Concerned(before.Reservations, ct), .. Trainer(before)], e.By, p => Tell(p, "session-moved", recorded)),
            SessionCancelled e => ToAll([.. await Concerned(before.Reservations, ct), .. Trainer(before)], e.By, p => Tell(p, "session-cancelled", recorded)),
            SessionSeatsPromoted e => ToAll(
                await Concerned(before.Reservations.Where(r => r.Id == e.Reservation), ct), null, p => Tell(p, "session-promoted", recorded)),
            // Until when they have to say yes stands in the notice: whoever reads it late knows at once.
            SessionSeatsOffered e => ToAll(await Asking(before, e.Reservation, ct), null, p => Tell(p, "session-offered", recorded) with { Subject = string.Create(CultureInfo.InvariantCulture, $"{e.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC") }),
            SessionSeatsLapsed e => ToAll(await Asking(before, e.Reservation, ct), null, p => Tell(p, "session-lapsed", recorded)),
            SessionReminded => ToAll(
                [.. await Concerned(before.Reservations.Where(r => r.Held), ct), .. Trainer(before)], null, p => Tell(p, "session-near", recorded)),
            _ => [],
        };
    }

    private static Notice Tell(Id<Person> person, string kind, Recorded<SessionEvent> recorded) => new(person, kind, recorded.Id, $"/sessions/{recorded.Stream}");

    /// <summary>Those who can accept: the firm's managers.</summary>
    private Task<IReadOnlyList<Id<Person>>> Asking(Session.Booked session, Id<Reservation> reservation, CancellationToken ct) =>
        roles.Holders(Role.Manager, RoleScope.Firm(session.Reservations.First(r => r.Id == reservation).Firm), ct);

    private static IEnumerable<Id<Person>> Trainer(Session.Booked session) => session.Trainer is { } trainer ? [trainer] : [];

    /// <summary>Those who will come; for seats that nobody was named for yet, the firm's managers.</summary>
    private async Task<IEnumerable<Id<Person>>> Concerned(IEnumerable<Reservation> reservations, CancellationToken ct)
    {
        var people = new List<Id<Person>>();
        foreach (var reservation in reservations)
        {
            people.AddRange(reservation.People);
            if (reservation.People.Count < reservation.Count) people.AddRange(await roles.Holders(Role.Manager, RoleScope.Firm(reservation.Firm), ct));
        }

        return people;
    }
}
