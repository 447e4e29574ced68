using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Catalogue.Intake;

internal static class ReadImportsEndpoints
{
    internal static readonly Refusal Unknown = new(
        "import-unknown", "There was no such import, or it changed nothing. Read the list with GET /api/v1/skills/catalogue/imports.", 404);

    internal static void MapReadImports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/catalogue/imports", List)
            .WithName("ListImports").WithSummary("Imports of classifications that changed something, newest first").OperatorMayCall();
        routes.MapGet("/skills/catalogue/imports/{import}", Read)
            .WithName("ReadImport").WithSummary("What an import changed, and where skills in use went")
            .Produces<IntakeReports.CatalogueReport>().OperatorMayCall();
    }

    private static async Task<Paged<IntakeReports.Summary>> List(PageRequest page, IntakeReports reports, CancellationToken ct) =>
        page.Answer([.. (await reports.List(page.After<Guid>(), page.Fetch, ct)).Select(IntakeReports.Summary.Of)], i => i.Id.Value);

    private static async Task<IResult> Read(Id<CatalogueIntake> import, IntakeReports reports, HttpRequest request, CancellationToken ct) =>
        await reports.Read(import, Languages.Of(null, request), ct) is { } report ? TypedResults.Ok(report) : Problems.From(Unknown);
}
