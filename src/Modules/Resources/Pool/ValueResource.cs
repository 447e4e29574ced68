using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <param name="HourlyCents">What an hour of one unit is worth, in euro cents.</param>
/// <param name="HoursAYear">For how many hours a year the firm gives it.</param>
internal sealed record ValueResource(long HourlyCents, int HoursAYear, Id<Person> By, DateTimeOffset Now) : ICommand<Resource, ResourceEvent>
{
    public static readonly Refusal MoneyIsWorthItself = new("money-has-no-rate", "Money is worth what it is. Only what is used by the hour has a value by the hour.", 422);

    public Decision<ResourceEvent> Decide(Resource state) => state switch
    {
        Resource.Pooled { Kind: ResourceKind.Money } => MoneyIsWorthItself,
        Resource.Pooled p when p.HourlyCents == HourlyCents && p.HoursAYear == HoursAYear => Decision<ResourceEvent>.Nothing,
        Resource.Pooled => new ResourceValued(HourlyCents, HoursAYear, By, Now),
        Resource.Withdrawn => Timetable.Withdrawn,
        _ => Timetable.ResourceUnknown,
    };
}

internal static class ValueResourceEndpoint
{
    internal const int MostCents = 1_000_000_00;
    private const int HoursOfAYear = 8_784; // a leap year's

    /// <param name="HoursAYear">What counts as the firm's contribution under the rule of the pool.</param>
    internal sealed record Body(long HourlyCents, int HoursAYear = 0) : IValidated
    {
        public void Validate(Faults faults) => faults.Whole("hourlyCents", HourlyCents, 0, MostCents).Whole("hoursAYear", HoursAYear, 0, HoursOfAYear);
    }

    internal static void MapValueResource(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/resources/resources/{id}/value", Handle)
            .WithName(nameof(ValueResource))
            .WithSummary("Say what an hour of a resource is worth in the pool's books, and for how many hours a year the firm gives it")
            .WithDescription("Euro cents an hour, for each unit of licences and seats. Sessions count with the value that was in force when they were booked.")
            .WithExample(new Body(4_500, 120))
            .SignedInMayCall("the coordinator of the cluster");

    internal static async Task<IResult> Handle(
        Id<Resource> id, Body body, Caller caller, Standing standing, PoolQueries pool, Streams<Resource, ResourceEvent> resources, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        if (await standing.MayKeepBooks(caller, resource.Cluster, ct) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            resources, id.Value, new ValueResource(body.HourlyCents, body.HoursAYear, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/resources/{id}", id), ct);
    }
}
