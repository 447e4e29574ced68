using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClusterNet.Csv;
using ClusterNet.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class ImportEndpointTests
{
    private const string ThreeRows = "name,size\nOne,1\nTwo,x\nOne,1\n";

    [Fact]
    public async Task A_file_is_answered_with_one_report()
    {
        await using var app = await Start();
        var answer = await app.Send(HttpMethod.Post, "/things/import", Csv(ThreeRows));
        answer.Status.ShouldBe(200);
        var report = answer.Json;
        Counts(report).ShouldBe((3, 1, 1, 1));
        report.GetProperty("faults")[0].GetProperty("line").GetInt32().ShouldBe(3);
        report.GetProperty("dryRun").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Who_accepts_lines_is_told_the_progress_and_then_the_report()
    {
        await using var app = await Start();
        var many = "name,size\n" + string.Concat(Enumerable.Range(1, 450).Select(i => $"T{i},{i}\n"));
        var answer = await app.Send(HttpMethod.Post, "/things/import", Csv(many), ("Accept", ImportEndpoint.JsonLines));
        answer.Status.ShouldBe(200);
        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines[0].GetProperty("progress").GetProperty("rowsRead").GetInt32().ShouldBe(ImportEndpoint.RowsAtATime);
        Counts(lines[^1].GetProperty("report")).ShouldBe((450, 450, 0, 0));
    }

    [Fact]
    public async Task Rows_come_by_the_chunk_and_in_order()
    {
        var things = new Things();
        await using var app = await TestApp.Start(a => a.MapPost("/things/import", () => ImportEndpoint.Import(things, false)).WithCsvBody());
        await app.Send(HttpMethod.Post, "/things/import", Csv("name,size\n" + string.Concat(Enumerable.Range(1, 401).Select(i => $"T{i},{i}\n"))));
        things.Chunks.ShouldBe([200, 200, 1]);
        things.Lines.ShouldBe(Enumerable.Range(2, 401));
    }

    [Fact]
    public async Task A_file_without_the_needed_columns_is_refused_with_its_faults()
    {
        await using var app = await Start();
        var answer = await app.Send(HttpMethod.Post, "/things/import", Csv("title\nOne\n"), ("Accept", ImportEndpoint.JsonLines));
        answer.Status.ShouldBe(422);
        answer.Code.ShouldBe("csv-not-readable");
        answer.Json.GetProperty("report").GetProperty("faults")[0].GetProperty("code").GetString().ShouldBe("csv-missing-columns");
    }

    [Fact]
    public async Task Anything_but_csv_is_refused()
    {
        await using var app = await Start();
        (await app.Send(HttpMethod.Post, "/things/import", new StringContent("{}", Encoding.UTF8, "application/json"))).Status.ShouldBe(415);
        (await app.Send(HttpMethod.Post, "/things/import", new ByteArrayContent([]))).Status.ShouldBe(415);
    }

    private static Task<TestApp> Start() => TestApp.Start(app => app.MapPost("/things/import", () => ImportEndpoint.Import(new Things(), false)).WithCsvBody());

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));

    private static (int, int, int, int) Counts(JsonElement report)
    {
        int Of(string name) => report.GetProperty(name).GetInt32();
        return (Of("rowsRead"), Of("accepted"), Of("alreadyThere"), Of("rejected"));
    }

    private sealed class Things : ICsvImport
    {
        private readonly HashSet<string> known = [];

        public CsvLayout Layout { get; } = new(["name", "size"]);

        public List<int> Chunks { get; } = [];

        public List<int> Lines { get; } = [];

        public Task Take(IReadOnlyList<CsvRow> rows, ImportTally tally, CancellationToken ct)
        {
            Chunks.Add(rows.Count);
            foreach (var row in rows)
            {
                Lines.Add(row.Line);
                var (name, _) = (row.Text("name"), row.Whole("size", 0, 1_000));
                if (!row.IsSound) tally.Reject(row);
                else if (known.Add(name)) tally.Accept();
                else tally.FindAlreadyThere();
            }

            return Task.CompletedTask;
        }
    }
}
