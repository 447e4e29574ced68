using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Insight;

/// <summary>What the learning of firms and clusters adds up to.</summary>
internal static class InsightEndpoints
{
    private const string Filters = "days: so many back, 1 to 3653 (365 where it is left out). Nothing is told of fewer than five people.";

    private static readonly string[] Tables = ["quarters", "kinds", "firms", "ties"];

    internal static void MapInsight(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/insight/clusters/{cluster}", OfCluster)
            .WithName("ShowClusterInsight").WithSummary("What a cluster's learning adds up to, and which of its firms learn together")
            .WithDescription($"Counted from records that the whole cluster may read. {Filters} format: json, or csv or xlsx of one table: quarters, kinds, firms or ties.")
            .Produces<ClusterInsight>().SignedInMayCall("people of the cluster; for others it does not exist");
        routes.MapGet("/learning/insight/clusters/{cluster}/gaps", Gaps)
            .WithName("ShowGapClosure").WithSummary("How far a cluster's gaps were closed, audit by audit")
            .WithDescription("Closed audits of the same role profiles as the newest, from five people on. days: so many back, 1 to 3653 (365 where it is left out). format: json, csv or xlsx.")
            .Produces<IReadOnlyList<GapClosure>>().InClusterMayCall("cluster", Role.Coordinator);
        routes.MapGet("/learning/insight/firms/{firm}", OfFirm)
            .WithName("ShowFirmInsight").WithSummary("What a firm's learning adds up to")
            .WithDescription($"Counted from records that are not private. {Filters} format: json, or csv or xlsx of one table: quarters or kinds.")
            .Produces<FirmInsight>().InFirmMayCall("firm", Role.Manager, Role.Member, Role.Trainer);
        routes.MapGet("/learning/insight/firms/{firm}/return", Return)
            .WithName("ShowReturnOnLearning").WithSummary("What a firm's learning cost and brought, with the formula")
            .WithDescription($"Amounts in euro cents: hourlyCost, otherCost, comparablePrice (of an hour of bought training), savings. They are kept nowhere. {Filters}")
            .Produces<ReturnOnLearning>().InFirmMayCall("firm", Role.Manager);
    }

    internal static readonly Refusal TooFew = new(
        "too-few-people", $"Fewer than {InsightDesk.Fewest} people of the firm have recorded learning in this time that is not private; figures begin there. Choose a longer time.", 409);

    private static async Task<IResult> OfCluster(
        Id<Cluster> cluster, Caller caller, InsightDesk desk, HttpContext http, CancellationToken ct, int days = InsightDesk.UsualDays, string? format = null, string table = "quarters")
    {
        if (!await desk.BelongsTo(cluster, caller, ct)) return ClusterRefusals.Unknown.ToProblem();
        if (Fault(days, table, Tables) is { } fault) return fault;
        http.Response.Headers.CacheControl = "no-store";
        return SheetTable.Answer(http, format, await desk.OfCluster(cluster, days, ct), c => table switch
        {
            "firms" => Firms(c),
            "ties" => Ties(c),
            _ => Of(c.Figures, table),
        });
    }

    private static async Task<IResult> Gaps(
        Id<Cluster> cluster, InsightDesk desk, HttpContext http, CancellationToken ct, int days = InsightDesk.UsualDays, string? format = null)
    {
        if (Fault(days, "", [""]) is { } fault) return fault;
        http.Response.Headers.CacheControl = "no-store";
        return SheetTable.Answer(http, format, await desk.GapsOf(cluster, days, ct), points => new(
            "gap-closure", ["closed_at", "levels_asked", "levels_reached"],
            [.. points.Select(p => Row(p.ClosedAt.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), p.Asked, p.Reached))]));
    }

    private static async Task<IResult> OfFirm(
        Id<Firm> firm, InsightDesk desk, HttpContext http, CancellationToken ct, int days = InsightDesk.UsualDays, string? format = null, string table = "quarters")
    {
        if (Fault(days, table, Tables[..2]) is { } fault) return fault;
        http.Response.Headers.CacheControl = "no-store";
        return SheetTable.Answer(http, format, await desk.OfFirm(firm, days, ct), f => Of(f.Figures, table));
    }

    private static async Task<IResult> Return(
        Id<Firm> firm, InsightDesk desk, HttpContext http, CancellationToken ct, int days = InsightDesk.UsualDays, long hourlyCost = 0, long otherCost = 0, long comparablePrice = 0, long savings = 0)
    {
        if (Fault(days, "", [""]) is { } fault) return fault;
        var assumed = new ReturnAssumptions(hourlyCost, otherCost, comparablePrice, savings);
        if (!assumed.IsSound) return Problems.Of(400, "unknown-amount", $"Each amount is between 0 and {ReturnAssumptions.Most} euro cents.");
        http.Response.Headers.CacheControl = "no-store";
        return (await desk.OfFirm(firm, days, ct)).Figures is { } figures
            ? TypedResults.Ok(ReturnOnLearning.Of(figures.Minutes, figures.ConfirmedMinutes, assumed)) : TooFew.ToProblem();
    }

    private static ProblemHttpResult? Fault(int days, string table, IReadOnlyList<string> tables) =>
        days is < 1 or > 3653 ? Problems.Of(400, "unknown-time", "'days' takes 1 to 3653.", ("parameter", "days"))
        : !tables.Contains(table) ? Problems.Of(400, "unknown-table", $"'table' takes one of {string.Join(", ", tables)}.", ("parameter", "table"))
        : null;

    private static SheetTable Of(GroupFigures? figures, string table) => table == "kinds"
        ? new("learning-by-kind", ["kind", "records", "minutes"], [.. (figures?.Kinds ?? []).Select(k => Row(WireNames.Of(k.Kind), k.Records, k.Minutes))])
        : new(
            "learning-by-quarter", ["year", "quarter", "people", "records", "minutes", "with_other_firms", "density"],
            [.. (figures?.Quarters ?? []).Select(q => Row(q.Year, q.Quarter, q.People, q.Records, q.Minutes, q.OtherFirms, q.Density))]);

    private static SheetTable Firms(ClusterInsight insight) => new(
        "learning-by-firm", ["firm", "name", "employed", "people", "records", "minutes", "with_other_firms", "partners", "brokerage"],
        [
            .. insight.Firms.Join(
                insight.Ties.Firms, f => f.Firm, n => n.Firm,
                (f, n) => Row(f.Firm.ToString(), f.Name, f.Employed, f.People, f.Records, f.Minutes, f.OtherFirms, n.Partners, n.Brokerage)),
        ]);

    private static SheetTable Ties(ClusterInsight insight)
    {
        var names = insight.Ties.Firms.ToDictionary(f => f.Firm, f => f.Name);
        return new(
            "ties-between-firms", ["from", "from_name", "to", "to_name", "mutual", "records", "minutes"],
            [.. insight.Ties.Ties.Select(t => Row(t.From.ToString(), names[t.From], t.To.ToString(), names[t.To], t.Mutual ? 1 : 0, t.Records, t.Minutes))]);
    }

    /// <summary>Cells as sheets know them: whole numbers and texts.</summary>
    private static IReadOnlyList<object?> Row(params object?[] cells) =>
        [.. cells.Select(c => c switch { long n => (int)Math.Min(n, int.MaxValue), decimal d => d.ToString(System.Globalization.CultureInfo.InvariantCulture), _ => c })];
}
