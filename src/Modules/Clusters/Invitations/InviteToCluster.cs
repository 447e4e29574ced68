using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Mail;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Invitations;

internal static class InviteToClusterEndpoint
{
    /// <summary>Roles that a coordinator offers; auditors get a grant instead.</summary>
    internal static readonly Role[] Offered = [Role.Coordinator, Role.Assessor, Role.DecisionMaker];

    /// <param name="Reason">Why the person gets the role; it goes into the history of roles.</param>
    /// <param name="Language">ISO 639; English unless told.</param>
    internal sealed record Body(string Email, string GivenName, string FamilyName, Role Role, string Reason, string Language = "en") : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Email("email", Email);
            faults.Text("givenName", GivenName, 1, 100);
            faults.Text("familyName", FamilyName, 1, 100);
            faults.Text("reason", Reason, 1, 500);
            faults.Language("language", Language);
            faults.Check(Offered.Contains(Role), "role", "role-not-offered", "Only coordinator, assessor and decision-maker can be offered by invitation.");
        }
    }

    internal static void MapInviteToCluster(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/{cluster}/invitations", Handle)
            .WithName("InviteToCluster").WithSummary("Offer somebody a role in the cluster; the link goes to the address by mail")
            .WithExample(new Body("ansel.assessor@chamber.example", "Ansel", "Assessor", Role.Assessor, "Trained assessor of the chamber", "de"))
            .InClusterMayCall("cluster", Role.Coordinator);

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, InvitationDesk desk, Streams<Invitation, InvitationEvent> invitations, IMailer mailer, Commands commands,
        CancellationToken ct)
    {
        var to = new Addressee(body.Email, body.GivenName, body.FamilyName, body.Reason, body.Language);
        return await InviteToFirmEndpoint.Send(await desk.Prepare(Place.In(cluster, body.Role), to, caller.Person, ct), invitations, mailer, commands, ct);
    }
}
