using ClusterNet.Access.Accounts;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.Grants;

/// <summary>Gives and ends grants, for the API and the page alike.</summary>
internal sealed class GrantDesk(
    Streams<AuditGrant, AuditGrantEvent> grants, Streams<Account, AccountEvent> accounts, AuditorRoles auditorRoles, IRoles roles,
    IAuditedClusters clusters, IAuditedStandards standards, IAccounts cards, Database database, Commands commands, TimeProvider clock)
{
    private static readonly Refusal StandardForeign = new(
        "standard-unknown", "This is no published standard of the cluster. Take an id from GET /api/v1/accreditation/clusters/{cluster}/standards.", 422);

    private static readonly Refusal ClusterUnknown = new("cluster-unknown", "There is no such cluster. See GET /api/v1/clusters.", 422);

    private static readonly Refusal PersonsUnknown = new(
        "persons-unknown", "Some of the persons have no account: 'persons' lists them. Take their ids out.", 422);

    public async Task<IResult> Give(GiveGrantEndpoint.Body body, Caller caller, CancellationToken ct)
    {
        if (!MayChange(caller, body.Cluster)) return Problems.From(Permissions.NotAllowed);
        if (await Unfit(body, ct) is { } unfit) return Problems.From(unfit);
        var (id, now, expiresAt) = (Id<AuditorGrant>.New(clock), clock.GetUtcNow(), body.ExpiresAt.ToUniversalTime());
        Guid[]? persons = body.Persons is null ? null : [.. body.Persons.Select(p => p.Value)];
        var scope = new AuditorScope(id, body.Cluster, body.Standard, body.From, body.Until, persons, body.Purpose);
        var command = new GiveGrant(
            scope, body.Auditor, body.Organisation?.Trim() ?? "", body.Purpose, caller.Person, expiresAt, await StandingOf(body, ct), now);
        return await commands.Run(
            grants, id.Value, command, Reply.Created(Link(id), id), ct,
            also: async _ => [await auditorRoles.Follow(body.Auditor, body.Cluster, id, expiresAt, caller.Person, now, ct)]);
    }

    public async Task<IResult> End(Id<AuditorGrant> id, string reason, Caller caller, CancellationToken ct)
    {
        if ((await Grants.Rows("where id = $1", database, ct, id.Value)) is not [var row] || !MayEnd(caller, row)) return Problems.From(EndGrant.Unknown);
        var now = clock.GetUtcNow();
        return await commands.Run(
            grants, id.Value, new EndGrant(caller.Person, reason, now), Reply.Changed(Link(id), id), ct,
            also: async _ => [await auditorRoles.Follow(row.Auditor, row.Cluster, id, null, caller.Person, now, ct)]);
    }

    public static bool MayChange(Caller caller, Guid cluster) =>
        caller.IsOperator || caller.Is(Role.Coordinator, new(ScopeKind.Cluster, cluster));

    public static bool MayEnd(Caller caller, GrantRow row) => row.Auditor == caller.Person || MayChange(caller, row.Cluster);

    private static string Link(Id<AuditorGrant> id) => $"/api/v1/access/auditor-grants/{id}";

    private async Task<Refusal?> Unfit(GiveGrantEndpoint.Body body, CancellationToken ct)
    {
        if (await clusters.NameOf(body.Cluster, ct) is null) return ClusterUnknown;
        if (body.Standard is { } standard && (await standards.Of(body.Cluster, ct)).All(s => s.Id != standard)) return StandardForeign;
        if (body.Persons is null) return null;
        var known = await cards.Cards(body.Persons, ct);
        var unknown = body.Persons.Where(p => !known.ContainsKey(p)).Distinct().ToList();
        return unknown.Count == 0 ? null : PersonsUnknown.With("persons", unknown);
    }

    private async Task<AuditorStanding> StandingOf(GiveGrantEndpoint.Body body, CancellationToken ct)
    {
        if ((await accounts.Load(body.Auditor.Value, ct)).State is Account.Absent or Account.Closed) return AuditorStanding.Unknown;
        var held = await roles.Of(body.Auditor, ct);
        return held.Any(r => r.Role == Role.Operator) || await clusters.Involves(body.Cluster, body.Auditor, held, ct)
            ? AuditorStanding.Involved
            : AuditorStanding.External;
    }
}
