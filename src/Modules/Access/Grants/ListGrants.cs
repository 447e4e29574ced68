using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Grants;

internal static class ListGrantsEndpoint
{
    /// <param name="AuditorName">Null when it is not known any more.</param>
    /// <param name="InForce">Neither ended nor expired.</param>
    internal sealed record Answer(
        Id<AuditorGrant> Id, Id<Person> Auditor, Personal<string>? AuditorName, Personal<string> Organisation, Guid Cluster, Guid? Standard,
        DateOnly? From, DateOnly? Until, IReadOnlyList<Guid>? Persons, Personal<string> Purpose, Id<Person> GivenBy, DateTimeOffset GivenAt,
        DateTimeOffset ExpiresAt, bool InForce, DateTimeOffset? EndedAt, Id<Person>? EndedBy, Personal<string>? Reason, long Version);

    internal static void MapListGrants(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/auditor-grants", List)
            .WithName("ListAuditorGrants").WithSummary("Grants of auditors, newest first; cluster and inForce=true select").Produces<Page<Answer>>()
            .SignedInMayCall("auditors see their own, coordinators those in their clusters, the operator all").OwnData();
        routes.MapGet("/access/auditor-grants/{id}", One)
            .WithName("ReadAuditorGrant").WithSummary("One grant").Produces<Answer>()
            .SignedInMayCall("the auditor, coordinators of the cluster, the operator").OwnData();
    }

    private static async Task<IResult> List(
        Caller caller, PageRequest page, Database database, IAccounts accounts, TimeProvider clock, CancellationToken ct, Guid? cluster = null,
        bool inForce = false)
    {
        var now = clock.GetUtcNow();
        var rows = await Grants.Rows(
            $"where (not $6 or {Grants.InForce}) and ($2 or auditor = $3 or cluster = any($4)) and ($5 = '00000000-0000-0000-0000-000000000000' or cluster = $5) " +
            "and id < $7 order by id desc limit $8",
            database, ct, now, caller.IsOperator, caller.Person.Value, Coordinated(caller), cluster ?? Guid.Empty, inForce,
            page.After<Guid>() ?? Guid.AllBitsSet, page.Fetch);
        return page.Answer(await Answers(rows, accounts, now, ct), a => a.Id.Value);
    }

    private static async Task<IResult> One(
        Id<AuditorGrant> id, Caller caller, HttpContext http, Database database, IAccounts accounts, TimeProvider clock, CancellationToken ct)
    {
        var rows = await Grants.Rows("where id = $1", database, ct, id.Value);
        if (rows is not [var row] || !GrantDesk.MayEnd(caller, row)) return Problems.From(EndGrant.Unknown);
        ETags.Set(http, row.Version);
        return TypedResults.Ok((await Answers(rows, accounts, clock.GetUtcNow(), ct))[0]);
    }

    internal static Guid[] Coordinated(Caller caller) => [.. caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator)];

    internal static async Task<IReadOnlyList<Answer>> Answers(IReadOnlyList<GrantRow> rows, IAccounts accounts, DateTimeOffset now, CancellationToken ct)
    {
        var cards = await accounts.Cards([.. rows.Select(r => r.Auditor).Distinct()], ct);
        return
        [
            .. rows.Select(r => new Answer(
                r.Id, r.Auditor, cards.GetValueOrDefault(r.Auditor)?.Name, r.Organisation, r.Cluster, r.Standard, r.FromDay, r.UntilDay, r.Persons,
                r.Purpose, r.GivenBy, r.GivenAt, r.ExpiresAt, r.InForceAt(now), r.EndedAt, r.EndedBy, r.EndedAt is null ? default(Personal<string>?) : r.Reason, r.Version)),
        ];
    }
}
