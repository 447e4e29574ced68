using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Leaving;
using ClusterNet.Resources.Terms;

namespace ClusterNet.Resources.Sessions;

[JsonConverter(typeof(WireNameConverter<SessionStanding>))]
internal enum SessionStanding
{
    [JsonStringEnumMemberName("booked")]
    Booked,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <param name="Reservations">In order of asking.</param>
/// <param name="Presences">Who was there, and who was not.</param>
/// <param name="CheckInsCounted">Those who checked in have been counted.</param>
internal sealed record SessionRow(
    Id<Session> Id, Id<Cluster> Cluster, Id<Firm> Firm, SessionKind Kind, Personal<string> Title, DateTimeOffset StartsAt,
    DateTimeOffset EndsAt, int SeatCount, DateTimeOffset CancelUntil, Id<Person>? Trainer, ValueList<Use> Uses,
    ValueList<Reservation> Reservations,
    SessionStanding Standing,
    Personal<string> CancelReason, Id<Person> BookedBy, DateTimeOffset BookedAt, Personal<string> Agenda, string[] SkillUris,
    Personal<string> Place, Personal<string> JoinLink, int? SeatsPerFirm,
    ValueList<Presence> Presences, bool CheckInsCounted, bool Reminded, SeatTerms Terms, ValueList<NoShowCharge> NoShowCharges, long Version)
{
    /// <summary>Somebody has said who came.</summary>
    public bool AttendanceIsNoted => CheckInsCounted || Presences.Any(p => p.Noted);

    public int SeatsFree => SeatCount - Reservations.Where(r => !r.Waits).Sum(r => r.Count);
}

/// <summary>All sessions.</summary>
internal sealed class Sessions() : InlineProjection<SessionEvent, SessionRow>(ResourcesModule.Name, Table)
{
    public static readonly Table<SessionRow> Table = new(ResourcesModule.Name, "sessions", nameof(SessionRow.Id))
    {
        Indexes = ["(cluster, starts_at, id)", "using gin (presences jsonb_path_ops)"],
    };

    /// <summary>The row as a stream's facts so far give it: for reads of the past.</summary>
    public static SessionRow? Of(IReadOnlyList<Recorded> facts)
    {
        IInlineProjection projection = new Sessions();
        return facts.Aggregate((IReadOnlyList<object>)[], projection.Apply).Cast<SessionRow>().SingleOrDefault();
    }

    protected override SessionRow? Apply(SessionRow? row, Recorded<SessionEvent> recorded)
    {
        if (recorded.Fact is SessionBooked e)
        {
            return new(
                new(recorded.Stream), e.Cluster, e.Firm, e.Kind, e.Title, e.StartsAt, e.EndsAt, e.SeatCount, e.CancelUntil, e.Trainer,
                e.Uses, [],
                SessionStanding.Booked, default, e.By, e.At, "", [], "", "", null,
                [], false, false, SeatTerms.None, [], recorded.Version);
        }

        return row is null ? null : Changed(row, recorded.Fact) with { Version = recorded.Version };
    }

    private static SessionRow Changed(SessionRow row, SessionEvent fact) => fact switch
    {
        SessionMoved e => row with { StartsAt = e.StartsAt, EndsAt = e.EndsAt, CancelUntil = e.CancelUntil, Uses = e.Uses, Presences = [], Reminded = false },
        SessionDescribed e => row with { Agenda = e.Agenda, SkillUris = [.. e.SkillUris], Place = e.Place, JoinLink = e.JoinLink, SeatsPerFirm = e.SeatsPerFirm },
        SessionCancelled e => row with { Standing = SessionStanding.Cancelled, CancelReason = e.Reason },
        SessionSeatsReserved e => row with { Reservations = [.. row.Reservations, new(e.Reservation, e.Firm, e.Count, e.People, true)] },
        SessionSeatsWaitlisted e => row with { Reservations = [.. row.Reservations, new(e.Reservation, e.Firm, e.Count, e.People, false)] },
        SessionSeatsPromoted e =>
            row with { Reservations = [.. row.Reservations.Select(r => r.Id == e.Reservation ? r with { Held = true } : r)] },
        SessionSeatsCancelled e => row with { Reservations = [.. row.Reservations.Where(r => r.Id != e.Reservation)] },
        SessionSeatsNamed e => row with { Reservations = e.On(row.Reservations) },
        SessionAttendanceNoted e => row with { Presences = row.Presences.With(e) },
        SessionCheckedIn e => row with { Presences = row.Presences.With(e, Attending.Presences.Full(row.StartsAt, row.EndsAt)) },
        SessionCheckInsCounted => row with { CheckInsCounted = true },
        SessionReminded => row with { Reminded = true },
        SessionTakenOver e => row with { Firm = e.Firm },
        SessionNoShowsCharged e => row with { NoShowCharges = [.. row.NoShowCharges, .. e.Charges] },
        SessionTermsSet e => row with { Terms = e.Terms },
        _ => row with { Reservations = row.Reservations.After(fact) },
    };
}
