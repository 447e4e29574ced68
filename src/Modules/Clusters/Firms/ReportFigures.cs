using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Firms;

internal sealed record ReportFigures(FirmFigures Figures, Id<Person> By, DateTimeOffset Now) : ICommand<FirmProfile, FirmProfileEvent>
{
    public Decision<FirmProfileEvent> Decide(FirmProfile state) => state switch
    {
        FirmProfile.Registered r when r.Figures == Figures => Decision<FirmProfileEvent>.Nothing,
        FirmProfile.Registered => new FirmFiguresReported(
            Figures.HeadCount, Figures.TurnoverCents, Figures.BalanceSheetCents, Figures.ReportedOn, By, Now),
        _ => Refusals.FirmUnknown,
    };
}

internal static class ReportFiguresEndpoint
{
    /// <summary>A hundred thousand million euro: beyond any firm, and far from where numbers end.</summary>
    internal const long MaxCents = 100_000_000_000_00;

    internal const int MaxPersons = 10_000_000;

    /// <param name="HeadCount">Annual work units, as whole persons.</param>
    internal sealed record Body(int HeadCount, DateOnly ReportedOn, long? TurnoverCents = null, long? BalanceSheetCents = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Whole("headCount", HeadCount, 0, MaxPersons);
            faults.Whole("turnoverCents", TurnoverCents, 0, MaxCents);
            faults.Whole("balanceSheetCents", BalanceSheetCents, 0, MaxCents);
            faults.Check(
                TurnoverCents is not null || BalanceSheetCents is not null, "turnoverCents", "required",
                "Turnover or balance sheet total is needed, best both.");
            faults.Day("reportedOn", ReportedOn, new(1990, 1, 1), new(2100, 1, 1));
        }
    }

    internal static void MapReportFigures(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/firms/{firm}/figures", Handle)
            .WithName(nameof(ReportFigures)).WithSummary("Report head count, turnover and balance sheet; the size class follows")
            .WithExample(new Body(57, new(2026, 3, 31), 638_660_700, 3_010_827_500))
            .InFirmMayCall("firm", Role.Manager);

    internal static Task<IResult> Handle(
        Id<Firm> firm, Body body, Caller caller, Streams<FirmProfile, FirmProfileEvent> firms, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var figures = new FirmFigures(body.HeadCount, body.TurnoverCents, body.BalanceSheetCents, body.ReportedOn);
        return commands.Run(
            firms, firm.Value, new ReportFigures(figures, caller.Person, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/clusters/firms/{firm}", firm), ct);
    }
}
