using System.Net;
using ClusterNet.Host.Composition;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Whom the Host believes about who is calling and how.</summary>
public sealed class ProxyTests(BehindProxy proxied, RunningHost open) : IClassFixture<BehindProxy>, IClassFixture<RunningHost>
{
    [Fact]
    public async Task From_a_known_proxy_https_is_https()
    {
        using var client = proxied.Host.Anonymous();

        (await client.Get("/access/me", BehindProxy.Https)).Headers["Strict-Transport-Security"].ShouldBe("max-age=31536000; includeSubDomains");
        (await client.Get("/access/me")).Headers.ShouldNotContainKey("Strict-Transport-Security");
    }

    [Fact]
    public async Task From_anybody_else_forwarded_headers_mean_nothing()
    {
        using var client = open.Anonymous();

        (await client.Get("/access/me", BehindProxy.Https)).Headers.ShouldNotContainKey("Strict-Transport-Security");
        var answer = await client.Post("/access/sign-in", new { email = "x@y.example", password = "z" }, BehindProxy.Https);
        answer.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Limits_count_the_callers_own_address_and_nobody_can_make_one_up()
    {
        using var client = proxied.Host.Anonymous();
        async Task<HttpStatusCode> Call(string forwardedFor) => (await client.Get("/access/personal-data", ("X-Forwarded-For", forwardedFor))).Status;

        foreach (var _ in Enumerable.Range(0, 200)) (await Call("198.51.100.1")).ShouldBe(HttpStatusCode.OK);

        (await Call("198.51.100.1")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Call("10.9.8.7, 198.51.100.1")).ShouldBe(HttpStatusCode.TooManyRequests, "what the caller wrote stands left of what the proxy wrote");
        (await Call("198.51.100.1, 127.0.0.1")).ShouldBe(HttpStatusCode.TooManyRequests, "through two known proxies");
        (await Call("198.51.100.2")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("proxy.example", "proxy.example")]
    [InlineData("10.0.0.7, 10.0.0.300", "10.0.0.300")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::/0", "::/0")]
    [InlineData("10.0.0.0/33", "10.0.0.0/33")]
    public void A_proxy_that_is_none_stops_the_start_and_is_named(string setting, string named) =>
        Faults(("ClusterNet:KnownProxies", setting)).ShouldContain($"ClusterNet__KnownProxies holds \"{named}\"");

    [Fact]
    public void The_frameworks_switch_that_believes_everybody_is_refused() =>
        Faults(("FORWARDEDHEADERS_ENABLED", "true")).ShouldContain("ASPNETCORE_FORWARDEDHEADERS_ENABLED");

    private static string Faults(params (string Key, string Value)[] settings) => Should.Throw<SettingsException>(() => HostSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build())).Message;
}
