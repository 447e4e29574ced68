using System.Text.Json;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace ClusterNet.Csv;

/// <summary>One import of one file: which columns it has, and what to do with its rows.</summary>
public interface ICsvImport
{
    CsvLayout Layout { get; }

    /// <summary>
    /// Takes the next rows, in file order: each is told to <paramref name="tally"/> once, as accepted, already there or rejected.
    /// Each good row is written in a transaction of its own; a dry run writes nothing and tells the same.
    /// </summary>
    /// <param name="rows">At most <see cref="ImportEndpoint.RowsAtATime"/>, so that look-ups are made for many rows at once.</param>
    Task Take(IReadOnlyList<CsvRow> rows, ImportTally tally, CancellationToken ct);
}

/// <summary>
/// An endpoint that takes a CSV file as its body and answers with an <see cref="ImportReport"/>. To a caller that accepts
/// <c>application/x-ndjson</c> the answer comes as lines of JSON: <c>{"progress": …}</c> while rows are taken in, <c>{"report": …}</c> at the end.
/// <code>
/// routes.MapPost("/things/import", (bool? dryRun, Things things) => ImportEndpoint.Import(new ThingImport(things, dryRun ?? false), dryRun ?? false))
///     .WithCsvBody()
/// </code>
/// </summary>
public static class ImportEndpoint
{
    /// <summary>50 MiB.</summary>
    public const long MaxBytes = 50 * 1024 * 1024;

    public const int RowsAtATime = 200;

    internal const string Csv = "text/csv";
    internal const string JsonLines = "application/x-ndjson";

    public static IResult Import(ICsvImport import, bool dryRun) => new ImportResult(import, dryRun);

    /// <summary>The same for a file that came with a form.</summary>
    public static async Task<ImportReport> Read(ICsvImport import, Stream csv, bool dryRun, CancellationToken ct)
    {
        using var file = await CsvFile.OpenAsync(csv, import.Layout, ct);
        var tally = new ImportTally(dryRun);
        if (file.Faults.Count > 0) tally.Fault(file.Faults);
        else await ImportResult.Run(import, file, tally, () => Task.CompletedTask, ct);
        return tally.ToReport();
    }

    /// <summary>The endpoint takes CSV, up to <see cref="MaxBytes"/>, and answers with a report.</summary>
    public static RouteHandlerBuilder WithCsvBody(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<ImportReport>(StatusCodes.Status200OK, "application/json", JsonLines).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithBodyLimit(MaxBytes).AddOpenApiOperationTransformer(Describe);

    // By hand, because the framework's way would have routing refuse other types, with advice that is wrong here.
    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [Csv] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
        };
        return Task.CompletedTask;
    }
}

/// <summary>Reads the request's body row by row, hands it to the import by the chunk and tells what became of it.</summary>
internal sealed class ImportResult(ICsvImport import, bool dryRun) : IResult
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(500);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (!MediaTypeHeaderValue.TryParse(httpContext.Request.ContentType, out var type) || type.MediaType != ImportEndpoint.Csv)
        {
            await Problems.Of(415, "unsupported-media-type", "Send the file as the body, with the header Content-Type: text/csv.").ExecuteAsync(httpContext);
            return;
        }

        using var file = await CsvFile.OpenAsync(httpContext.Request.Body, import.Layout, httpContext.RequestAborted);
        var tally = new ImportTally(dryRun);
        if (file.Faults.Count > 0) await Unreadable(file, tally).ExecuteAsync(httpContext);
        else if (WantsLines(httpContext.Request)) await TellAsLines(httpContext, file, tally);
        else await TellAtTheEnd(httpContext, file, tally);
    }

    private static bool WantsLines(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == ImportEndpoint.JsonLines && accepted.Quality is null or > 0);

    private static ProblemHttpResult Unreadable(CsvFile file, ImportTally tally)
    {
        tally.Fault(file.Faults);
        return Problems.Of(
            422, "csv-not-readable",
            "The file's first line cannot be understood, so no row was read. See the faults for what to change, then send it again.",
            ("report", tally.ToReport()));
    }

    private async Task TellAtTheEnd(HttpContext http, CsvFile file, ImportTally tally)
    {
        await Run(import, file, tally, () => Task.CompletedTask, http.RequestAborted);
        await TypedResults.Ok(tally.ToReport()).ExecuteAsync(http);
    }

    private async Task TellAsLines(HttpContext http, CsvFile file, ImportTally tally)
    {
        var lines = new Lines(http);
        var clock = http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var told = -1L;
        try
        {
            await Run(import, file, tally, Progress, http.RequestAborted);
            await lines.Write(new { report = tally.ToReport() });
        }
        catch (BadHttpRequestException e)
        {
            // The status is gone already; the last line says what the status would have said. Rows before stay in.
            await lines.Write(new { problem = StatusAnswers.Of(http, e.StatusCode).ProblemDetails, rowsRead = tally.RowsRead });
        }

        // Not after every chunk: a caller that reads only after having sent the whole file must not find the connection full.
        async Task Progress()
        {
            if (told >= 0 && clock.GetElapsedTime(told) < BetweenProgress) return;
            told = clock.GetTimestamp();
            await lines.Write(new { progress = tally.ToProgress() });
        }
    }

    internal static async Task Run(ICsvImport import, CsvFile file, ImportTally tally, Func<Task> afterChunk, CancellationToken ct)
    {
        var rows = new List<CsvRow>(ImportEndpoint.RowsAtATime);
        await foreach (var row in file.ReadAsync(ct))
        {
            rows.Add(row);
            if (rows.Count == ImportEndpoint.RowsAtATime) await Take();
        }

        if (rows.Count > 0) await Take();
        tally.Notice(file.Notices);

        async Task Take()
        {
            await import.Take(rows, tally, ct);
            rows = new(ImportEndpoint.RowsAtATime);
            await afterChunk();
        }
    }

    private sealed class Lines(HttpContext http)
    {
        private readonly JsonSerializerOptions _json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

        public async Task Write<T>(T line)
        {
            if (!http.Response.HasStarted) http.Response.ContentType = ImportEndpoint.JsonLines;
            await JsonSerializer.SerializeAsync(http.Response.BodyWriter, line, _json, http.RequestAborted);
            await http.Response.WriteAsync("\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
