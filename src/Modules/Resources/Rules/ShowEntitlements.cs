using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Rules;

internal static class ShowEntitlementsEndpoint
{
    /// <param name="Year">The year that is looked at under both rules.</param>
    internal sealed record Simulation(int Year, AllocationRule Rule, IReadOnlyList<SimulatedFirm> Firms);

    internal static void MapShowEntitlements(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resources/clusters/{cluster}/entitlements", Show)
            .WithName("ShowEntitlements").WithSummary("What each firm may use of the pool in a year, and what it uses")
            .WithDescription("Euro cents. year: this one where it is left out. format: json, csv or xlsx.")
            .Produces<PoolShares>().SignedInMayCall("who belongs to the cluster");
        routes.MapGet("/resources/clusters/{cluster}/rules/simulation", Simulate)
            .WithName("SimulateRule").WithSummary("What another rule would have meant in a year as it was, firm by firm")
            .WithDescription("byContribution, byHead and solidarity are per cent and add up to a hundred. year: the last one where it is left out.")
            .Produces<Simulation>().SignedInMayCall("who belongs to the cluster");
    }

    private static async Task<IResult> Show(
        Id<Cluster> cluster, Caller caller, Standing standing, Entitlements entitlements, TimeProvider clock, HttpContext http, CancellationToken ct, int? year = null, string? format = null)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        if (YearOf(year, clock.GetUtcNow().Year) is not { } wanted) return WrongYear;
        http.Response.Headers.CacheControl = "no-store";
        return SheetTable.Answer(http, format, await entitlements.Of(cluster, wanted, ct), s => new(
            "entitlements", ["firm", "name", "size", "people", "contributed_cents", "entitled_cents", "used_cents", "left_cents"],
            [
                .. s.Firms.Select(f => (IReadOnlyList<object?>)
                    [f.Firm.ToString(), f.Name, f.Size is { } size ? WireNames.Of(size) : null, f.People, f.ContributedCents, f.EntitledCents, f.UsedCents, f.LeftCents]),
            ]));
    }

    private static async Task<IResult> Simulate(
        Id<Cluster> cluster, Caller caller, Standing standing, Entitlements entitlements, TimeProvider clock, HttpContext http, CancellationToken ct, int byContribution = 0, int byHead = 0,
        int solidarity = 0, int? year = null)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var rule = new AllocationRule(byContribution, byHead, solidarity);
        if (!rule.IsSound) return Problems.Of(400, "rule-unsound", "'byContribution', 'byHead' and 'solidarity' are per cent: none below zero, together a hundred.");
        if (YearOf(year, clock.GetUtcNow().Year - 1) is not { } wanted) return WrongYear;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new Simulation(wanted, rule, Entitlements.Simulate(await entitlements.Of(cluster, wanted, ct), rule)));
    }

    private static int? YearOf(int? asked, int usual) => (asked ?? usual) is >= 2000 and <= 2100 and var year ? year : null;

    private static IResult WrongYear => Problems.Of(400, "unknown-year", "'year' takes 2000 to 2100.", ("parameter", "year"));
}
