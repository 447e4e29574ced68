using System.Text.RegularExpressions;
using ClusterNet.Access.Contracts;
using ClusterNet.Skills.Catalogue.Intake;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Skills.Catalogue;

internal static partial class ImportCatalogueEndpoint
{
    private const string Zip = "application/zip", Csv = "text/csv";

    internal static void MapImportCatalogue(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/skills/catalogue/imports", Handle)
            .WithName("ImportSkills")
            .WithSummary("Import ESCO: the Commission's zip, or one skills_xx.csv with its language; sent again it adds nothing")
            .WithDescription(
                "A zip may hold skills files of several languages, groups, occupations and relations. " +
                "Labels of languages that it does not hold stay, and an older version undoes nothing of a newer one. " +
                "What a complete newer version does not have any more is retired: what uses it keeps it. " +
                "To a caller that accepts application/x-ndjson progress comes as lines, the report at the end.")
            .Accepts<string>(Zip, Csv).Produces<IntakeReports.Answer>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithBodyLimit(CatalogueImport.MaxBytes).OperatorMayCall();

    private static async Task<IResult> Handle(
        HttpContext http, CatalogueImport import, IntakeReports reports, Commands commands, TimeProvider clock, CancellationToken ct, string language = "en",
        string source = "ESCO")
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || type.MediaType.Value is not (Zip or Csv))
            return Problems.Of(415, "unsupported-media-type", $"Send the file as the body, with the header Content-Type: {Zip} or {Csv}.");
        if (!Language().IsMatch(language))
            return Problems.Of(400, "unknown-language", "The parameter 'language' takes a language such as en or de.",
                ("parameter", "language"));
        if (source.Length is 0 or > 100)
            return Problems.Of(400, "malformed-source", "The parameter 'source' takes 1 to 100 characters, such as ESCO 1.1.1.",
                ("parameter", "source"));
        var lines = new ImportLines(http, clock);
        var running = import.Sent(
            http.Request.Body, type.MediaType == Zip ? CatalogueImport.ZipName : $"skills_{language}.csv", source, commands.Metadata(), lines, ct);
        await lines.Tell(running);
        return await running is { Refusal: { } refusal }
            ? Problems.From(refusal)
            : lines.Answer(await reports.AnswerOf(await running, Languages.Of(null, http.Request), ct));
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
