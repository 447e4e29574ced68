using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Tests.Web;

/// <summary>The block in a host of its own, with the endpoints that a test maps.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public static async Task<TestApp> Start(
        Action<WebApplication> map,
        Action<WebApplicationBuilder>? configure = null,
        Action<IApplicationBuilder>? pages = null,
        Action<IApplicationBuilder>? authentication = null,
        params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddClusterNetWeb(builder.Configuration);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseClusterNetWeb(authentication, authorization: null, pages);
        map(app);
        await app.StartAsync();
        return new(app);
    }

    public async Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        await Send(HttpMethod.Get, path, null, headers);

    public async Task<Answer> Post(string path, string json, params (string Name, string Value)[] headers) =>
        await Send(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        return new((int)response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsStringAsync());
    }

    /// <summary>For what no client can send: the context as the server would hand it over.</summary>
    public Task<HttpContext> Raw(Action<HttpContext> request) => _app.GetTestServer().SendAsync(request);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

internal sealed record Answer(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string Code => Member("code");

    public string Member(string name) => Json.GetProperty(name).ToString();

    /// <summary>The pointers and codes of a problem's errors, such as "#/title too-long".</summary>
    public IEnumerable<string> Errors => Json.GetProperty("errors").EnumerateArray()
        .Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}");

    public string Header(string name) => string.Join(
        ", ", Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? values : []);
}
