using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace ClusterNet.Telemetry;

/// <summary>Structured logs on standard output, every line with the trace that it belongs to.</summary>
public static class ClusterNetLogging
{
    private const string Readable = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} {TraceId}{NewLine}{Exception}";

    /// <summary>
    /// Compact JSON, or readable lines in Development; the section <c>Serilog</c> of the configuration changes levels. Nothing logs bodies,
    /// tokens or queries, and what looks like an e-mail address in a property is blanked.
    /// </summary>
    public static IHostApplicationBuilder AddClusterNetLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(Create(builder.Configuration, builder.Environment, null), dispose: true);
        return builder;
    }

    internal static Logger Create(IConfiguration configuration, IHostEnvironment environment, ILogEventSink? sink)
    {
        var logs = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning) // its request lines show queries
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error) // its keys lie in the key directory, 0600
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error) // that pages with forms are not to be kept
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext()
            .Enrich.With<Discretion>();
        logs = sink is not null ? logs.WriteTo.Sink(sink)
            : environment.IsDevelopment() ? logs.WriteTo.Console(outputTemplate: Readable, formatProvider: CultureInfo.InvariantCulture)
            : logs.WriteTo.Console(new CompactJsonFormatter());
        return logs.CreateLogger();
    }
}
