using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

internal sealed record ContributeResource(
    Id<Cluster> Cluster, Id<Firm> Firm, ResourceKind Kind, string Name, int? Capacity, string Unit, long? AmountCents,
    Availability Availability, Id<Person> By, DateTimeOffset Now) : ICommand<Resource, ResourceEvent>
{
    public static readonly Refusal NameTaken = new(
        "resource-exists",
        "The firm has a resource of this kind and name in the pool already. Give this one a name of its own, or withdraw the other.");

    public Decision<ResourceEvent> Decide(Resource state) => state is Resource.Absent
        ? new ResourceContributed(Cluster, Firm, Kind, Name, Capacity, Unit, AmountCents, Availability.Text, Availability.TimeZone, By, Now)
        : Decision<ResourceEvent>.Nothing;
}

internal static class ContributeResourceEndpoint
{
    internal const int MaxCapacity = 10_000;
    internal const long MaxCents = 100_000_000_00;

    /// <param name="Capacity">Whole units, such as seats of a room; not for money.</param>
    /// <param name="AmountCents">Euro cents; for money only.</param>
    /// <param name="Available">Weekly hours in <paramref name="TimeZone"/>.</param>
    internal sealed record Body(
        Id<Firm> Firm, ResourceKind Kind, string Name, string Unit, string TimeZone, int? Capacity = null, long? AmountCents = null,
        string Available = WeeklyHours.Always) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("name", Name, 1, 200);
            faults.Text("unit", Unit, 1, 40);
            faults.Whole("capacity", Capacity, 1, MaxCapacity);
            faults.Whole("amountCents", AmountCents, 1, MaxCents);
            faults.Check(
                Kind == ResourceKind.Money == Capacity is null, "capacity", "capacity",
                "Say how many units there are; leave it out for money.");
            faults.Check(
                Kind == ResourceKind.Money == AmountCents is not null, "amountCents", "amount",
                "Name euro cents for money; leave it out for all else.");
            faults.Check(WeeklyHours.TryParse(Available) is not null, "available", "malformed-hours", WeeklyHours.Expected);
            faults.Check(
                Availability.FindZone(TimeZone) is not null, "timeZone", "unknown-time-zone",
                "Name an IANA time zone such as Europe/Berlin.");
        }
    }

    internal static void MapContributeResource(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/resources", Handle)
            .WithName(nameof(ContributeResource))
            .WithSummary("Contribute a resource of a firm to the cluster's pool")
            .WithExample(new Body(
                new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), ResourceKind.Room, "Training room", "seats", "Europe/Berlin", 20,
                Available: "Mon-Fri 08:00-18:00"))
            .SignedInMayCall("a manager of the firm, which must be admitted to the cluster, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, Streams<Resource, ResourceEvent> resources, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayActFor(caller, cluster, body.Firm, ct) is { } refusal) return Problems.From(refusal);
        var id = Id<Resource>.New(clock);
        var command = new ContributeResource(
            cluster, body.Firm, body.Kind, body.Name.Trim(), body.Capacity, body.Unit.Trim(), body.AmountCents,
            new(body.Available.Trim(), body.TimeZone), caller.Person, clock.GetUtcNow());
        return await commands.Run(
            resources, id.Value, command, Reply.Created($"/api/v1/resources/resources/{id}", id), ct,
            onGuard: _ => Task.FromResult(ContributeResource.NameTaken));
    }
}
