using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace ClusterNet.Tests.Web;

/// <summary>What only a real server shows: bodies of unknown length, its own refusals, its headers.</summary>
public sealed class KestrelTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private WebApplication _app = null!; // set before every test

    internal sealed record Body(string Title);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddClusterNetWeb(builder.Configuration);
        _app = builder.Build();
        _app.UseClusterNetWeb();
        _app.MapApi().MapPost("/echo", (Body body) => body.Title);
        await _app.StartAsync();
        _client.BaseAddress = new(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_huge_body_of_unknown_length_is_cut_off_with_the_limit()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/echo")
        {
            Content = new StringContent($$"""{"title":"{{new string('a', 2 * 1024 * 1024)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"limitBytes\":1048576");
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task A_zero_character_in_the_path_is_refused()
    {
        var ct = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync(_client.BaseAddress.ShouldNotBeNull().Host, _client.BaseAddress.Port, ct);
        await socket.GetStream().WriteAsync("GET /api/v1/a%00b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), ct);
        using var reader = new StreamReader(socket.GetStream());

        (await reader.ReadToEndAsync(ct)).ShouldStartWith("HTTP/1.1 400 ");
    }
}
