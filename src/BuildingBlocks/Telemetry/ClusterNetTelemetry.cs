using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClusterNet.Telemetry;

/// <summary>Our own traces and measures, and their way out by OTLP.</summary>
public static class ClusterNetTelemetry
{
    /// <summary>The name of our source and our meter.</summary>
    public const string Name = "ClusterNet";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Spans of ours; costs nothing while nobody listens.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Measures of ours.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>
    /// Sends traces and metrics of HTTP, Npgsql and ours by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is configured (the OpenTelemetry
    /// specification's variables hold, <c>OTEL_SERVICE_NAME</c> among them), and does nothing without it. The package
    /// OpenTelemetry.Extensions.Hosting could take this method's place.
    /// </summary>
    public static IServiceCollection AddClusterNetTelemetry(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Export>());
        return services;
    }

    private sealed class Export(IConfiguration configuration) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (!string.IsNullOrWhiteSpace(configuration[Endpoint]))
            {
                var resource = ResourceBuilder.CreateDefault().AddService("clusternet").AddEnvironmentVariableDetector();
                _traces = Sdk.CreateTracerProviderBuilder()
                    .SetResourceBuilder(resource)
                    .AddSource("Microsoft.AspNetCore", "Npgsql", Name)
                    .AddProcessor(new WithoutQueries())
                    .AddOtlpExporter(Configure)
                    .Build();
                _metrics = Sdk.CreateMeterProviderBuilder()
                    .SetResourceBuilder(resource)
                    .AddMeter("Microsoft.AspNetCore.Hosting", "Npgsql", Name)
                    .AddOtlpExporter(Configure)
                    .Build();
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _traces?.ForceFlush(2000);
            _metrics?.ForceFlush(2000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }

        // The exporter alone reads the environment only; ours may also come from appsettings or the command line.
        private void Configure(OtlpExporterOptions options)
        {
            if (Environment.GetEnvironmentVariable(Endpoint) is null)
            {
                options.Endpoint = new(configuration[Endpoint]!); // StartAsync looked
            }
        }
    }

    /// <summary>Paths and queries may carry tokens and addresses of people; the route says enough.</summary>
    private sealed class WithoutQueries : BaseProcessor<Activity>
    {
        private static readonly string[] _hidden = ["url.path", "url.query", "url.full", "http.target", "http.url"];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in _hidden)
            {
                data.SetTag(tag, null);
            }
        }
    }
}
