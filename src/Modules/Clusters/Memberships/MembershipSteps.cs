using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Memberships;

/// <summary>
/// The steps of a membership after the application: five endpoints of one form, for each decision of <c>DecideMembership.cs</c>.
/// </summary>
internal static class MembershipStepsEndpoint
{
    private delegate ICommand<Membership, MembershipEvent> Step(string reason, Id<Person> by, DateTimeOffset now);

    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 2_000);
    }

    internal static void MapMembershipSteps(this IEndpointRouteBuilder routes)
    {
        const string Leave = "departure";
        Map(routes, "admission", "AdmitFirm", "Admit a firm that applied", (r, by, now) => new AdmitFirm(r, DateOnly.FromDateTime(now.UtcDateTime), by, now));
        Map(routes, "rejection", "RejectFirm", "Reject a firm's application", (r, by, now) => new RejectFirm(r, by, now));
        Map(routes, "suspension", "SuspendFirm", "Suspend a membership", (r, by, now) => new SuspendFirm(r, by, now));
        Map(routes, "readmission", "ReadmitFirm", "End a suspension", (r, by, now) => new ReadmitFirm(r, by, now));
        routes.MapPost($"/clusters/{{cluster}}/memberships/{{firm}}/{Leave}", HandleDeparture)
            .WithName(nameof(LeaveCluster)).WithSummary("A firm leaves the cluster, or takes back its application").WithExample(new Body("We closed the plant"))
            .SignedInMayCall("manager of the firm, or the cluster's coordinator");
    }

    private static void Map(IEndpointRouteBuilder routes, string noun, string name, string summary, Step step) =>
        routes.MapPost(
                $"/clusters/{{cluster}}/memberships/{{firm}}/{noun}",
                (Id<Cluster> cluster, Id<Firm> firm, Body body, Caller caller, Streams<Membership, MembershipEvent> memberships, Commands commands,
                    TimeProvider clock, CancellationToken ct) => Run(cluster, firm, step(body.Reason, caller.Person, clock.GetUtcNow()),
                    memberships, commands, ct))
            .WithName(name).WithSummary($"{summary}, with a reason").WithExample(new Body("Decided at the members' meeting of 12 March"))
            .InClusterMayCall("cluster", Role.Coordinator);

    private static Task<IResult> HandleDeparture(
        Id<Cluster> cluster, Id<Firm> firm, Body body, Caller caller, Streams<Membership, MembershipEvent> memberships, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        var allowed = caller.Is(Role.Manager, RoleScope.Firm(firm)) || caller.Is(Role.Coordinator, RoleScope.Cluster(cluster));
        return allowed
            ? Run(cluster, firm, new LeaveCluster(body.Reason, caller.Person, clock.GetUtcNow()), memberships, commands, ct)
            : Task.FromResult<IResult>(Problems.From(Permissions.NotAllowed));
    }

    internal static Task<IResult> Run(
        Id<Cluster> cluster, Id<Firm> firm, ICommand<Membership, MembershipEvent> command, Streams<Membership, MembershipEvent> memberships,
        Commands commands, CancellationToken ct)
    {
        var id = Membership.IdOf(cluster, firm);
        return commands.Run(memberships, id, command, Reply.Changed(MembershipLinks.Of(cluster, firm), new Id<Membership>(id)), ct);
    }
}
