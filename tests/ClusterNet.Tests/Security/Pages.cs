using System.Text.RegularExpressions;
using ClusterNet.Access.Contracts;
using ClusterNet.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>A page of the running Host.</summary>
internal sealed record PageRoute(string Pattern, WhoMayCall Who)
{
    /// <summary>Its address, with these in the places that they fit.</summary>
    public string At(string cluster, string firm, string person) => "/" + Regex.Replace(Pattern.TrimStart('/'), @"\{(\w+)[^}]*\}", match => match.Groups[1].Value.ToLowerInvariant() switch
    {
        "cluster" => cluster,
        "firm" => firm,
        "person" => person,
        _ => AllRoles.Nothing,
    });
}

/// <summary>All pages of the running Host, and what a browser gets of them.</summary>
internal static class Pages
{
    public static IReadOnlyList<PageRoute> Of(RunningHost host)
    {
        PageRoute[] pages =
        [
            .. from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let who = endpoint.Metadata.GetMetadata<WhoMaySeeAttribute>()?.Who
               where who is not null
               select new PageRoute(endpoint.RoutePattern.RawText!, who), // our routes are patterns
        ];
        pages.Length.ShouldBeGreaterThan(5);
        return [.. pages.DistinctBy(p => p.Pattern)];
    }

    public static Task<Answer> Read(HttpClient client, string path) => Send(client, HttpMethod.Get, path, null);

    /// <summary>A form as a browser sends it.</summary>
    public static Task<Answer> Post(HttpClient client, string path, IEnumerable<KeyValuePair<string, string>> form, params (string Name, string Value)[] headers) =>
        Send(client, HttpMethod.Post, path, new FormUrlEncodedContent(form), headers);

    /// <summary>The form token of a page and the cookie that belongs to it.</summary>
    public static async Task<(string Token, string Cookie)> FormToken(HttpClient client, string path)
    {
        var page = await Read(client, path);
        var token = Regex.Match(page.Body, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        token.ShouldNotBeEmpty(path);
        return (token, page.Headers["Set-Cookie"].Split(';')[0]);
    }

    public static async Task<Answer> Send(HttpClient client, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Accept", "text/html");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, all, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
