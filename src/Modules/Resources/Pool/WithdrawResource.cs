using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <summary>What becomes of the sessions that lie on a resource when it is withdrawn.</summary>
[JsonConverter(typeof(WireNameConverter<BookingsThen>))]
internal enum BookingsThen
{
    /// <summary>They take place, and the resource is gone after the last of them.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>Those that have not begun are cancelled, with the reason of the withdrawal.</summary>
    [JsonStringEnumMemberName("cancel")]
    Cancel,
}

/// <param name="Booked">Sessions that have not ended and use the resource.</param>
internal sealed record WithdrawResource(
    string Reason, IReadOnlyList<BookedSession> Booked, Id<Person> By, DateTimeOffset Now) : ICommand<Resource, ResourceEvent>
{
    public static readonly Refusal InUse = new(
        "resource-booked",
        "Sessions that have not ended use the resource; bookings names them. Keep them (bookings: keep), and it is gone after the last; cancel them (bookings: cancel); " +
        "or have them moved first.");

    /// <summary>Until when the sessions need it that are kept; null where none are.</summary>
    public DateTimeOffset? KeptUntil { get; init; }

    public Decision<ResourceEvent> Decide(Resource state) => state switch
    {
        Resource.Pooled when Booked.Count > 0 && KeptUntil is null => InUse.With("bookings", Booked),
        Resource.Pooled => new ResourceWithdrawn(Reason, By, Now) { From = KeptUntil },
        Resource.Withdrawn => Decision<ResourceEvent>.Nothing,
        _ => Timetable.ResourceUnknown,
    };
}

internal static class WithdrawResourceEndpoint
{
    private static readonly Refusal OthersSessions = new(
        "bookings-of-others",
        "Other firms organise the sessions that bookings names, so they or the coordinator cancel or move them. Ask them, or keep the sessions (bookings: keep).", 403);

    /// <param name="Bookings">What becomes of sessions that lie on it: keep or cancel. Left out, the withdrawal is refused while there are any.</param>
    internal sealed record Body(string Reason, BookingsThen? Bookings = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 500);
    }

    internal static void MapWithdrawResource(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/resources/{id}/withdrawal", Handle)
            .WithName(nameof(WithdrawResource))
            .WithSummary("Withdraw a resource from the pool, with a reason; sessions that lie on it are kept or cancelled, as one says")
            .WithDescription("Refused while sessions that have not ended use it and nothing is said of them. Kept, they take place and the resource is gone after the last; nobody can book it anew.")
            .WithExample(new Body("The room is being rebuilt", BookingsThen.Keep))
            .SignedInMayCall("a manager of the firm that contributed it, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Resource> id, Body body, Caller caller, PoolQueries pool, Timetables timetables, Streams<Resource, ResourceEvent> resources, Streams<Session, SessionEvent> sessions,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        if (!Standing.IsFor(caller, resource.Cluster, resource.Firm)) return Problems.From(Standing.NotForFirm);
        if (commands.Refuse(resource.Version) is { } stale) return Problems.From(stale);
        var now = clock.GetUtcNow();
        if (body.Bookings == BookingsThen.Cancel && await Cancel() is { } refusal) return Problems.From(refusal);
        var lying = await timetables.LiesOn(id, new(now, DateTimeOffset.MaxValue), ct);
        var command = new WithdrawResource(body.Reason.Trim(), Named(lying), caller.Person, now) { KeptUntil = KeptUntil(lying) };
        return await commands.Run(
            resources, id.Value, command, Reply.Changed($"/api/v1/resources/resources/{id}", id), ct,
            onGuard: async _ => WithdrawResource.InUse.With("bookings", Named(await timetables.LiesOn(id, new(now, DateTimeOffset.MaxValue), ct))));

        // What runs at this moment is not cancelled: it is kept until its end.
        DateTimeOffset? KeptUntil(IReadOnlyList<Occupied> on) =>
            on.Count > 0 && (body.Bookings == BookingsThen.Keep || (body.Bookings == BookingsThen.Cancel && on.All(o => o.By.Start <= now))) ? on.Max(o => o.During.End) : null;

        async Task<Refusal?> Cancel()
        {
            var coming = Named(await timetables.LiesOn(id, new(now, DateTimeOffset.MaxValue), ct)).Where(b => b.Start > now).ToList();
            if (coming.Where(b => !Standing.IsFor(caller, resource.Cluster, b.Firm)).ToList() is { Count: > 0 } others) return OthersSessions.With("bookings", others);
            if (coming.Count == 0) return null;
            var cancel = new CancelSession(body.Reason.Trim(), caller.Person, now);
            // All of them or none.
            var execution = new Execution(commands.Metadata())
            {
                Also = _ => sessions.Prepare(coming.Skip(1).Select(b => (b.Id.Value, (ICommand<Session, SessionEvent>)cancel)), ct),
            };
            return await sessions.Execute(coming[0].Id.Value, cancel, execution, ct) is Outcome.Refused { Refusal: var why } ? why : null;
        }
    }

    /// <summary>Each session once.</summary>
    internal static IReadOnlyList<BookedSession> Named(IReadOnlyList<Occupied> lying) => [.. lying.Select(o => o.By).DistinctBy(b => b.Id)];
}
