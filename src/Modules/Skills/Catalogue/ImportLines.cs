using System.Text.Json;
using ClusterNet.Skills.Catalogue.Intake;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClusterNet.Skills.Catalogue;

/// <summary>Tells the progress of an import line by line to a caller that asked for it, and its end to everybody.</summary>
internal sealed class ImportLines(HttpContext http, TimeProvider clock) : IProgress<long>
{
    private const string JsonLines = "application/x-ndjson";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private readonly bool _wanted = http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == JsonLines && a.Quality is null or > 0);
    private long _read;

    public void Report(long value) => Interlocked.Exchange(ref _read, value);

    /// <summary>Ends when the import does, well or badly.</summary>
    public async Task Tell(Task running)
    {
        while (await Task.WhenAny(running, Task.Delay(Between, clock, CancellationToken.None)) != running)
            if (_wanted && Interlocked.Read(ref _read) is > 0 and var read) await Write(new { progress = new { conceptsRead = read } });
    }

    public IResult Answer(IntakeReports.Answer report)
    {
        if (http.Response.HasStarted) return new Last(this, report);
        if (report is { RowsRead: 0, FaultCount: > 0 })
        {
            return Problems.Of(
                422, "catalogue-not-readable", "Nothing was imported. See the faults for what to change, then send it again.", ("report", report));
        }

        return _wanted ? new Last(this, report) : TypedResults.Ok(report);
    }

    private async Task Write<T>(T line)
    {
        if (!http.Response.HasStarted) http.Response.ContentType = JsonLines;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await JsonSerializer.SerializeAsync(http.Response.BodyWriter, line, json, http.RequestAborted);
        await http.Response.WriteAsync("\n", http.RequestAborted);
    }

    private sealed class Last(ImportLines lines, IntakeReports.Answer report) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => lines.Write(new { report });
    }
}
