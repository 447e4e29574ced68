using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Bookings;

/// <summary>Requests that nobody has declined and whose time is still to come.</summary>
internal sealed class OpenRequests(Database database)
{
    private const string Open = "standing = 'requested' and starts_at > $1";

    private const string Unanswered =
        "exists (select from jsonb_array_elements(owners) o where (o->>'firm')::uuid = any($2) and o->>'approvedAt' is null)";

    /// <summary>Those that wait for an answer of one of some firms, the first that was asked first.</summary>
    public Task<List<SessionRow>> ToAnswer(Guid[] firms, DateTimeOffset now, int most, CancellationToken ct) =>
        Read($"where {Open} and {Unanswered} order by requested_at, id limit $3", ct, now, firms, most);

    /// <summary>Those of a series that wait for a firm's answer, in order of their start.</summary>
    public Task<List<SessionRow>> OfSeries(Id<SessionSeries> series, Id<Firm> firm, DateTimeOffset now, CancellationToken ct) =>
        Read($"where {Open} and {Unanswered} and series = $3 order by starts_at, id", ct, now, new[] { firm.Value }, series.Value);

    /// <summary>Of each series, and of what is in none, the first.</summary>
    public static IReadOnlyList<SessionRow> OneOfEach(IEnumerable<SessionRow> rows) => [.. rows.DistinctBy(r => r.Series?.Value ?? r.Id.Value)];

    /// <summary>Those of some firms, declined ones too.</summary>
    public Task<List<SessionRow>> AskedBy(Guid[] firms, DateTimeOffset now, int most, CancellationToken ct) =>
        Read("where standing in ('requested', 'declined') and starts_at > $1 and firm = any($2) order by requested_at, id limit $3", ct, now, firms, most);

    /// <summary>Those of a cluster, in the order in which they were asked.</summary>
    public Task<List<SessionRow>> In(Id<Cluster> cluster, DateTimeOffset now, (DateTimeOffset At, Guid Id) after, int most, CancellationToken ct) =>
        Read($"where {Open} and cluster = $2 and (requested_at, id) > ($3, $4) order by requested_at, id limit $5", ct, now, cluster.Value, after.At, after.Id, most);

    /// <summary>Others that want the same resources at the same time, in the order in which they were asked.</summary>
    public Task<List<SessionRow>> Rivals(SessionRow request, DateTimeOffset now, CancellationToken ct) =>
        Read(
            $"where {Open} and cluster = $2 and id <> $3 and starts_at < $4 and ends_at > $5 " +
            "and exists (select from jsonb_array_elements(wanted) w where (w->>'resource')::uuid = any($6)) order by requested_at, id limit 20",
            ct, now, request.Cluster.Value, request.Id.Value, request.EndsAt, request.StartsAt, request.Wants.Select(w => w.Resource.Value).ToArray());

    private Task<List<SessionRow>> Read(string rest, CancellationToken ct, params object[] values) =>
        database.Query(ResourcesModule.Name, Statement.Of(Sessions.Sessions.Table.Select(rest), values), Sessions.Sessions.Table.Read, ct);
}

internal static class ListRequestsEndpoint
{
    internal static void MapListRequests(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/clusters/{cluster}/requests", Handle)
            .WithName("ListRequests")
            .WithSummary("The requests of a cluster that wait for approval, in the order in which they were asked")
            .Produces<Page<SessionView>>()
            .SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, Caller caller, Standing standing, PageRequest page, OpenRequests requests, TimeProvider clock, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var rows = await requests.In(cluster, clock.GetUtcNow(), page.After<(DateTimeOffset, Guid)>() ?? (DateTimeOffset.MinValue, Guid.Empty), page.Fetch, ct);
        return page.Answer([.. rows.Select(r => SessionView.Of(r, caller))], v => (v.Request?.RequestedAt ?? v.BookedAt, v.Id.Value));
    }
}
