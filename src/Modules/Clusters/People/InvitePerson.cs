using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

internal static class InvitePersonEndpoint
{
    internal static void MapInvitePerson(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/firms/{firm}/people/{person}/invitation", Handle)
            .WithName("InvitePerson").WithSummary("Invite somebody of the firm to sign in, by mail; without a mail server the answer shows the invitation's token once")
            .SignedInMayCall("manager of the firm, or coordinator of a cluster that has admitted it; all roles of the person lie in firms of the caller's");

    private static async Task<IResult> Handle(Id<Firm> firm, Id<Person> person, Caller caller, InvitePerson invite, CancellationToken ct) =>
        (await invite.Handle(firm, person, caller, ct)).Result;
}

/// <summary>Invites somebody of a firm to sign in, for the API and the page of its people.</summary>
internal sealed class InvitePerson(FirmQueries queries, IFirmDirectory directory, IRoles roles, IInvitations invitations)
{
    private static readonly Refusal BelongsElsewhere = new(
        "invited-elsewhere",
        "This person also has roles outside the firms that you answer for. Ask the operator, or somebody who answers for all of them.");

    public async Task<InvitedToSignIn> Handle(Id<Firm> firm, Id<Person> person, Caller caller, CancellationToken ct)
    {
        if ((await queries.StandingOf(caller, firm, ct)).RefuseManaging is { } refusal) return Refused(refusal);
        if ((await directory.EmploymentsOf(person, ct)).All(e => e.Firm != firm)) return Refused(Refusals.PersonUnknown);
        // Who holds the invitation becomes that person: it must open nothing that the inviter could not open anyway.
        var held = await roles.Of(person, ct);
        var firms = held.Where(r => r.Scope.Kind == ScopeKind.Firm).Select(r => new Id<Firm>(r.Scope.Id)).Distinct().ToList();
        var others = firms.Where(f => !caller.Is(Role.Manager, RoleScope.Firm(f))).ToList();
        if (held.Any(r => r.Scope.Kind != ScopeKind.Firm) || (await queries.Coordinated(caller, others, ct)).Count < others.Count)
            return Refused(BelongsElsewhere);
        return await invitations.Invite(person, caller, $"/api/v1/clusters/firms/{firm}/people/{person}", ct);
    }

    private static InvitedToSignIn Refused(Refusal refusal) => new(Problems.From(refusal), null);
}
