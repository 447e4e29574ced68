using System.Diagnostics;
using System.Globalization;
using ClusterNet.EventStore;
using ClusterNet.Skills;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Finding;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Benchmarks;

/// <summary>Search as somebody types over all of ESCO in two languages, each label with a slip in it, and what an import of it costs.</summary>
internal static class SearchCase
{
    private const int Seed = 20_261_129, Limit = 20, Budget = 30;
    private static readonly string[] Languages = ["en", "fr"];

    /// <param name="data">The folder that holds <c>esco-1.1.1</c> and <c>esco-1.0-fr-es</c>.</param>
    public static async Task Run(Bench bench, string data, bool quick, BudgetTable table)
    {
        await using var site = await Site.Start(bench);
        string[] files =
        [
            Path.Combine(data, "esco-1.1.1", "classification-en-csv.zip"), Path.Combine(data, "esco-1.1.1", "relations-csv.zip"),
            Path.Combine(data, "esco-1.0-fr-es", "skills_fr.csv"),
        ];
        foreach (var what in new[] { "import of all of ESCO, two languages", "the same again" })
        {
            var started = Stopwatch.GetTimestamp();
            var (report, _) = await SkillsModule.Import(site.Services, files, "ESCO 1.1.1", null, CancellationToken.None);
            if (report.FaultCount > 0) throw new InvalidOperationException(report.Faults[0].Reason);
            table.Figure(
                what, "", "", $"{BudgetTable.Number(Stopwatch.GetElapsedTime(started).TotalSeconds, "0.0")} s", $"{report.Accepted} of {report.RowsRead} new or changed", true);
        }

        var index = site.Services.GetRequiredService<SkillIndex>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rows = await site.Services.GetRequiredService<Database>().Query(
            SkillsModule.Name, Statement.Of(SkillList.Table.Select("where kind = 'skill' order by uri")), SkillList.Table.Read, CancellationToken.None);
        var snapshot = SkillSnapshot.Of(rows);
        table.Figure("one catalogue in memory, rows included", "", "", $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1_000_000} MB", "", true);
        GC.KeepAlive(snapshot);
        var typed = Typed(rows, quick ? 60 : 300).ToList();
        var search = site.Services.GetRequiredService<SkillSearch>();
        await index.CatchUp(CancellationToken.None);
        foreach (var (text, language) in typed.Take(200)) await search.Find(text, language, null, Limit, CancellationToken.None);
        Add(table, $"search while typing, {typed.Count} queries: server time", await Times(typed, (text, language) => search.Find(text, language, null, Limit, CancellationToken.None)), Budget);
        using var client = new HttpClient { BaseAddress = site.Url };
        await Times(typed.Take(200).ToList(), Ask);
        Add(table, "the same over HTTP, one after the other", await Times(typed, Ask), null);

        Task<string> Ask(string text, string language) => client.GetStringAsync($"/api/v1/skills?q={Uri.EscapeDataString(text)}&language={language}");
    }

    /// <summary>Labels of both languages in turns, from the second letter on to the whole label, one letter of it wrong.</summary>
    private static IEnumerable<(string Text, string Language)> Typed(List<SkillRow> rows, int labels)
    {
        var random = new Random(Seed);
        for (var i = 0; i < labels; i++)
        {
            var language = Languages[i % Languages.Length];
            var label = rows[random.Next(rows.Count)].Labels.GetValueOrDefault(language, "apply");
            var at = random.Next(1, label.Length);
            var wrong = label[..at] + (char)('a' + random.Next(26)) + label[(at + 1)..];
            for (var length = 2; length <= wrong.Length; length += 3)
                if (!string.IsNullOrWhiteSpace(wrong[..length])) yield return (wrong[..length], language);
        }
    }

    private static async Task<List<double>> Times<T>(IReadOnlyList<(string Text, string Language)> typed, Func<string, string, Task<T>> ask)
    {
        var times = new List<double>();
        foreach (var (text, language) in typed)
        {
            var started = Stopwatch.GetTimestamp();
            await ask(text, language);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    /// <param name="budget">Milliseconds of the 99th percentile; null for none.</param>
    private static void Add(BudgetTable table, string what, List<double> times, double? budget)
    {
        var p99 = times[times.Count * 99 / 100];
        table.Figure(
            what, "", "", string.Create(CultureInfo.InvariantCulture, $"median {times[times.Count / 2]:0.0} ms, p99 {p99:0.0} ms, longest {times[^1]:0.0} ms"),
            budget is null ? "" : $"p99 < {budget} ms", budget is null || p99 < budget);
    }
}
