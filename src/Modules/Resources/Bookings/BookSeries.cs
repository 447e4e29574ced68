using System.Globalization;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Bookings;

/// <summary>A date of a series as the pool meets it.</summary>
/// <param name="Command">Books it.</param>
/// <param name="Refusal">Why it cannot be had; null when it can.</param>
internal sealed record PlannedDate(SeriesDate Date, BookSession Command, Refusal? Refusal)
{
    public Id<Session> Session => Command.Request.Session;

    public DateView View() => new(Date.Day, Date.Slot.Start, Date.Slot.End, Date.Clock, Refusal?.Code, Refusal?.Text, Refusal?.Details);
}

/// <summary>A date of a series as answers show it.</summary>
/// <param name="Code">Why it cannot be had; null when it can.</param>
/// <param name="Why">What is in the way.</param>
internal sealed record DateView(
    DateOnly Day, DateTimeOffset Start, DateTimeOffset End, ClockChange Clock, string? Code, string? Detail, IReadOnlyDictionary<string, object?>? Why);

/// <summary>All dates of a series, each decided on what is booked.</summary>
internal sealed record SeriesPlan(Id<SessionSeries> Series, IReadOnlyList<PlannedDate> Dates)
{
    public static readonly Refusal Conflicts = new(
        "series-conflicts", "Some dates cannot be had; dates says which and why. Choose others, or send skipConflicts: true to book the series without them.");

    public static readonly Refusal NothingFree = new("series-nothing-free", "None of the dates can be had; dates says why. Choose another time or other resources.");

    public static readonly Refusal TooLong = new(
        "series-too-long", $"A series has {Recurrence.MostDates} dates at most, within {Recurrence.MostYears} years. Choose an earlier last day or fewer dates.", 422);

    public static readonly Refusal Overlaps = new(
        "series-overlaps", "Its dates overlap each other, with the time that the resources need around them. Make them shorter, or rarer.", 422);

    public IEnumerable<PlannedDate> Free => Dates.Where(d => d.Refusal is null);

    public IEnumerable<PlannedDate> Taken => Dates.Where(d => d.Refusal is not null);

    /// <summary>Why it is not booked like that.</summary>
    public Refusal? Refuse(bool skipConflicts)
    {
        // What no other day would change is said as for one session.
        if (Dates[0].Refusal is { } wrong && !Timetable.HasAlternatives(wrong)) return wrong;
        IReadOnlyList<DateView> taken = [.. Taken.Select(t => t.View())];
        if (!Free.Any()) return NothingFree.With("dates", taken);
        return taken.Count > 0 && !skipConflicts ? Conflicts.With("dates", taken).With("free", Free.Count()) : null;
    }
}

/// <summary>Plans series and books them in one transaction.</summary>
internal sealed class SeriesDates(Timetables timetables, Streams<PoolTerms, PoolTermsEvent> terms, TimeProvider clock)
{
    /// <summary>What would be booked now; or why there is no such series at all.</summary>
    public (Request? Whole, IReadOnlyList<SeriesDate> Dates, Refusal? Refusal) Dates(Id<Cluster> cluster, BookSeriesEndpoint.Body body, PoolRow first, IReadOnlyList<PoolRow> resources)
    {
        if (body.Repeat.IsTooLong()) return (null, [], SeriesPlan.TooLong);
        var zone = first.Availability.Zone;
        var dates = body.Repeat.Days().Select(day => SeriesDate.Of(day, body.Begin() ?? TimeOnly.MinValue, body.Minutes, zone)).ToList();
        if (dates.Count == 0) return (null, [], SeriesPlan.TooLong);
        if (dates[0].Slot.Start <= clock.GetUtcNow()) return (null, [], BookSession.InThePast);
        var around = TimeSpan.FromMinutes(resources.Max(r => r.BufferBefore + r.BufferAfter));
        if (dates.Zip(dates.Skip(1), (one, next) => one.Slot.End + around > next.Slot.Start).Any(overlaps => overlaps)) return (null, [], SeriesPlan.Overlaps);
        var whole = new Request(
            Id<Session>.New(clock), cluster, [.. body.Resources.Select(r => new Wanted(r.Resource, r.Units))], new(dates[0].Slot.Start, dates[^1].Slot.End), body.Trainer);
        return (whole, dates, null);
    }

    /// <param name="timetable">Of the whole time from the first date to the last.</param>
    public async Task<SeriesPlan> Plan(
        Request whole, IReadOnlyList<SeriesDate> dates, Timetable timetable, BookSeriesEndpoint.Body body, Id<SessionSeries> series, Id<Person> by, CancellationToken ct)
    {
        var (busy, usual, now) = (await timetables.Busy(whole, whole.Slot, ct), (await terms.Load(PoolTerms.IdOf(whole.Cluster), ct)).State.Terms, clock.GetUtcNow());
        return new(series, [.. dates.Select(date => Planned(date))]);

        PlannedDate Planned(SeriesDate date)
        {
            var slot = date.Slot;
            var request = whole with { Session = Id<Session>.New(clock), Slot = slot };
            var there = timetable.Near(slot, busy);
            var command = new BookSession(request, there, body.Firm, body.Kind, body.Title.Trim(), body.SeatCount, slot.Start.AddHours(-body.CancelHours), by, now)
            {
                Series = series,
                Terms = usual,
            };
            return new(date, command, command.Decide(Session.Initial).Refusal);
        }
    }
}

internal static class BookSeriesEndpoint
{
    private const int MostMinutes = 24 * 60, MostCancelHours = 31 * 24;

    /// <param name="From">When each date begins, such as 14:00, on the clocks of the first resource's place.</param>
    /// <param name="CancelHours">How many hours before the start of each date seats can be given back.</param>
    /// <param name="SkipConflicts">Books the dates that can be had and leaves the others out.</param>
    internal sealed record Body(
        Id<Firm> Firm, SessionKind Kind, string Title, string From, int Minutes, Recurrence Repeat, int SeatCount,
        IReadOnlyList<BookSessionEndpoint.ResourceBody> Resources, Id<Person>? Trainer = null, int CancelHours = 24, bool SkipConflicts = false) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("title", Title, 1, 200);
            BookSessionEndpoint.Body.ValidateSeats(faults, Kind, SeatCount);
            faults.Check(Begin() is not null, "from", "clock-expected", "Write a time on the clock such as 14:00.");
            faults.Whole("minutes", Minutes, 15, MostMinutes);
            faults.Whole("cancelHours", CancelHours, 0, MostCancelHours);
            Repeat.Validate(faults.In("repeat"));
            BookSessionEndpoint.Body.ValidateResources(faults, Resources);
        }

        internal TimeOnly? Begin() => TimeOnly.TryParseExact(From, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    /// <summary>What would be booked, and what would be in the way.</summary>
    internal sealed record Preview(int Free, IReadOnlyList<DateView> Dates);

    internal static void MapBookSeries(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/series", Handle)
            .WithName("BookSeries")
            .WithSummary("Book the same session on several days, all of them or none; skipConflicts leaves out those that cannot be had; a dry run only says which these are")
            .WithDescription(
                "It is at the same time on the clocks of the first resource's place each day, and as long each time, when daylight saving begins and ends too. " +
                "clock says so where that time does not exist (it begins an hour later), comes twice (it begins at the first), or the clocks change meanwhile.")
            .WithExample(new Body(
                new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), SessionKind.Course, "Welding, level 1", "14:00", 120,
                new(new(2027, 3, 2), Rhythm.Weekly, 2, [Weekday.Tuesday], Count: 8), 12, [new(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e61")))]))
            .SignedInMayCall("a manager of the organising firm, which must be admitted to the cluster, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, PoolQueries pool, SeriesDates series, Timetables timetables, Streams<Session, SessionEvent> sessions,
        Commands commands, TimeProvider clock, CancellationToken ct, bool dryRun = false)
    {
        if (await standing.MayActFor(caller, cluster, body.Firm, ct) is { } refusal) return Problems.From(refusal);
        if (body.Trainer is { } trainer && !await standing.WorksInCluster(trainer, cluster, ct)) return Problems.From(BookSessionEndpoint.TrainerUnknown);
        var resources = await pool.All(cluster, body.Resources.Select(r => r.Resource), ct);
        if (body.Resources.Where(r => !resources.ContainsKey(r.Resource)).Select(r => r.Resource).ToList() is { Count: > 0 } unknown)
            return Problems.From(Timetable.ResourceUnknown.With("resources", unknown));
        var (whole, dates, wrong) = series.Dates(cluster, body, resources[body.Resources[0].Resource], [.. resources.Values]);
        if (whole is null) return Problems.From(wrong ?? SeriesPlan.TooLong);
        var id = Id<SessionSeries>.New(clock);
        return await timetables.Settle(whole, Attempt, ct);

        async Task<(IResult, bool)> Attempt(Timetable timetable)
        {
            var plan = await series.Plan(whole, dates, timetable, body, id, caller.Person, ct);
            if (dryRun) return (Results.Ok(new Preview(plan.Free.Count(), [.. plan.Dates.Select(d => d.View())])), false);
            if (plan.Refuse(body.SkipConflicts) is { } conflicts) return (Problems.From(conflicts), false);
            var (first, lost) = (plan.Free.First(), false);
            var result = await commands.Run(
                sessions, first.Session.Value, first.Command, Reply.Created($"/api/v1/resources/series/{id}", id, Told(plan)), ct,
                onGuard: _ => Task.FromResult(BookSessionEndpoint.Lost(out lost)),
                also: _ => sessions.Prepare(plan.Free.Skip(1).Select(date => (date.Session.Value, (ICommand<Session, SessionEvent>)date.Command)), ct));
            return (result, lost);
        }
    }

    private static (string, JsonNode?)[] Told(SeriesPlan plan) =>
    [
        ("sessions", new JsonArray([.. plan.Free.Select(d => (JsonNode)new JsonObject { ["id"] = d.Session.ToString(), ["start"] = Iso(d), ["clock"] = WireNames.Of(d.Date.Clock) })])),
        ("leftOut", new JsonArray([.. plan.Taken.Select(d => (JsonNode)new JsonObject { ["start"] = Iso(d), ["code"] = d.Refusal?.Code })])),
    ];

    private static string Iso(PlannedDate date) => date.Date.Slot.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
