using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Terms;

/// <summary>Empty seats were charged: each reservation once, those that were waived in whole or in part too.</summary>
/// <param name="Reason">Why some were waived; empty where none were.</param>
[StoredAs("session_no_shows_charged")]
internal sealed record SessionNoShowsCharged(
    ValueList<NoShowCharge> Charges, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : SessionEvent;

/// <param name="Waived">How many empty seats of a reservation cost nothing.</param>
/// <param name="SeenCents">The total that whoever charges has seen.</param>
internal sealed record ChargeNoShows(IReadOnlyDictionary<Id<Reservation>, int> Waived, string Reason, long SeenCents, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public static readonly Refusal NotOver = new("session-not-over", "The session has not ended. Charge empty seats when it has.");

    public static readonly Refusal NotNoted = new("attendance-not-noted", "Nobody has noted who came. Note it first, then charge the seats that stayed empty.");

    public static readonly Refusal NoFee = new("no-no-show-fee", "The session's terms have no fee for empty seats, so none is charged.", 422);

    public static readonly Refusal Changed = new(
        "no-shows-changed", "The fees are others than 'totalCents' by now; 'nowCents' says what they are. Look at them again, then charge them.", 412);

    public static readonly Refusal WaivedTooMuch = new("waived-too-much", "More is waived than stayed empty and is not charged yet. Look at the list again.", 422);

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.EndsAt > Now => NotOver,
        Session.Booked { Terms.NoShowFeeCents: 0 } => NoFee,
        Session.Booked s when s.Presences.All(p => !p.Noted) && !s.CheckInsCounted => NotNoted,
        Session.Booked s => Decide(s),
        _ => Session.WhyNotBooked(state),
    };

    private Decision<SessionEvent> Decide(Session.Booked session)
    {
        var open = session.OpenNoShows().ToDictionary(n => n.Reservation);
        if (open.Count == 0) return Decision<SessionEvent>.Nothing;
        if (Waived.Any(w => !open.TryGetValue(w.Key, out var empty) || w.Value > empty.Count)) return WaivedTooMuch;
        ValueList<NoShowCharge> charges = [.. open.Values.Select(n => Charge(n, session.Terms.NoShowFeeCents))];
        var total = charges.Sum(c => c.FeeCents);
        return total == SeenCents ? new SessionNoShowsCharged(charges, Reason, By, Now) : Changed.With("totalCents", SeenCents).With("nowCents", total);
    }

    private NoShowCharge Charge(NoShow empty, long fee)
    {
        var waived = Waived.GetValueOrDefault(empty.Reservation);
        return new(empty.Reservation, empty.Firm, empty.Count, waived, (empty.Count - waived) * fee);
    }
}

internal static class ChargeNoShowsEndpoint
{
    /// <param name="Absent">Who was named and did not come; only for the firm itself and those in charge.</param>
    /// <param name="TakenBack">The fee was taken back in the books; for the same.</param>
    internal sealed record NoShowView(Id<Reservation> Reservation, Id<Firm> Firm, int Count, IReadOnlyList<Id<Person>>? Absent, int? Waived, long? FeeCents, bool? TakenBack = null);

    /// <param name="Noted">Whether somebody has noted who came: before that, nothing is charged.</param>
    /// <param name="TotalCents">Of those that are not charged yet.</param>
    internal sealed record Answer(Id<Session> Session, bool Noted, long FeeCents, IReadOnlyList<NoShowView> Open, IReadOnlyList<NoShowView> Charged, long TotalCents);

    internal sealed record Waiver(Id<Reservation> Reservation, int Count = 1);

    /// <param name="TotalCents">The sum that one has seen, after what is waived.</param>
    /// <param name="Waive">Empty seats that cost nothing, with the reason.</param>
    internal sealed record Body(long TotalCents, IReadOnlyList<Waiver>? Waive = null, string? Reason = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Whole("totalCents", TotalCents, 0, PayMoneyEndpoint.MaxCents);
            faults.Count("waive", Waive, 0, 1_000);
            faults.Each("waive", Waive, (w, f) => f.Whole("count", w.Count, 1, 1_000));
            faults.Check(Waive is null || Waive.DistinctBy(w => w.Reservation).Count() == Waive.Count, "waive", "repeated", "Name each reservation once.");
            faults.OptionalText("reason", Reason, 500);
            faults.Check(Waive is null or { Count: 0 } || !string.IsNullOrWhiteSpace(Reason), "reason", "required", "Say why seats are waived.");
        }
    }

    internal static void MapChargeNoShows(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resources/sessions/{id}/no-shows", Show)
            .WithName("ListNoShows").WithSummary("Seats that firms held and nobody used, and what was charged for them")
            .Produces<Answer>().SignedInMayCall("who belongs to the cluster");
        routes.MapPost("/resources/sessions/{id}/no-shows/charges", Handle)
            .WithName(nameof(ChargeNoShows)).WithSummary("Charge the fee for seats that stayed empty, each reservation once; single ones can be waived with a reason")
            .WithDescription("What was charged by mistake is taken back by a counter-entry in the pool's books.")
            .WithExample(new Body(3_000))
            .SignedInMayCall("a manager of the organising firm, or the cluster's coordinator");
    }

    private static async Task<IResult> Show(Id<Session> id, Caller caller, SessionDesk desk, Books books, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        var back = await TakenBack(session, books, ct);
        var open = session.OpenNoShows();
        var charges = Standing.IsFor(caller, session.Cluster, session.Firm);
        return Results.Ok(new Answer(
            id, session.AttendanceIsNoted, session.Terms.NoShowFeeCents,
            [.. open.Select(n => new NoShowView(n.Reservation, n.Firm, n.Count, Sees(n.Firm) ? n.Absent : null, null, null))],
            [.. session.NoShowCharges.Select(c => Sees(c.Firm) ? new NoShowView(c.Reservation, c.Firm, c.Count, null, c.Waived, c.FeeCents, back.Contains(c.Reservation)) : new(c.Reservation, c.Firm, c.Count, null, null, null))],
            open.Where(n => Sees(n.Firm)).Sum(n => (long)n.Count) * session.Terms.NoShowFeeCents));

        bool Sees(Id<Firm> firm) => charges || Standing.IsFor(caller, session.Cluster, firm);
    }

    /// <summary>The charges whose fee was taken back in the books.</summary>
    internal static async Task<IReadOnlySet<Id<Reservation>>> TakenBack(SessionRow session, Books books, CancellationToken ct)
    {
        var entries = session.NoShowCharges.ToDictionary(c => EntryOf(session.Id, c.Reservation).Value, c => c.Reservation);
        return (await books.Reversed([.. entries.Keys], ct)).Select(e => entries[e]).ToHashSet();
    }

    private static Id<PoolEntry> EntryOf(Id<Session> session, Id<Reservation> reservation) => new(NamedGuid.Of("no-show", session.ToString(), reservation.ToString()));

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, SessionDesk desk, Standing standing, Books books, Streams<Session, SessionEvent> sessions, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (await standing.MayOrganise(caller, session, ct) is { } refusal) return Problems.From(refusal);
        var command = new ChargeNoShows(
            (body.Waive ?? []).ToDictionary(w => w.Reservation, w => w.Count), (body.Reason ?? "").Trim(), body.TotalCents, caller.Person, clock.GetUtcNow());
        return await commands.Run(
            sessions, id.Value, command, Reply.Changed($"/api/v1/resources/sessions/{id}/no-shows", id), ct, onGuard: _ => Task.FromResult(Books.Contested),
            also: async facts =>
            {
                var entries = new List<Prepared>();
                foreach (var charge in facts.OfType<SessionNoShowsCharged>().SelectMany(f => f.Charges).Where(c => c.FeeCents > 0))
                {
                    var entry = EntryOf(id, charge.Reservation);
                    entries.Add(await books.Prepare(Fees.Of(session, charge.Firm, charge.FeeCents, session.EndsAt, entry), caller.Person, ct));
                }

                return entries;
            });
    }
}
