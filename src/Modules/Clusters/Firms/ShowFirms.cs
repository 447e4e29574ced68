using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Firms;

internal static class ShowFirmsEndpoint
{
    /// <param name="Figures">For the firm's manager and the coordinators of its clusters; null for everybody else.</param>
    internal sealed record Answer(
        Id<Firm> Firm, string Name, string RegistrationNumber, string Country, string Nuts, string City, string Nace, string? Website,
        SizeClass? SizeClass, Figures? Figures);

    internal sealed record Figures(int HeadCount, long? TurnoverCents, long? BalanceSheetCents, DateOnly ReportedOn);

    /// <param name="Roles">The caller's own.</param>
    internal sealed record Mine(FirmCard Firm, IReadOnlyList<Role> Roles);

    internal static void MapShowFirms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/firms/{firm}", Show).WithName("ShowFirm").WithSummary("One firm; its figures only to its manager and coordinators")
            .Produces<Answer>().SignedInMayCall("everybody sees the card; figures: the firm's manager, coordinators of clusters that admitted the firm");
        routes.MapGet("/clusters/firms/mine", MyFirms).WithName("MyFirms").WithSummary("The firms that the caller belongs to")
            .Produces<IReadOnlyList<Mine>>().SignedInMayCall("everybody about themselves").OwnData();
    }

    private static async Task<IResult> Show(Id<Firm> firm, Caller caller, HttpContext http, FirmQueries queries, CancellationToken ct)
    {
        if (!(await queries.Find([firm], ct)).TryGetValue(firm, out var row)) return Problems.From(Refusals.FirmUnknown);
        var standing = await queries.StandingOf(caller, firm, ct);
        ETags.Set(http, row.Version);
        return TypedResults.Ok(Of(row, standing.Manages || standing.Coordinates));
    }

    private static async Task<IResult> MyFirms(Caller caller, FirmQueries queries, CancellationToken ct)
    {
        var roles = caller.Roles.Where(r => r.Scope.Kind == ScopeKind.Firm).ToLookup(r => new Id<Firm>(r.Scope.Id), r => r.Role);
        var rows = await queries.Find([.. roles.Select(r => r.Key)], ct);
        return TypedResults.Ok<IReadOnlyList<Mine>>([.. rows.Values.OrderBy(r => r.Id).Select(r => new Mine(r.Card, [.. roles[r.Id].Order()]))]);
    }

    private static Answer Of(FirmRow row, bool withFigures) => new(
        row.Id, row.Name, row.RegistrationNumber, row.Country, row.Nuts, row.City, row.Nace, row.Website, row.SizeClass,
        withFigures && row is { HeadCount: { } persons, ReportedOn: { } on } ? new(persons, row.TurnoverCents, row.BalanceSheetCents, on) : null);
}
