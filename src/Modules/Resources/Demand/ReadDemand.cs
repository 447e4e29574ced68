using System.Globalization;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Demand;

[JsonConverter(typeof(WireNameConverter<ProposalStanding>))]
internal enum ProposalStanding
{
    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("planned")]
    Planned,

    [JsonStringEnumMemberName("set-aside")]
    SetAside,
}

internal static class ReadDemandEndpoint
{
    /// <param name="Assumed">Nobody has said yet: it is an assumption of the program, and no statistic.</param>
    internal sealed record PriceView(long HourCents, int Hours, long AloneCents, bool Assumed, Personal<string>? Source);

    /// <param name="Seats">As many as there are people, or places in the room.</param>
    /// <param name="TrainerTaughtBefore">The trainer gave a session on this skill before.</param>
    internal sealed record OfferView(DateTimeOffset Start, DateTimeOffset End, Id<Resource> Room, Id<Resource>? Trainer, bool TrainerTaughtBefore, int Seats);

    /// <param name="People">Among whom the pool's part is shared.</param>
    /// <param name="PooledCents">A head; null until a resource of the offer has a value.</param>
    internal sealed record CostsView(long AloneCents, long TotalCents, int People, long? PooledCents);

    /// <param name="Firms">At least.</param>
    /// <param name="PeopleAtLeast">The same people may stand behind several sources, and who they are is not told.</param>
    /// <param name="PlansAtLeast">In steps of five, as they were when the month began.</param>
    /// <param name="Costs">For the coordinator and managers, as are <paramref name="Earliest"/> and <paramref name="Reason"/>.</param>
    /// <param name="Reason">Why it was set aside.</param>
    internal sealed record ProposalView(
        string SkillUri, string Skill, int Firms, int PeopleAtLeast, int PeopleAtMost, int Gaps, int Wishes, int PlansAtLeast, CostsView? Costs, OfferView? Earliest,
        ProposalStanding Standing, Id<Session>? Session, Personal<string>? Reason);

    internal sealed record DemandView(PriceView? Price, IReadOnlyList<ProposalView> Items);

    internal sealed record OutcomesView(IReadOnlyList<Outcome> Items);

    internal static void MapReadDemand(this IEndpointRouteBuilder routes)
    {
        const string formats = "format: json, csv or xlsx.";
        routes.MapGet("/resources/clusters/{cluster}/demand", Show)
            .WithName("ShowDemand").WithSummary("What the firms of a cluster need to learn, from audits, wishes and development plans, and what it costs alone and together")
            .WithDescription($"No figure of audits or plans stands for fewer than five people; what stands for fewer than three firms is for the coordinator only. {formats}")
            .Produces<DemandView>().SignedInMayCall("who belongs to the cluster; costs and dates for its coordinator and managers of its firms");
        routes.MapGet("/resources/clusters/{cluster}/demand/outcomes", Outcomes)
            .WithName("ShowDemandOutcomes").WithSummary("What became of proposals: planned, ran or cancelled, how many came, and the gap before and after")
            .WithDescription(formats).Produces<OutcomesView>().SignedInMayCall("the coordinator of the cluster");
    }

    private static async Task<IResult> Show(Id<Cluster> cluster, Caller caller, Standing standing, DemandDesk desk, HttpContext http, CancellationToken ct, string? format = null)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        http.Response.Headers.CacheControl = "no-store";
        var board = await desk.Board(cluster, caller, ct);
        var price = board.Price is { } p ? new PriceView(p.HourCents, p.Hours, p.AloneCents, p.Set is null, p.Set?.Source) : null;
        return SheetTable.Answer(http, format, new DemandView(price, [.. board.Proposals.Select(Of)]), TableOf);
    }

    private static async Task<IResult> Outcomes(Id<Cluster> cluster, Caller caller, Standing standing, OutcomeReads outcomes, HttpContext http, CancellationToken ct, string? format = null)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        http.Response.Headers.CacheControl = "no-store";
        return SheetTable.Answer(http, format, new OutcomesView(await outcomes.Of(cluster, ct)), TableOf);
    }

    private static ProposalView Of(SkillProposal p) => new(
        p.Need.SkillUri, p.Label, p.Need.Firms, p.Need.AtLeast, p.Need.AtMost, p.Need.Gaps, p.Need.Wishes, p.Need.PlansAtLeast,
        p.Costs is { } c ? new(c.AloneCents, c.TotalCents, c.People, c.PooledCents) : null,
        p.Offer is { } o ? new(o.Slot.Start, o.Slot.End, o.Room.Id, o.Trainer?.Id, p.TaughtBefore, o.Seats) : null,
        p.Session is not null ? ProposalStanding.Planned : p.SetAside is not null ? ProposalStanding.SetAside : ProposalStanding.Open, p.Session, p.SetAside?.Reason);

    private static SheetTable TableOf(DemandView demand) => new(
        "demand",
        ["skill", "label", "firms", "people_at_least", "people_at_most", "gaps", "wishes", "plans_at_least", "alone_cents", "pooled_cents", "earliest", "standing"],
        [
            .. demand.Items.Select(p => (IReadOnlyList<object?>)
            [
                p.SkillUri, p.Skill, p.Firms, p.PeopleAtLeast, p.PeopleAtMost, p.Gaps, p.Wishes, p.PlansAtLeast, p.Costs?.AloneCents, p.Costs?.PooledCents, Time(p.Earliest?.Start),
                WireNames.Of(p.Standing),
            ]),
        ]);

    private static SheetTable TableOf(OutcomesView outcomes) => new(
        "demand-outcomes",
        [
            "skill", "label", "session", "standing", "start", "firms", "people_at_least", "people_at_most", "alone_cents", "pooled_cents", "seats", "seats_held", "people_before", "below_before",
            "people_after", "below_after",
        ],
        [
            .. outcomes.Items.Select(o => (IReadOnlyList<object?>)
            [
                o.SkillUri, o.Skill, o.Session.ToString(), WireNames.Of(o.Standing), Time(o.Start), o.Firms, o.PeopleAtLeast, o.PeopleAtMost, o.AloneCents, o.PooledCents, o.Seats, o.SeatsHeld,
                o.Before?.People, o.Before?.BelowLevel, o.After?.People, o.After?.BelowLevel,
            ]),
        ]);

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
