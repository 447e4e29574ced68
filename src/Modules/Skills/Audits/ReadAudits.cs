using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

internal static class ReadAuditsEndpoint
{
    /// <summary>Somebody to be rated by the caller.</summary>
    internal sealed record ToRate(Id<Person> Person, RaterKind As, bool Begun, bool Sent);

    /// <param name="Peers">Of oneself, and of people of firms that the caller manages; of others nothing.</param>
    internal sealed record Rated(Id<Person> Person, Id<Firm> Firm, bool Left, Id<Person>? Manager, IReadOnlyList<Id<Person>>? Peers);

    /// <param name="Runs">The caller may move the deadline, remind, close and cancel.</param>
    /// <param name="People">Who is rated: all for whoever runs a firm's audit, of firms that the caller manages, and the caller.</param>
    internal sealed record Shown(
        Id<Audit> Id, Personal<string> Title, AuditState State, RaterScheme Raters, Id<Cluster>? Cluster, IReadOnlyList<Guid> InvitedFirms,
        IReadOnlyList<Guid> JoinedFirms, IReadOnlyList<Guid> DeclinedFirms, IReadOnlyList<Id<RoleProfile>> Profiles, DateTimeOffset Deadline, bool Runs,
        IReadOnlyList<ToRate> ToRate, IReadOnlyList<Rated> People, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, long Version);

    /// <param name="Waiting">How many sheets the caller still has to send.</param>
    internal sealed record Listed(Id<Audit> Id, Personal<string> Title, AuditState State, DateTimeOffset Deadline, bool Runs, int Waiting);

    internal static void MapReadAudits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/audits", List)
            .WithName("ListAudits").WithSummary("Skills audits that one rates in, is rated in, runs, is asked to join, or may read as an auditor; the newest first")
            .SignedInMayCall("everybody: what concerns them").OwnData();
        routes.MapGet("/skills/audits/{id}", One)
            .WithName("ReadAudit").WithSummary("One skills audit, and whom one rates in it").Produces<Shown>()
            .SignedInMayCall("raters and rated, managers of its firms, the coordinator who runs it");
    }

    private static async Task<IResult> List(Caller caller, PageRequest page, AuditDesk desk, AuditReads reads, CancellationToken ct)
    {
        var after = page.After<Guid>() is { } last ? new Id<Audit>(last) : (Id<Audit>?)null;
        var mine = (await desk.All(caller, ct)).Where(a => after is not { } x || a.Row.Id < x).Take(page.Fetch).ToList();
        var tasks = (await reads.ToRate(caller.Person, ct)).Where(t => !t.Sent).ToLookup(t => t.Audit);
        return page.Answer(
            [.. mine.Select(a => new Listed(a.Row.Id, a.Row.Title, a.Row.State, a.Row.Deadline, a.Runs, a.Row.Takes ? tasks[a.Row.Id].Count() : 0))], l => l.Id.Value);
    }

    private static async Task<IResult> One(Id<Audit> id, Caller caller, HttpContext http, AuditDesk desk, AuditReads reads, CancellationToken ct)
    {
        if (await desk.Open(id, caller, ct) is not { } audit) return Problems.From(AuditRules.Unknown);
        var row = audit.Row;
        var people = (await reads.People(id, ct)).Where(p => p.Person == caller.Person || audit.Manages(p.Firm));
        var mine = (await reads.ToRate(caller.Person, ct)).Where(t => t.Audit == id);
        ETags.Set(http, row.Version);
        return TypedResults.Ok(new Shown(
            id, row.Title, row.State, row.Raters, row.Cluster, row.Invited, row.Joined, row.Declined, [.. row.Profiles.Select(p => p.Profile)], row.Deadline, audit.Runs,
            [.. mine.Select(t => new ToRate(t.Person, t.Kind, t.Begun, t.Sent))],
            [.. people.Select(p => new Rated(p.Person, p.Firm, p.HasLeft, p.Manager, [.. p.Peers.Select(x => new Id<Person>(x))]))], row.OpenedAt, row.EndedAt, row.Version));
    }
}
