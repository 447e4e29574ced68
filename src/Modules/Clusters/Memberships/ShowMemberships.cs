using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Memberships;

internal static class ShowMembershipsEndpoint
{
    /// <param name="By">Who brought about this state, for the reason given.</param>
    internal sealed record Answer(
        Id<Cluster> Cluster, Id<Firm> Firm, string FirmName, MembershipState State, Id<Person> By, Personal<string> Reason,
        DateOnly? JoinedOn, DateTimeOffset ChangedAt, long Version);

    /// <param name="JoinedOn">Since when the firm has been a member.</param>
    internal sealed record Member(Id<Firm> Firm, string Name, string City, string Nuts, string Nace, SizeClass? SizeClass, DateOnly? JoinedOn);

    private const string Columns = "m.cluster, m.firm, f.name, m.state, m.by, m.reason, m.joined_on, m.changed_at, m.version";
    private const string Joined = "from clusters.memberships m join clusters.firms f on f.id = m.firm";

    internal static void MapShowMemberships(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/{cluster}/memberships", List)
            .WithName("ListMemberships").WithSummary("Applications and memberships of a cluster, by state").Produces<Page<Answer>>()
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapGet("/clusters/{cluster}/memberships/{firm}", Show).WithName("ShowMembership").WithSummary("One firm's membership")
            .Produces<Answer>().SignedInMayCall("the cluster's coordinator, or the firm's manager");
        routes.MapGet("/clusters/{cluster}/firms", Members)
            .WithName("ListMembers").WithSummary("The firms of a cluster with their size classes").Produces<Page<Member>>()
            .SignedInMayCall("everybody: which firms belong is no secret");
    }

    private static async Task<IResult> List(Id<Cluster> cluster, string? state, PageRequest page, Database database, CancellationToken ct)
    {
        var states = Enum.GetValues<MembershipState>().Select(WireNames.Of).ToList();
        if (state is not null && !states.Contains(state))
            return Problems.Of(400, "malformed-request", $"The parameter 'state' takes one of {string.Join(", ", states)}.", ("parameter", "state"));
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                $"select {Columns} {Joined} where m.cluster = $1 and m.firm > $2 and ($3::text is null or m.state = $3) order by m.firm limit $4",
                cluster.Value, page.After<Guid>() ?? Guid.Empty, new Npgsql.NpgsqlParameter<string?> { TypedValue = state }, page.Fetch),
            Read, ct);
        return page.Answer(rows, a => a.Firm.Value);
    }

    private static async Task<IResult> Show(Id<Cluster> cluster, Id<Firm> firm, Caller caller, HttpContext http, Database database, CancellationToken ct)
    {
        var allowed = caller.Is(Role.Manager, RoleScope.Firm(firm)) || caller.Is(Role.Coordinator, RoleScope.Cluster(cluster));
        var rows = !allowed ? [] : await database.Query(
            ClustersModule.Name, Statement.Of($"select {Columns} {Joined} where m.id = $1", Membership.IdOf(cluster, firm)), Read, ct);
        if (rows.Count == 0) return Problems.From(Refusals.FirmUnknown);
        ETags.Set(http, rows[0].Version);
        return TypedResults.Ok(rows[0]);
    }

    private static async Task<IResult> Members(Id<Cluster> cluster, PageRequest page, IFirmDirectory directory, Database database, CancellationToken ct)
    {
        if (!await directory.ClusterExists(cluster, ct)) return Problems.From(ClusterRefusals.Unknown);
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                $"select f.id, f.name, f.city, f.nuts, f.nace, f.size_class, m.joined_on {Joined} " +
                "where m.cluster = $1 and m.state = 'admitted' and m.firm > $2 order by m.firm limit $3",
                cluster.Value, page.After<Guid>() ?? Guid.Empty, page.Fetch),
            r => new Member(
                new(r.GetGuid(0)), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4),
                r.IsDBNull(5) ? null : WireNames.Parse<SizeClass>(r.GetString(5)), r.IsDBNull(6) ? null : r.GetFieldValue<DateOnly>(6)),
            ct);
        return page.Answer(rows, m => m.Firm.Value);
    }

    private static Answer Read(Npgsql.NpgsqlDataReader r) => new(
        new(r.GetGuid(0)), new(r.GetGuid(1)), r.GetString(2), WireNames.Parse<MembershipState>(r.GetString(3)), new(r.GetGuid(4)),
        r.IsDBNull(5) ? Personal<string>.Erased : r.GetString(5), r.IsDBNull(6) ? null : r.GetFieldValue<DateOnly>(6),
        r.GetFieldValue<DateTimeOffset>(7), r.GetInt64(8));
}
