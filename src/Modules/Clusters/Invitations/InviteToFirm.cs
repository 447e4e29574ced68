using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Mail;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Invitations;

internal static class InviteToFirmEndpoint
{
    /// <param name="Language">ISO 639; English unless told.</param>
    internal sealed record Body(string Email, string GivenName, string FamilyName, Position Position, string JobTitle, string Language = "en") : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Email("email", Email);
            faults.Text("givenName", GivenName, 1, 100);
            faults.Text("familyName", FamilyName, 1, 100);
            faults.Text("jobTitle", JobTitle);
            faults.Language("language", Language);
        }
    }

    internal static void MapInviteToFirm(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/clusters/firms/{firm}/invitations", Handle)
            .WithName("InviteToFirm").WithSummary("Invite somebody to join the firm, with an account or without; the link goes to the address by mail")
            .WithDescription("Nobody joins before accepting. An open invitation of the same address is sent again with a new link. " +
                "Where no mail server is configured, the answer shows the link's token once.")
            .WithExample(new Body("nadia.nowak@querform.example", "Nadia", "Nowak", Position.Employee, "Toolmaker", "de"))
            .SignedInMayCall("manager of the firm, or coordinator of a cluster that has admitted it");
        routes.MapPost("/clusters/firms/{firm}/invitations/import", Import)
            .WithName("ImportInvitations").WithSummary("Invite a list of people to the firm, as CSV; a dry run only reports")
            .WithCsvBody().SignedInMayCall("manager of the firm, or coordinator of a cluster that has admitted it");
    }

    private static async Task<IResult> Handle(
        Id<Firm> firm, Body body, Caller caller, FirmQueries queries, InvitationDesk desk, Streams<Invitation, InvitationEvent> invitations, IMailer mailer,
        Commands commands, CancellationToken ct)
    {
        if ((await queries.StandingOf(caller, firm, ct)).RefuseManaging is { } refusal) return Problems.From(refusal);
        var to = new Addressee(body.Email, body.GivenName, body.FamilyName, body.JobTitle, body.Language);
        var sending = await desk.Prepare(Place.In(firm, body.Position), to, caller.Person, ct);
        return await Send(sending, invitations, mailer, commands, ct);
    }

    /// <summary>Carries the invitation out as this request's command.</summary>
    internal static async Task<IResult> Send(
        Sending sending, Streams<Invitation, InvitationEvent> invitations, IMailer mailer, Commands commands, CancellationToken ct)
    {
        if (sending.Refusal is { } refusal) return Problems.From(refusal);
        var reply = Reply.Created($"/api/v1/clusters/invitations/{sending.Id}", new Id<Invitation>(sending.Id));
        return mailer.ReachesPeople
            ? await commands.Run(invitations, sending.Id, sending.Command, reply, ct, statements: sending.Statements)
            : await commands.RunSecret(invitations, sending.Id, sending.Command, reply, ("invitationToken", sending.Token), sending.Statements, ct);
    }

    private static async Task<IResult> Import(
        Id<Firm> firm, Caller caller, FirmQueries queries, InvitationDesk desk, Streams<Invitation, InvitationEvent> invitations, Commands commands,
        CancellationToken ct, bool dryRun = false) =>
        (await queries.StandingOf(caller, firm, ct)).RefuseManaging is { } refusal
            ? Problems.From(refusal)
            : ImportEndpoint.Import(new InvitationImport(firm, caller.Person, desk, invitations, commands.Metadata(), dryRun), dryRun);
}
