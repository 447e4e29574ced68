using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Telemetry;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace ClusterNet.Tests.Access;

/// <summary>Searches everything that a running Host keeps for a text: all tables of both databases, its files, its log lines.</summary>
internal sealed class Traces : ILogEventSink
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly RunningHost _host;

    /// <summary>Hears what the Host logs from now on, as much as it logs in production.</summary>
    public Traces(RunningHost host)
    {
        _host = host;
        var logger = ClusterNetLogging.Create(new ConfigurationBuilder().Build(), host.Services.GetRequiredService<IHostEnvironment>(), this);
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(new SerilogLoggerProvider(logger, dispose: true));
    }

    public int Lines => _lines.Count;

    public void Emit(LogEvent logEvent) => _lines.Enqueue(
        logEvent.RenderMessage(CultureInfo.InvariantCulture) + logEvent.Exception + string.Join(' ', logEvent.Properties.Select(p => $"{p.Key}={p.Value}")));

    /// <returns>Each place with the number of rows, files or lines that hold it.</returns>
    public async Task<IReadOnlyList<string>> Of(string text)
    {
        List<string> found = [];
        found.AddRange(await InTables(_host.Services.GetRequiredService<Database>().Source, text));
        found.AddRange(await InTables(_host.Services.GetRequiredService<KeyDatabase>().Source, text));
        found.AddRange(InFiles(text));
        found.AddRange(_lines.Where(l => l.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(l => $"log: {l}"));
        return found;
    }

    private static async Task<IReadOnlyList<string>> InTables(NpgsqlDataSource source, string text)
    {
        List<string> tables = [], found = [];
        await using (var select = source.CreateCommand(
            "select format('%I.%I', table_schema, table_name) from information_schema.tables " +
            "where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1"))
        await using (var reader = await select.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) tables.Add(reader.GetString(0));
        foreach (var table in tables)
        {
            // Also as bytes, in which the text would stand in hexadecimal.
            await using var count = source.CreateCommand(
                $"select count(*) from {table} t where t::text ilike '%' || $1 || '%' or t::text like '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'");
            count.Parameters.Add(new() { Value = text });
            var rows = Convert.ToInt64(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
            if (rows > 0) found.Add($"{table}: {rows}");
        }

        return found;
    }

    private IEnumerable<string> InFiles(string text) => Directory.EnumerateFiles(_host.Folder, "*", SearchOption.AllDirectories)
        .Where(f => Encoding.Latin1.GetString(File.ReadAllBytes(f)) is var content && content.Contains(text, StringComparison.OrdinalIgnoreCase)
            && !IsMailToOthers(content, text));

    /// <summary>Mail that went out to somebody else is theirs: no erasure reaches it, here no more than in their mailbox.</summary>
    private static bool IsMailToOthers(string content, string text) =>
        content.StartsWith("From: ", StringComparison.Ordinal)
        && content.Split('\n').FirstOrDefault(l => l.StartsWith("To: ", StringComparison.Ordinal)) is { } to && !to.Contains(text, StringComparison.OrdinalIgnoreCase);
}
