using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Terms;

namespace ClusterNet.Resources.Sessions;

[JsonConverter(typeof(WireNameConverter<SeatStanding>))]
internal enum SeatStanding
{
    [JsonStringEnumMemberName("held")]
    Held,

    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>Kept for whoever moved up, until they accept or their time is over.</summary>
    [JsonStringEnumMemberName("offered")]
    Offered,
}

/// <summary>A session as a cluster's members see it.</summary>
/// <param name="Waiting">Seats that firms wait for.</param>
/// <param name="JoinLink">Only for those who take part: people with a seat, managers of a firm that has one, the trainer and the organisers; null for others.</param>
internal sealed record SessionView(
    Id<Session> Id, Id<Cluster> Cluster, Id<Firm> Firm, SessionKind Kind, Personal<string> Title, DateTimeOffset Start, DateTimeOffset End,
    SessionStanding Standing, Personal<string>? CancelReason, int SeatCount, int SeatsFree, int Waiting, DateTimeOffset CancelUntil,
    Id<Person>? Trainer, IReadOnlyList<SessionView.UseView> Resources, IReadOnlyList<SessionView.SeatsView> Seats, Id<Person> BookedBy,
    DateTimeOffset BookedAt, Personal<string> Agenda, IReadOnlyList<string> SkillUris, Personal<string> Place, Personal<string>? JoinLink, int? SeatsPerFirm,
    long Version)
{
    /// <summary>What firms have to approve, in order of asking; null for what was booked at once.</summary>
    public RequestView? Request { get; init; }

    public Id<SessionSeries>? Series { get; init; }

    /// <summary>Which firm asked for seats when, what it got and why; only where one session is shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SeatClaim>? SeatOrder { get; init; }

    public SeatTerms Terms { get; init; } = SeatTerms.None;

    internal sealed record UseView(Id<Resource> Resource, int Units);

    /// <param name="People">Only for the firm itself and the coordinator; null for others.</param>
    internal sealed record SeatsView(
        Id<Reservation> Reservation, Id<Firm> Firm, int Count, SeatStanding Standing, IReadOnlyList<Id<Person>>? People)
    {
        /// <summary>Until when offered seats can be accepted.</summary>
        public DateTimeOffset? OfferedUntil { get; init; }
    }

    /// <param name="now">As it is now, where <paramref name="row"/> is how it was: whoever takes part no more gets no link.</param>
    public static SessionView Of(SessionRow row, Caller caller, SessionRow? now = null)
    {
        return new(
            row.Id, row.Cluster, row.Firm, row.Kind, row.Title, row.StartsAt, row.EndsAt, row.Standing,
            row.Standing == SessionStanding.Cancelled ? row.CancelReason : (Personal<string>?)null, row.SeatCount, row.SeatsFree,
            row.Reservations.Where(r => r.Waits).Sum(r => r.Count), row.CancelUntil, row.Trainer,
            [.. row.Wants.Select(w => new UseView(w.Resource, w.Units))],
            [.. row.Reservations.Select(r => SeatsOf(r, row.Cluster, caller))],
            row.BookedBy, row.BookedAt, row.Agenda, row.SkillUris, row.Place, TakesPart(now ?? row, caller) ? row.JoinLink : (Personal<string>?)null, row.SeatsPerFirm,
            row.Version)
        {
            Request = RequestView.Of(row),
            Series = row.Series,
            Terms = row.Terms,
        };
    }

    private static SeatsView SeatsOf(Reservation r, Id<Cluster> cluster, Caller caller) => new(
        r.Id, r.Firm, r.Count, r.Held ? SeatStanding.Held : r.Waits ? SeatStanding.Waiting : SeatStanding.Offered,
        SeesPeople(caller, cluster, r.Firm) ? r.People : null)
    {
        OfferedUntil = r.OfferedUntil,
    };

    /// <summary>Whoever has to get in: with a seat, for a firm that has one, or in charge of it.</summary>
    public static bool TakesPart(SessionRow row, Caller caller) =>
        ClusterNet.Resources.Standing.IsFor(caller, row.Cluster, row.Firm) || row.Trainer == caller.Person
        || row.Reservations.Any(r => r.Held && (r.People.Contains(caller.Person) || ClusterNet.Resources.Standing.IsFor(caller, row.Cluster, r.Firm)));

    /// <summary>Who comes from a firm is the business of those who work there, and of the coordinator.</summary>
    public static bool SeesPeople(Caller caller, Id<Cluster> cluster, Id<Firm> firm) =>
        ClusterNet.Resources.Standing.IsFor(caller, cluster, firm) || caller.Firms.Contains(firm.Value);
}
