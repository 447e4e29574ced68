using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Terms;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal sealed record BookSession(
    Request Request, Timetable Timetable, Id<Firm> Firm, SessionKind Kind, string Title, int SeatCount, DateTimeOffset? CancelUntil,
    Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public Id<SessionSeries>? Series { get; init; }

    /// <summary>How long before the start seats can be given back, unless the booking says otherwise.</summary>
    public static readonly TimeSpan CancelLead = TimeSpan.FromHours(24);

    public static readonly Refusal InThePast = new("starts-in-the-past", "A session begins in the future. Choose a later start.", 422);

    /// <summary>What the pool's new sessions begin with.</summary>
    public SeatTerms Terms { get; init; } = SeatTerms.None;

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        not Session.Absent => Decision<SessionEvent>.Nothing,
        _ when Request.Slot.Start <= Now => InThePast,
        _ when Timetable.Refuse(Request.Wanted, Request.Slot, SeatCount) is { } refusal => refusal,
        _ when Timetable.OwnersToAsk(Firm) is { Count: > 0 } owners => WithTerms(new SessionRequested(
            Request.Cluster, Firm, Kind, Title, Request.Slot.Start, Request.Slot.End, SeatCount, SeatsBackUntil, Request.Trainer, [.. Request.Wanted], owners, Series, By, Now)),
        _ => WithTerms(new SessionBooked(
            Request.Cluster, Firm, Kind, Title, Request.Slot.Start, Request.Slot.End, SeatCount, SeatsBackUntil,
            Request.Trainer, Timetable.Choose(Request.Wanted, [], Request.Session.Value), By, Now)
        { Series = Series }),
    };

    private DateTimeOffset SeatsBackUntil => CancelUntil ?? Request.Slot.Start - CancelLead;

    private Decision<SessionEvent> WithTerms(SessionEvent booked) => Terms == SeatTerms.None ? booked : Decision<SessionEvent>.Of(booked, new SessionTermsSet(Terms, By, Now));
}

internal static class BookSessionEndpoint
{
    internal static readonly Refusal TrainerUnknown = new(
        "trainer-unknown",
        "The trainer works in no firm of this cluster. Name a person of an admitted firm, or leave the trainer out.", 422);

    /// <param name="Units">For licences and seats: how many of them; all else is used as a whole.</param>
    internal sealed record ResourceBody(Id<Resource> Resource, int Units = 1);

    /// <param name="Firm">The firm that organises the session.</param>
    /// <param name="CancelUntil">Until when firms can give seats back; 24 hours before the start unless told.</param>
    internal sealed record Body(
        Id<Firm> Firm, SessionKind Kind, string Title, DateTimeOffset Start, DateTimeOffset End, int SeatCount,
        IReadOnlyList<ResourceBody> Resources, Id<Person>? Trainer = null, DateTimeOffset? CancelUntil = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("title", Title, 1, 200);
            ValidateSeats(faults, Kind, SeatCount);
            SessionTimes.Validate(faults, Start, End);
            faults.Instant("cancelUntil", CancelUntil, latest: Start);
            ValidateResources(faults, Resources);
        }

        internal static void ValidateSeats(Faults faults, SessionKind kind, int seats)
        {
            if (kind == SessionKind.OwnUse) faults.Check(seats == 0, "seatCount", "no-seats", "What a firm uses for itself has no seats: send 0, or choose another kind.");
            else faults.Whole("seatCount", seats, 1, 1_000);
        }

        internal static void ValidateResources(Faults faults, IReadOnlyList<ResourceBody> resources)
        {
            faults.Count("resources", resources, 1, 20);
            faults.Check(resources.DistinctBy(r => r.Resource).Count() == resources.Count, "resources", "repeated", "Name each resource once, with its units.");
            faults.Each("resources", resources, (r, f) => f.Whole("units", r.Units, 1, ContributeResourceEndpoint.MaxCapacity));
        }
    }

    internal static void MapBookSession(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/sessions", Handle)
            .WithName(nameof(BookSession))
            .WithSummary("Book a session with all the resources that it needs, whole or not at all; own-use is what the firm needs for itself, without seats")
            .WithDescription("Where a resource of another firm is lent on approval, this makes a request (standing says which): it holds nothing until all these firms have approved it.")
            .WithExample(new Body(
                new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), SessionKind.Workshop, "Data protection for small firms",
                new(2027, 3, 9, 13, 0, 0, TimeSpan.Zero), new(2027, 3, 9, 16, 0, 0, TimeSpan.Zero), 12,
                [new(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e61"))),
                    new(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e62")), 5)]))
            .SignedInMayCall("a manager of the organising firm, which must be admitted to the cluster, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, Timetables timetables, AlternativeFinder finder, Streams<Session, SessionEvent> sessions,
        Streams<PoolTerms, PoolTermsEvent> terms, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayActFor(caller, cluster, body.Firm, ct) is { } refusal) return Problems.From(refusal);
        if (body.Trainer is { } trainer && !await standing.WorksInCluster(trainer, cluster, ct)) return Problems.From(TrainerUnknown);
        var (id, now) = (Id<Session>.New(clock), clock.GetUtcNow());
        var request = new Request(
            id, cluster, [.. body.Resources.Select(r => new Wanted(r.Resource, r.Units))],
            new(body.Start.ToUniversalTime(), body.End.ToUniversalTime()), body.Trainer);
        var usual = (await terms.Load(PoolTerms.IdOf(cluster), ct)).State.Terms;
        return await timetables.Settle(request, Attempt, ct);

        async Task<(IResult, bool)> Attempt(Timetable timetable)
        {
            var (lost, requested) = (false, false);
            var command = new BookSession(
                request, await finder.Offer(request, timetable, body.SeatCount, now, ct), body.Firm, body.Kind, body.Title.Trim(), body.SeatCount, body.CancelUntil?.ToUniversalTime(),
                caller.Person, now)
            {
                Terms = usual,
            };
            var result = await commands.Run(
                sessions, id.Value, command, version => Reply.Created($"/api/v1/resources/sessions/{id}", id, ("standing", requested ? "requested" : "booked"))(version), ct,
                onGuard: _ => Task.FromResult(Lost(out lost)),
                also: facts =>
                {
                    requested = facts.Any(f => f is SessionRequested);
                    return Task.FromResult<IReadOnlyList<Prepared>>([]);
                });
            return (result, lost);
        }
    }

    /// <summary>The guard refused: another booking came first.</summary>
    internal static Refusal Lost(out bool lost)
    {
        lost = true;
        return Timetables.Contested;
    }
}

internal static class SessionTimes
{
    /// <summary>Far enough from the last day that there is for the time that a resource needs after its use.</summary>
    private const int Last = 9_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Whole minutes, 15 minutes to 31 days (a placement is the longest session), before the year 9000.</summary>
    public static void Validate(Faults faults, DateTimeOffset start, DateTimeOffset end)
    {
        faults.Range("end", start, end);
        faults.Check(IsWholeMinute(start), "start", "whole-minutes", "Sessions begin on a whole minute.");
        faults.Check(IsWholeMinute(end), "end", "whole-minutes", "Sessions end on a whole minute.");
        faults.Check(end <= start || end - start >= Shortest, "end", "too-short", "A session takes 15 minutes at least.");
        faults.Check(end.Year < Last, "end", "too-late", "No calendar reaches that far. Choose a time before the year 9000.");
        faults.Check(end - start <= Longest, "end", "too-long", "A session takes 31 days at most; book a long course as several sessions.");
    }

    private static bool IsWholeMinute(DateTimeOffset at) => at.UtcTicks % TimeSpan.TicksPerMinute == 0;
}
