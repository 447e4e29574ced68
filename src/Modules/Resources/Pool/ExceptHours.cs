using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <param name="Lying">What lies on the resource on those days.</param>
internal sealed record ExceptHours(HoursException Exception, IReadOnlyList<Occupied> Lying, Id<Person> By, DateTimeOffset Now) : ICommand<Resource, ResourceEvent>
{
    public static readonly Refusal DaysTaken = new(
        "hours-excepted", "Some of these days have other hours already; exceptions names them. Undo that first, or leave these days out.");

    public static readonly Refusal DaysOver = new("days-over", "Only days to come can have other hours. Begin with today or a later day.", 422);

    public static readonly Refusal InUse = new(
        "hours-booked", "Sessions lie in hours in which the resource would be closed; bookings names them. Have them moved or cancelled first.");

    public static readonly Refusal Unknown = new("exception-unknown", "The resource has no such days with other hours. Read the resource again.", 404);

    public Decision<ResourceEvent> Decide(Resource state) => state switch
    {
        Resource.Pooled p => Decide(p.Availability),
        Resource.Withdrawn => Timetable.Withdrawn,
        _ => Timetable.ResourceUnknown,
    };

    private Decision<ResourceEvent> Decide(Availability before)
    {
        if (before.Exceptions.Contains(Exception)) return Decision<ResourceEvent>.Nothing;
        if (Exception.From < before.Day(Now)) return DaysOver;
        if (before.Exceptions.Where(Exception.Meets).ToList() is { Count: > 0 } taken) return DaysTaken.With("exceptions", taken);
        var after = before.Except(Exception);
        if (Spoilt(after, Lying) is { Count: > 0 } booked) return InUse.With("bookings", booked);
        var closed = after.Closed(after.Days(Exception.From, Exception.To));
        return new ResourceHoursExcepted(Exception.Id, Exception.From, Exception.To, Exception.Open, Exception.Cause, [.. closed], By, Now);
    }

    /// <summary>The sessions that would not lie in open hours.</summary>
    internal static IReadOnlyList<BookedSession> Spoilt(Availability after, IReadOnlyList<Occupied> lying) =>
        [.. lying.Where(o => !after.Covers(o.During)).Select(o => o.By).DistinctBy(b => b.Id)];
}

/// <param name="Lying">What lies on the resource on its days.</param>
internal sealed record RestoreHours(Id<HoursException> Exception, IReadOnlyList<Occupied> Lying, Id<Person> By, DateTimeOffset Now) : ICommand<Resource, ResourceEvent>
{
    public Decision<ResourceEvent> Decide(Resource state) => state switch
    {
        Resource.Pooled p when p.Availability.Exceptions.All(e => e.Id != Exception) => ExceptHours.Unknown,
        Resource.Pooled p when ExceptHours.Spoilt(p.Availability.Restore(Exception), Lying) is { Count: > 0 } booked => ExceptHours.InUse.With("bookings", booked),
        Resource.Pooled => new ResourceHoursRestored(Exception, By, Now),
        Resource.Withdrawn => Timetable.Withdrawn,
        _ => Timetable.ResourceUnknown,
    };
}

internal static class ExceptHoursEndpoint
{
    private const int MostDays = 92;
    private static readonly DateOnly First = new(2000, 1, 1), Last = new(8999, 12, 31);

    /// <param name="To">The last day; at most 92 days in one.</param>
    /// <param name="Open">Hours of each day, such as 09:00-12:00; left out when it is closed.</param>
    internal sealed record Body(DateOnly From, DateOnly To, ExceptionCause Cause, string? Open = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Day("from", From, First, Last).Day("to", To, First, Last);
            faults.Check(From <= To, "to", "ends-before-start", "The last day comes after the first, or is the same.");
            faults.Check(To.DayNumber - From.DayNumber < MostDays, "to", "too-long", "Name 92 days at most; enter a longer time as several.");
            faults.OptionalText("open", Open, 200);
            faults.Check(Open is null || WeeklyHours.TryParseDay(Open) is not null, "open", "malformed-hours", WeeklyHours.DayExpected);
        }
    }

    internal static void MapExceptHours(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/resources/{id}/exceptions", Except)
            .WithName(nameof(ExceptHours))
            .WithSummary("Close a resource for some days, or give them other hours than the week says; refused where a session lies in what would be closed")
            .WithExample(new Body(new(2027, 12, 24), new(2027, 12, 31), ExceptionCause.Holiday))
            .SignedInMayCall("a manager of the firm that contributed it, or the cluster's coordinator");
        routes.MapPost("/resources/resources/{id}/exceptions/{exception}/removal", Restore)
            .WithName(nameof(RestoreHours))
            .WithSummary("Undo days with other hours: they have the hours of the week again")
            .SignedInMayCall("a manager of the firm that contributed it, or the cluster's coordinator");
    }

    internal static async Task<IResult> Except(
        Id<Resource> id, Body body, Caller caller, PoolQueries pool, Timetables timetables, Streams<Resource, ResourceEvent> resources, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        if (!Standing.IsFor(caller, resource.Cluster, resource.Firm)) return Problems.From(Standing.NotForFirm);
        var exception = new HoursException(Id<HoursException>.New(clock), body.From, body.To, body.Open?.Trim(), body.Cause);
        return await commands.Run(
            resources, id.Value, new ExceptHours(exception, await LyingOn(), caller.Person, clock.GetUtcNow()),
            Reply.Created($"/api/v1/resources/resources/{id}", exception.Id), ct,
            onGuard: async _ => ExceptHours.InUse.With("bookings", ExceptHours.Spoilt(resource.Availability.Except(exception), await LyingOn())));

        Task<IReadOnlyList<Occupied>> LyingOn() => timetables.LiesOn(id, resource.Availability.Days(body.From, body.To), ct);
    }

    internal static async Task<IResult> Restore(
        Id<Resource> id, Id<HoursException> exception, Caller caller, PoolQueries pool, Timetables timetables, Streams<Resource, ResourceEvent> resources, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        if (!Standing.IsFor(caller, resource.Cluster, resource.Firm)) return Problems.From(Standing.NotForFirm);
        if (resource.Exceptions.FirstOrDefault(e => e.Id == exception) is not { } found) return Problems.From(ExceptHours.Unknown);
        var lying = await timetables.LiesOn(id, resource.Availability.Days(found.From, found.To), ct);
        return await commands.Run(
            resources, id.Value, new RestoreHours(exception, lying, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/resources/{id}", id), ct);
    }
}
