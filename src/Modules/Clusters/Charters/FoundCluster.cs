using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Charters;

internal sealed record FoundCluster(
    string Name, string Nuts, IReadOnlyList<string> Sectors, string Charter, string BusinessObjective, Id<Person> Founder,
    DateTimeOffset Now)
    : ICommand<ClusterCharter, ClusterCharterEvent>
{
    public Decision<ClusterCharterEvent> Decide(ClusterCharter state) => state is ClusterCharter.Absent
        ? new ClusterFounded(Name, Nuts, [.. Sectors], Charter, BusinessObjective, Founder, Now)
        : Decision<ClusterCharterEvent>.Nothing;
}

internal static class FoundClusterEndpoint
{
    internal sealed record Body(string Name, string Nuts, IReadOnlyList<string> Sectors, string Charter, string BusinessObjective) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("name", Name);
            faults.Nuts("nuts", Nuts);
            faults.Count("sectors", Sectors, 1, 20);
            faults.Each("sectors", Sectors, (code, entry) => entry.Nace("code", code));
            faults.Text("charter", Charter, 1, 20_000);
            faults.Text("businessObjective", BusinessObjective, 1, 2_000);
        }
    }

    internal static void MapFoundCluster(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters", Handle)
            .WithName(nameof(FoundCluster)).WithSummary("Found a cluster and become its coordinator")
            .WithExample(new Body(
                "Metalworkers of the Lenne valley", "DEA58", ["24", "25.62"],
                "We share trainers and rooms, and tell each other what we learn.",
                "Deliver complete assemblies that none of us could alone"))
            .SignedInMayCall("everybody: who founds a cluster becomes its coordinator");

    internal static Task<IResult> Handle(
        Body body, Caller caller, Streams<ClusterCharter, ClusterCharterEvent> charters, IRoles roles, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        var (id, now) = (Id<Cluster>.New(clock), clock.GetUtcNow());
        var command = new FoundCluster(body.Name.Trim(), body.Nuts, body.Sectors, body.Charter, body.BusinessObjective, caller.Person, now);
        return commands.Run(
            charters, id.Value, command, Reply.Created($"/api/v1/clusters/{id}", id), ct,
            also: async _ => [await roles.PrepareGrant(caller.Person, Role.Coordinator, RoleScope.Cluster(id), null, "Founded the cluster", now, ct)]);
    }
}
