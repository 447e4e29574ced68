using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Invitations;

/// <summary>The invitations of a firm, of a cluster, and one's own; withdrawing one, and answering one's own without the link.</summary>
internal static class ListInvitationsEndpoint
{
    internal sealed record Entry(
        Id<Invitation> Invitation, Personal<string> Email, Personal<string> GivenName, Personal<string> FamilyName, string Place, Personal<string> Text,
        InvitationState State, bool Expired, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, DateTimeOffset? AnsweredAt, long Version)
    {
        /// <summary>How it stands, in one word.</summary>
        internal string Standing => Expired ? "expired" : WireNames.Of(State);
    }

    internal static void MapListInvitations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/firms/{firm}/invitations", OfFirm)
            .WithName("ListInvitationsOfFirm").WithSummary("Whom the firm invited, newest first").Produces<Page<Entry>>()
            .SignedInMayCall("manager of the firm, or coordinator of a cluster that has admitted it");
        routes.MapGet("/clusters/{cluster}/invitations", OfCluster)
            .WithName("ListInvitationsOfCluster").WithSummary("To whom roles in the cluster were offered, newest first").Produces<Page<Entry>>()
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapGet("/clusters/me/invitations", Mine)
            .WithName("ListMyInvitations").WithSummary("Open invitations sent to the address of one's own account")
            .Produces<IReadOnlyList<AnswerInvitationEndpoint.Answer>>().SignedInMayCall("everybody about themselves");
        routes.MapPost("/clusters/invitations/{id}/acceptance", Accept)
            .WithName("AcceptMyInvitation").WithSummary("Accept an invitation that was sent to one's own address")
            .SignedInMayCall("whose account has the invited address");
        routes.MapPost("/clusters/invitations/{id}/withdrawal", Withdraw)
            .WithName("WithdrawInvitation").WithSummary("Take an open invitation back; its link ends at once")
            .SignedInMayCall("who may invite to the same firm or cluster");
    }

    private static async Task<IResult> OfFirm(
        Id<Firm> firm, Caller caller, PageRequest page, FirmQueries queries, Database database, TimeProvider clock, CancellationToken ct) =>
        (await queries.StandingOf(caller, firm, ct)).RefuseManaging is { } refusal
            ? Problems.From(refusal)
            : await List(firm.Value, page, database, clock, ct);

    private static async Task<IResult> OfCluster(Id<Cluster> cluster, PageRequest page, Database database, TimeProvider clock, CancellationToken ct) =>
        await List(cluster.Value, page, database, clock, ct);

    private static async Task<IResult> List(Guid scope, PageRequest page, Database database, TimeProvider clock, CancellationToken ct)
    {
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                InvitationRows.Table.Select("where scope_id = $1 and id < $2 order by id desc limit $3"),
                scope, page.After<Guid>() ?? new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff"), page.Fetch),
            InvitationRows.Table.Read, ct);
        return page.Answer([.. rows.Select(r => Of(r, clock.GetUtcNow()))], e => e.Invitation.Value);
    }

    internal static Entry Of(InvitationRow r, DateTimeOffset now) => new(
        r.Id, r.Email, r.GivenName, r.FamilyName, r.Place, r.Text, r.State, r.State == InvitationState.Open && r.ExpiresAt <= now, r.SentAt, r.ExpiresAt,
        r.AnsweredAt, r.Version);

    private static async Task<IResult> Mine(Caller caller, PlaceDesk places, InvitationView view, CancellationToken ct)
    {
        var answers = new List<AnswerInvitationEndpoint.Answer>();
        foreach (var row in await places.Of(caller.Person, ct))
            if (await places.ById(row.Id.Value, ct) is { } found) answers.Add(await view.Of(found, ct));
        return TypedResults.Ok(answers);
    }

    private static async Task<IResult> Accept(Id<Invitation> id, Caller caller, PlaceDesk places, Acceptance acceptance, CancellationToken ct) =>
        await places.ById(id.Value, ct) is { } found && await places.WasSentTo(found, caller.Person, ct)
            ? await acceptance.Run(found, caller, null, ct)
            : Problems.From(InvitationRefusals.Unknown);

    private static async Task<IResult> Withdraw(
        Id<Invitation> id, Caller caller, FirmQueries queries, Database database, Streams<Invitation, InvitationEvent> invitations, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        var rows = await database.Query(
            ClustersModule.Name, Statement.Of(InvitationRows.Table.Select("where id = $1"), id.Value), InvitationRows.Table.Read, ct);
        if (rows.Count == 0 || !await MayInvite(rows[0], caller, queries, ct)) return Problems.From(InvitationRefusals.Unknown);
        return await commands.Run(
            invitations, id.Value, new WithdrawInvitation(caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/clusters/invitations/{id}", id), ct);
    }

    private static async Task<bool> MayInvite(InvitationRow row, Caller caller, FirmQueries queries, CancellationToken ct) =>
        row.ScopeKind == ScopeKind.Firm
            ? (await queries.StandingOf(caller, new(row.ScopeId), ct)).MayManagePeople
            : caller.Is(Role.Coordinator, new(row.ScopeKind, row.ScopeId));
}
