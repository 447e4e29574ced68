using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ClusterNet.Benchmarks;

/// <summary>The public API as cases use it to make what they measure.</summary>
internal static class ApiCalls
{
    /// <summary>Somebody who is signed in by a token.</summary>
    public static HttpClient Client(this Site site)
    {
        var client = new HttpClient { BaseAddress = new Uri(site.Url, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", site.Token);
        return client;
    }

    /// <summary>A cluster that the firm of the site's owner is admitted to.</summary>
    public static async Task<(string Cluster, string Firm)> Found(this HttpClient client, string name)
    {
        var cluster = await client.Make("clusters", new { name, nuts = "DEA58", sectors = new[] { "24" }, charter = "We share.", businessObjective = "Grow" });
        var firm = (await client.Read("clusters/firms/mine"))[0]!["firm"]!["firm"]!.ToString(); // the one of the site
        await client.Make($"clusters/{cluster}/memberships", new { firm, reason = "bench" });
        await client.Make($"clusters/{cluster}/memberships/{firm}/admission", new { reason = "bench" });
        return (cluster, firm);
    }

    public static async Task<JsonNode> Read(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await Body(response, path);
    }

    /// <summary>How many milliseconds a read takes, in the middle of <paramref name="asked"/> times after some others.</summary>
    public static async Task<double> Median(this HttpClient client, string path, int warmUp, int asked)
    {
        var times = new List<double>();
        for (var i = 0; i < warmUp + asked; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await client.Read(path);
            if (i >= warmUp) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return times[asked / 2];
    }

    /// <returns>The body of the answer.</returns>
    public static async Task<JsonNode> Send(this HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        return await Body(response, path);
    }

    /// <returns>The id of what was made.</returns>
    public static async Task<string> Make(this HttpClient client, string path, object body) => (await client.Send(path, body))["id"]?.ToString() ?? "";

    private static async Task<JsonNode> Body(HttpResponseMessage response, string path)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)! // the API never says null
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{path}: {(int)response.StatusCode} {text}"));
    }
}
