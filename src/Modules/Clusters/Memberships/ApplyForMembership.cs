using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Memberships;

internal sealed record ApplyForMembership(Id<Cluster> Cluster, Id<Firm> Firm, string Reason, Id<Person> By, DateTimeOffset Now)
    : ICommand<Membership, MembershipEvent>
{
    public static readonly Refusal IsSuspended = new(
        "membership-suspended",
        "The firm's membership is suspended. Ask the cluster's coordinator to readmit it; a new application would not help.");

    public Decision<MembershipEvent> Decide(Membership state) => state switch
    {
        Membership.Applied or Membership.Admitted => Decision<MembershipEvent>.Nothing,
        Membership.Suspended => IsSuspended,
        _ => new MembershipApplied(Cluster, Firm, By, Reason, Now),
    };
}

internal static class ApplyForMembershipEndpoint
{
    internal sealed record Body(Id<Firm> Firm, string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 2_000);
    }

    internal static void MapApplyForMembership(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/{cluster}/memberships", Handle)
            .WithName(nameof(ApplyForMembership)).WithSummary("Apply for a firm's membership in a cluster, saying why")
            .WithExample(new Body(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e61")), "We want to share training in metal processing"))
            .SignedInMayCall("manager of the firm that applies");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, FirmQueries firms, IFirmDirectory directory,
        Streams<Membership, MembershipEvent> memberships, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (!await directory.ClusterExists(cluster, ct)) return Problems.From(ClusterRefusals.Unknown);
        if ((await firms.Find([body.Firm], ct)).Count == 0) return Problems.From(Refusals.FirmUnknown with { Status = 422 });
        if (!caller.Is(Role.Manager, RoleScope.Firm(body.Firm))) return Problems.From(Permissions.NotAllowed);
        return await commands.Run(
            memberships, Membership.IdOf(cluster, body.Firm),
            new ApplyForMembership(cluster, body.Firm, body.Reason, caller.Person, clock.GetUtcNow()),
            Reply.Created(MembershipLinks.Of(cluster, body.Firm), new Id<Membership>(Membership.IdOf(cluster, body.Firm))), ct);
    }
}

internal static class MembershipLinks
{
    public static string Of(Id<Cluster> cluster, Id<Firm> firm) => $"/api/v1/clusters/{cluster}/memberships/{firm}";
}
