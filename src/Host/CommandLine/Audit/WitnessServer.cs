using ClusterNet.Auditing;
using ClusterNet.Tlog;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary>The witness over HTTP: <c>POST /add-checkpoint</c> and <c>GET /health</c>, bounded in size, time and number.</summary>
internal static class WitnessServer
{
    private const int MaxBody = 64 * 1024;

    public static WebApplication Build(LogWitness witness, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(Bound);
        var app = builder.Build();
        app.MapPost(WitnessRequest.Path, (HttpContext http) => Answer(http, witness));
        app.MapGet("/health", () => Results.Text("well\n"));
        return app;
    }

    private static void Bound(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxBody;
        options.Limits.MaxConcurrentConnections = 100;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        options.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private static async Task Answer(HttpContext http, LogWitness witness)
    {
        using var body = new MemoryStream();
        WitnessReply reply;
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            reply = witness.Add(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            reply = new(e.StatusCode, $"The request was refused: {e.Message}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !http.RequestAborted.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"Nothing was cosigned, because the state cannot be written: {e.Message}");
            reply = new(503, "The witness cannot write its state.\n");
        }

        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = reply.Type;
        http.Response.ContentLength = reply.Bytes.Length;
        await http.Response.Body.WriteAsync(reply.Bytes, http.RequestAborted);
    }
}
