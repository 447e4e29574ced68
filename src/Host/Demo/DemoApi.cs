using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterNet.Host.Demo;

/// <summary>The public HTTP API as the story's people use it: nothing else.</summary>
internal sealed class DemoApi(Uri url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };

    public Uri Url => url;

    public Task<JsonObject> Get(string path, string? bearer) => Expect(HttpMethod.Get, path, null, bearer, null);

    /// <param name="key">Idempotency-Key: a step that is sent again after a break has its effect once.</param>
    public Task<JsonObject> Post(string path, object? body, string? bearer, string? key) =>
        Expect(HttpMethod.Post, path, body is null ? null : () => Json(body), bearer, key);

    /// <summary>The whole content as it is to be: sent again it has the same effect.</summary>
    public Task<JsonObject> Put(string path, object body, string? bearer) => Expect(HttpMethod.Put, path, () => Json(body), bearer, null);

    /// <summary>Sends a file, which is the body.</summary>
    /// <param name="type">Its media type.</param>
    public Task<JsonObject> PostFile(string path, byte[] content, string type, string? bearer, string? key) => Expect(
        HttpMethod.Post, path,
        () => new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, bearer, key);

    /// <summary>A step that must be refused: the story shows rules at work.</summary>
    /// <returns>The problem.</returns>
    public async Task<JsonObject> PostRefused(string path, object body, string? bearer, string code)
    {
        var (status, problem, _) = await Send(HttpMethod.Post, path, () => Json(body), bearer, null);
        if ((int)status < 400 || problem["code"]?.ToString() != code)
            throw new DemoFailedException($"POST {path} should have been refused with {code}, but was answered {(int)status}: {problem.ToJsonString()}");
        return problem;
    }

    /// <summary>Signs in and issues a token, which the story's person uses from then on.</summary>
    public async Task<string> Token(string email, string password, string label)
    {
        var (status, body, cookie) = await Send(HttpMethod.Post, "/api/v1/access/sign-in", () => Json(new { email, password }), null, null);
        if (status != HttpStatusCode.OK || cookie is null) throw new DemoFailedException($"{email} cannot sign in: {body.ToJsonString()}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/access/tokens") { Content = Json(new { label, validForDays = 90 }) };
        request.Headers.Add("Cookie", cookie);
        using var response = await _http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())?["token"]?.ToString()
            ?? throw new DemoFailedException($"{email} got no token.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> Expect(HttpMethod method, string path, Func<HttpContent>? content, string? bearer, string? key)
    {
        var (status, body, _) = await Send(method, path, content, bearer, key);
        return (int)status < 300 ? body : throw new DemoFailedException($"{method} {path} was answered {(int)status}: {body.ToJsonString()}");
    }

    private async Task<(HttpStatusCode Status, JsonObject Body, string? Cookie)> Send(
        HttpMethod method, string path, Func<HttpContent>? content, string? bearer, string? key)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
            if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            using var response = await _http.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.TooManyRequests && response.Headers.RetryAfter?.Delta is { } wait)
            {
                await Task.Delay(wait);
                continue;
            }

            var text = await response.Content.ReadAsStringAsync();
            var cookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : null;
            return (response.StatusCode, text.Length == 0 ? [] : Parsed(text), cookie);
        }
    }

    private static JsonObject Parsed(string text) =>
        JsonNode.Parse(text) is JsonObject body ? body : new JsonObject { ["body"] = text };

    private static StringContent Json(object body) =>
        new(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
}

/// <summary>The story met an answer that it does not expect.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
