using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Gaps;

/// <summary>Gaps that closed audits found, as JSON, CSV or XLSX. While an audit runs it shows nobody any figure.</summary>
internal static class ShowGapsEndpoint
{
    /// <param name="Cells">Firms and areas for the coordinator; persons and areas for others.</param>
    internal sealed record HeatMap(Id<Audit> Audit, DateTimeOffset? ClosedAt, IReadOnlyList<HeatCell> Cells);

    internal sealed record OwnGaps(IReadOnlyList<OwnGap> Items);

    internal sealed record SinglePoints(IReadOnlyList<SinglePoint> Items);

    internal static void MapShowGaps(this IEndpointRouteBuilder routes)
    {
        const string within =
            "the coordinator of its cluster: figures from five people on; managers: their own people; people in it: themselves; auditors: whom their grants cover (recorded)";
        routes.MapGet("/skills/audits/{audit}/gaps", OfAudit).WithName("ShowAuditGaps")
            .WithSummary("The gaps that a closed audit found: person and skill, or figures from five people on").Produces<AuditGaps>().SignedInMayCall(within).ReadsRecorded();
        routes.MapGet("/skills/audits/{audit}/heat-map", Heat).WithName("ShowHeatMap")
            .WithSummary("The heat map of a closed audit: firm and area, or person and area").Produces<HeatMap>().SignedInMayCall(within).ReadsRecorded();
        routes.MapGet("/skills/firms/{firm}/gaps", OfFirm).WithName("ShowFirmGaps")
            .WithSummary("A firm's gaps by skill, area and person, with the audit before").Produces<GroupGaps>().InFirmMayCall("firm", Role.Manager);
        routes.MapGet("/skills/clusters/{cluster}/gaps", OfCluster).WithName("ShowClusterGaps")
            .WithSummary("A cluster's gaps by skill, area and firm, from five people on").Produces<GroupGaps>().InClusterMayCall("cluster", Role.Coordinator);
        routes.MapGet("/skills/clusters/{cluster}/single-points", Single).WithName("ShowSinglePoints")
            .WithSummary("Skills that one person of the cluster alone has").Produces<SinglePoints>().InClusterMayCall("cluster", Role.Coordinator);
        routes.MapGet("/skills/persons/me/gaps", Own).WithName("ShowOwnGaps")
            .WithSummary("One's own gaps, with what each source says").Produces<OwnGaps>().SignedInMayCall("everybody about themselves").OwnData();
    }

    private static async Task<IResult> OfAudit(Id<Audit> audit, string? format, Caller caller, HttpContext http, GapDesk desk, CancellationToken ct)
    {
        var (gaps, refusal) = await desk.Open(audit, caller, ct);
        return gaps is null ? Problems.From(refusal!) : SheetTable.Answer(http, format, gaps, TableOf); // one of the two is given
    }

    private static async Task<IResult> Heat(Id<Audit> audit, string? format, Caller caller, HttpContext http, GapDesk desk, CancellationToken ct)
    {
        var (gaps, refusal) = await desk.Open(audit, caller, ct);
        if (gaps is null) return Problems.From(refusal!); // one of the two is given
        return SheetTable.Answer(http, format, new HeatMap(audit, gaps.ClosedAt, gaps.Heat), m => TableOf("heat-map", m.Cells));
    }

    private static async Task<IResult> OfFirm(
        Id<Firm> firm, Id<Audit>? audit, string? format, Caller caller, HttpContext http, GapViews views, CancellationToken ct) =>
        await views.OfFirm(caller, firm, audit, ct) is { } answer ? SheetTable.Answer(http, format, answer, TableOf) : Problems.From(GapDesk.Unknown);

    private static async Task<IResult> OfCluster(
        Id<Cluster> cluster, Id<Audit>? audit, string? format, HttpContext http, GapViews views, CancellationToken ct) =>
        await views.OfCluster(cluster, audit, ct) is { } answer ? SheetTable.Answer(http, format, answer, TableOf) : Problems.From(GapDesk.Unknown);

    private static async Task<IResult> Single(Id<Cluster> cluster, string? format, Caller caller, HttpContext http, GapViews views, CancellationToken ct) =>
        SheetTable.Answer(http, format, new SinglePoints(await views.SinglePoints(caller, cluster, ct)), p => new(
            "single-points", ["skill", "label", "required", "asked", "person", "firm"],
            [.. p.Items.Select(i => (IReadOnlyList<object?>)[i.Skill, i.Label, i.Required, i.Asked, i.Name, i.FirmName])]));

    private static async Task<IResult> Own(string? format, Caller caller, HttpContext http, GapViews views, CancellationToken ct) =>
        SheetTable.Answer(http, format, new OwnGaps(await views.Own(caller.Person, ct)), g => new(
            "my-gaps", ["skill", "label", "required", "claimed", "rated", "evidenced", "level", "gap", "state"],
            [.. g.Items.Select(i => (IReadOnlyList<object?>)[i.Skill, i.Label, i.Required, i.Claimed, i.Rated, i.Evidenced, i.Level, i.Gap, WireNames.Of(i.State)])]));

    private static SheetTable TableOf(AuditGaps answer) => answer.Group is { } group ? TableOf(group) : new(
        "gaps", ["person", "name", "skill", "label", "required", "level", "gap", "state", "claimed", "rated", "evidenced"],
        [
            .. answer.People.SelectMany(p => p.Cells.Select(c => (IReadOnlyList<object?>)
            [
                p.Person.ToString(), p.Name, c.Skill, c.Label, c.Required, c.Level, c.Gap, WireNames.Of(c.State),
                .. Enum.GetValues<LevelSource>().Select(s => (object?)c.Sources.FirstOrDefault(x => x.Source == s)?.Level),
            ])),
        ]);

    private static SheetTable TableOf(GroupGaps group) => new(
        "gaps", ["skill", "label", "areas", "people", "at_level", "mean_gap_hundredths", "widest_gap", "mean_gap_before_hundredths"],
        [
            .. group.Skills.Select(s => (IReadOnlyList<object?>)
                [s.Skill, s.Label, string.Join(' ', s.Areas), s.People, s.AtLevel, s.MeanGapHundredths, s.WidestGap, s.BeforeHundredths]),
        ]);

    private static SheetTable TableOf(string name, IReadOnlyList<HeatCell> cells) => new(
        name, ["name", "area", "requirements", "at_level", "mean_gap_hundredths"],
        [.. cells.Select(c => (IReadOnlyList<object?>)[c.Name, c.Area, c.Requirements, c.AtLevel, c.MeanGapHundredths])]);
}
