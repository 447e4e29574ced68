using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Figures;

internal static class ShowFiguresEndpoint
{
    internal const long MaxOutsideCents = 1_000_000;

    internal static void MapShowFigures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/clusters/{cluster}/figures", Handle)
            .WithName("ShowPoolFigures").WithSummary("The figures of a pool in a year: use of its resources, who gives and who takes, what learning costs, waiting times, seats")
            .WithDescription(
                "Euro cents and minutes. year: this one where it is left out. outsideCents: what an hour of training costs elsewhere, to compare with. What learning costs a single firm is "
                + "told to its managers and the coordinator. format: json, csv or xlsx; these need table: resources, firms or pool.")
            .Produces<PoolFigures>().SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, Caller caller, Standing standing, FigureDesk desk, TimeProvider clock, HttpContext http, CancellationToken ct, int? year = null, long? outsideCents = null,
        string? format = null, string? table = null)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        if ((year ?? clock.GetUtcNow().Year) is not (>= 2000 and <= 2100 and var wanted)) return Problems.Of(400, "unknown-year", "'year' takes 2000 to 2100.", ("parameter", "year"));
        if (outsideCents is < 1 or > MaxOutsideCents) return Problems.Of(400, "out-of-range", "'outsideCents' takes 1 to 1000000.", ("parameter", "outsideCents"));
        if (table is not (null or "resources" or "firms" or "pool"))
            return Problems.Of(400, "unknown-table", "The parameter 'table' takes resources, firms or pool.", ("parameter", "table"));
        http.Response.Headers.CacheControl = "no-store";
        return SheetTable.Answer(http, format, await desk.Of(cluster, wanted, outsideCents, caller, ct), f => table switch
        {
            "firms" => Firms(f),
            "pool" => Pool(f),
            _ => Resources(f),
        });
    }

    private static SheetTable Resources(PoolFigures figures) => new(
        "resources", ["resource", "name", "kind", "firm", "month", "booked_minutes", "open_minutes", "per_cent"],
        [
            .. from resource in figures.Resources
               from month in resource.Months.Index()
               select (IReadOnlyList<object?>)
               [
                   resource.Id.ToString(), resource.Name.Or(""), WireNames.Of(resource.Kind), resource.Firm.ToString(), month.Index + 1, Number(month.Item.BookedMinutes),
                   Number(month.Item.OpenMinutes), month.Item.PerCent,
               ],
        ]);

    private static SheetTable Firms(PoolFigures figures) => new(
        "firms", ["firm", "name", "given_cents", "taken_cents", "balance_cents", "learning_minutes", "cost_cents", "cost_per_hour_cents"],
        [
            .. figures.Firms.Select(f => (IReadOnlyList<object?>)
                [f.Firm.ToString(), f.Name, Number(f.GivenCents), Number(f.TakenCents), Number(f.BalanceCents), Number(f.LearningMinutes), Number(f.CostCents), Number(f.PerHourCents)]),
        ]);

    private static SheetTable Pool(PoolFigures figures)
    {
        var (costs, waits, seats) = (figures.Costs, figures.Waits, figures.Seats);
        return new(
            "pool", ["figure", "value"],
            [
                ["sessions", seats.Sessions], ["sessions_cancelled", seats.Cancelled], ["seats_offered", seats.Offered], ["seats_held", seats.Held], ["seats_free", seats.Free],
                ["learning_minutes", Number(costs.LearningMinutes)], ["pooled_cents", Number(costs.PooledCents)], ["alone_cents", Number(costs.AloneCents)],
                ["pooled_per_hour_cents", Number(costs.PooledPerHourCents)], ["alone_per_hour_cents", Number(costs.AlonePerHourCents)],
                ["outside_per_hour_cents", Number(costs.OutsidePerHourCents)], ["saved_cents", Number(costs.SavedCents)], ["seats_at_once", waits.AtOnce], ["seats_after_waiting", waits.Seated],
                ["wait_median_minutes", Number(waits.MedianMinutes)], ["wait_ninetieth_minutes", Number(waits.NinetiethMinutes)], ["waiting", waits.Waiting], ["never_seated", waits.Never],
            ]);
    }

    /// <summary>Sheets take whole numbers that fit; what does not is a text.</summary>
    private static object? Number(long? value) => value is >= int.MinValue and <= int.MaxValue and var fits ? (object)(int)fits : value;
}
