using System.Diagnostics;
using System.Globalization;
using ClusterNet.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class LoggingTests
{
    [Fact]
    public async Task A_request_is_logged_by_its_route_with_its_trace_and_without_what_the_caller_sent()
    {
        var lines = new Lines();
        await using var app = await TestApp.Start(
            app => app.MapPost("/invitations/{token}", (string token, string? mail) => $"{token} {mail}"),
            builder => LogTo(lines, builder));

        await app.Post("/invitations/s3cret?mail=ada@example.org", """{"password":"hunter2"}""", ("Authorization", "Bearer t0ken"));

        var line = lines.All.ShouldHaveSingleItem();
        line.TraceId.ShouldNotBeNull();
        var text = line.RenderMessage(CultureInfo.InvariantCulture)
            + string.Join(' ', line.Properties.Select(property => property.Value.ToString()));
        text.ShouldContain("/invitations/{token}");
        text.ShouldContain("200");
        foreach (var secret in new[] { "s3cret", "ada@", "hunter2", "t0ken" })
        {
            text.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task A_bug_is_logged_under_the_trace_that_its_answer_names()
    {
        var lines = new Lines();
        await using var app = await TestApp.Start(
            app => app.MapGet("/bug", string () => throw new InvalidOperationException("why")), builder => LogTo(lines, builder));

        var answer = await app.Get("/bug");

        var line = lines.All.Where(line => line.Level == LogEventLevel.Error).ShouldHaveSingleItem();
        line.Exception.ShouldNotBeNull().Message.ShouldBe("why");
        line.TraceId.ShouldNotBeNull().ToHexString().ShouldBe(answer.Member("traceId"));
    }

    [Fact]
    public void An_address_that_slipped_into_a_log_line_is_blanked()
    {
        var lines = new Lines();
        using var log = ClusterNetLogging.Create(new ConfigurationBuilder().Build(), new HostingEnvironment(), lines);

        log.Information("Mail to {To} failed", "Ada <ada@example.org>");

        lines.All.Single().RenderMessage(CultureInfo.InvariantCulture).ShouldBe("Mail to \"Ada <(address)>\" failed");
    }

    [Fact]
    public void Levels_can_be_configured()
    {
        var lines = new Lines();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Serilog:MinimumLevel:Override:Quiet"] = "Warning" }).Build();
        using var log = ClusterNetLogging.Create(configuration, new HostingEnvironment(), lines);

        log.ForContext(Constants.SourceContextPropertyName, "Quiet.Part").Information("not this");
        log.ForContext(Constants.SourceContextPropertyName, "Other").Information("but this");

        lines.All.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("http://127.0.0.1:1", true)]
    public async Task Traces_are_taken_only_when_there_is_somewhere_to_send_them(string? endpoint, bool taken)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        builder.Services.AddClusterNetTelemetry();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        using var source = new ActivitySource("Npgsql");
        source.HasListeners().ShouldBe(taken);
    }

    private static void LogTo(Lines lines, WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddSerilog(ClusterNetLogging.Create(builder.Configuration, builder.Environment, lines), dispose: true);
    }

    private sealed class Lines : ILogEventSink
    {
        private readonly List<LogEvent> _all = [];

        public IReadOnlyList<LogEvent> All
        {
            get
            {
                lock (_all)
                {
                    return [.. _all];
                }
            }
        }

        public void Emit(LogEvent logEvent)
        {
            lock (_all)
            {
                _all.Add(logEvent);
            }
        }
    }
}
