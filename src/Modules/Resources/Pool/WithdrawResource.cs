using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <param name="Booked">Sessions that have not ended and use the resource.</param>
internal sealed record WithdrawResource(
    string Reason, IReadOnlyList<BookedSession> Booked, Id<Person> By, DateTimeOffset Now) : ICommand<Resource, ResourceEvent>
{
    public static readonly Refusal InUse = new(
        "resource-booked",
        "Sessions that have not ended use the resource; bookings names them. Have them moved to another one or cancelled first.");

    public Decision<ResourceEvent> Decide(Resource state) => state switch
    {
        Resource.Pooled when Booked.Count > 0 => InUse.With("bookings", Booked),
        Resource.Pooled => new ResourceWithdrawn(Reason, By, Now),
        Resource.Withdrawn => Decision<ResourceEvent>.Nothing,
        _ => Timetable.ResourceUnknown,
    };
}

internal static class WithdrawResourceEndpoint
{
    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 500);
    }

    internal static void MapWithdrawResource(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/resources/{id}/withdrawal", Handle)
            .WithName(nameof(WithdrawResource))
            .WithSummary("Withdraw a resource from the pool, with a reason; refused while sessions that have not ended use it")
            .WithExample(new Body("The room is being rebuilt"))
            .SignedInMayCall("a manager of the firm that contributed it, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Resource> id, Body body, Caller caller, Standing standing, PoolQueries pool, Timetables timetables,
        Streams<Resource, ResourceEvent> resources,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        if (!Standing.IsFor(caller, resource.Cluster, resource.Firm)) return Problems.From(Standing.NotForFirm);
        var now = clock.GetUtcNow();
        return await commands.Run(
            resources, id.Value, new WithdrawResource(body.Reason.Trim(), await Booked(), caller.Person, now),
            Reply.Changed($"/api/v1/resources/resources/{id}", id), ct,
            onGuard: async _ => WithdrawResource.InUse.With("bookings", await Booked()));

        Task<IReadOnlyList<BookedSession>> Booked() => timetables.BookedOn(id, new(now, DateTimeOffset.MaxValue), ct);
    }
}
