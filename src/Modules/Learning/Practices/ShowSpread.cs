using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Practices;

/// <summary>How practices spread across firms, as JSON, CSV or XLSX.</summary>
internal static class ShowSpreadEndpoint
{
    /// <summary>What stands in the table for the firm that a practice comes from.</summary>
    private const string Origin = "origin";

    internal static void MapShowSpread(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/practices/{id}/spread", OfPractice)
            .WithName("ShowPracticeSpread").WithSummary("Which firms use a practice, at what stage and with what result, over time")
            .Produces<PracticeSpread>().SignedInMayCall("whoever sees the practice");
        routes.MapGet("/learning/clusters/{cluster}/practices", OfCluster)
            .WithName("ShowClusterSpread").WithSummary("Practices and firms of a cluster: who stands where with what, and totals")
            .WithDescription($"Practices that the caller sees and that come from a firm of the cluster or are used there, {SpreadReads.MostPractices} at most: the newest.")
            .Produces<SpreadMatrix>().SignedInMayCall("people of the cluster");
    }

    private static async Task<IResult> OfPractice(
        Id<Practice> id, string? format, Caller caller, PracticeDesk practices, SpreadReads reads, HttpContext http, CancellationToken ct) =>
        await practices.Find(id, caller, ct) is { } seen ? SheetTable.Answer(http, format, await reads.Of(seen, ct), TableOf) : Problems.From(PracticeRules.Unknown);

    private static async Task<IResult> OfCluster(Id<Cluster> cluster, string? format, Caller caller, SpreadReads reads, HttpContext http, CancellationToken ct) =>
        await reads.Of(cluster, caller, ct) is { } matrix ? SheetTable.Answer(http, format, matrix, TableOf) : Problems.From(ClusterRefusals.Unknown);

    private static SheetTable TableOf(PracticeSpread spread) => new(
        "practice-spread", ["firm", "name", "city", "nuts", "stage", "verdict", "changed", "result", "at"],
        [
            [spread.From.Firm.ToString(), spread.From.Name, spread.From.City, spread.From.Nuts, Origin, null, null, null, Instant(spread.At)],
            .. spread.Uses.SelectMany(u => u.Steps.Select(s => (IReadOnlyList<object?>)
            [
                u.Firm.Firm.ToString(), u.Firm.Name, u.Firm.City, u.Firm.Nuts, WireNames.Of(s.Stage), WireNames.Of(s.Verdict), s.Changed.Or(""), s.Result.Or(""), Instant(s.At),
            ])),
        ]);

    private static SheetTable TableOf(SpreadMatrix matrix) => new(
        "practices", ["practice", "title", "level", .. matrix.Firms.Select(f => f.Name), "trying", "using", "given_up"],
        [
            .. matrix.Practices.Select(p => (IReadOnlyList<object?>)
            [
                p.Practice.ToString(), p.Title.Or(""), WireNames.Of(p.Level), .. matrix.Firms.Select(f => (object?)Cell(p, f.Firm)), p.Trying, p.Using, p.GivenUp,
            ]),
            [null, "using", null, .. matrix.Firms.Select(f => (object?)f.Using), null, matrix.Practices.Sum(p => p.Using), null],
        ]);

    /// <summary>Where a firm stands; of the firm that it comes from, that too.</summary>
    private static string? Cell(MatrixPractice practice, Id<Firm> firm)
    {
        var stage = practice.Cells.FirstOrDefault(c => c.Firm == firm) is { } cell ? WireNames.Of(cell.Stage) : null;
        return practice.From != firm ? stage : stage is null ? Origin : $"{Origin} {stage}";
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
