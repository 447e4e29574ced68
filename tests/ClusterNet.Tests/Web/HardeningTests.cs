using System.Security.Claims;
using System.Text;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class HardeningTests
{
    private static readonly (string, string)[] _twoAMinute =
    [
        ("ClusterNet:RateLimits:AnonymousPerMinute", "2"),
        ("ClusterNet:RateLimits:SignedInPerMinute", "4"),
        ("ClusterNet:RateLimits:SecretsPerMinute", "1"),
    ];

    [Fact]
    public async Task Every_answer_tells_browsers_to_be_careful()
    {
        await using var app = await Start();

        foreach (var path in new[] { "/api/v1/thing", "/api/v1/nowhere", "/api/v1/bug", "/page" })
        {
            var answer = await app.Get(path);
            answer.Header("X-Content-Type-Options").ShouldBe("nosniff", path);
            answer.Header("Content-Security-Policy").ShouldContain("frame-ancestors 'none'", Case.Sensitive, path);
            answer.Header("Referrer-Policy").ShouldBe("same-origin");
            answer.Header("Permissions-Policy").ShouldContain("camera=()");
            answer.Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
            answer.Header("Strict-Transport-Security").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Inline_styles_are_possible_on_the_api_page_only_and_inline_scripts_nowhere()
    {
        await using var app = await Start();

        (await app.Get("/page")).Header("Content-Security-Policy").ShouldNotContain("unsafe");
        (await app.Get("/api/v1/thing")).Header("Content-Security-Policy").ShouldBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        var apiPage = (await app.Get("/api/index.html")).Header("Content-Security-Policy");
        apiPage.ShouldContain("style-src 'self' 'unsafe-inline'");
        apiPage.ShouldNotContain("script-src");
    }

    [Fact]
    public async Task Only_https_is_told_to_stay_https()
    {
        await using var app = await Start();

        (await app.Get("https://localhost/page")).Header("Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
    }

    [Fact]
    public async Task Answers_of_the_api_are_not_cached_unless_they_say_so()
    {
        await using var app = await Start();

        (await app.Get("/api/v1/thing")).Header("Cache-Control").ShouldBe("no-store");
        (await app.Get("/api/v1/cached")).Header("Cache-Control").ShouldBe("max-age=60");
        (await app.Get("/page")).Header("Cache-Control").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_beyond_its_limit_is_told_when_to_come_back()
    {
        await using var app = await Start(_twoAMinute);
        await app.Get("/api/v1/thing");
        await app.Get("/api/v1/thing");

        var answer = await app.Get("/api/v1/thing");

        answer.Status.ShouldBe(429);
        answer.Code.ShouldBe("too-many-requests");
        int.Parse(answer.Header("Retry-After"), null).ShouldBeInRange(1, 60);
        (await app.Get("/health/live")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Every_signed_in_caller_has_a_limit_of_its_own()
    {
        await using var app = await Start(_twoAMinute);

        foreach (var _ in Enumerable.Range(0, 4))
        {
            (await app.Get("/api/v1/thing", ("X-Test-Caller", "ada"))).Status.ShouldBe(200);
        }

        (await app.Get("/api/v1/thing", ("X-Test-Caller", "ada"))).Status.ShouldBe(429);
        (await app.Get("/api/v1/thing", ("X-Test-Caller", "bob"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Guessing_secrets_is_limited_more_strictly()
    {
        await using var app = await Start(_twoAMinute);

        (await app.Post("/api/v1/sign-in", "{}", ("X-Test-Caller", "ada"))).Status.ShouldBe(200);
        (await app.Post("/api/v1/sign-in", "{}", ("X-Test-Caller", "bob"))).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await using var app = await Start([.. _twoAMinute, ("ClusterNet:RateLimits:Enabled", "false")]);

        foreach (var _ in Enumerable.Range(0, 5))
        {
            (await app.Post("/api/v1/sign-in", "{}")).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_limit_that_is_none_stops_the_start() =>
        await Should.ThrowAsync<InvalidOperationException>(() => Start([("ClusterNet:RateLimits:AnonymousPerMinute", "0")]));

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost:81")]
    [InlineData("Origin", "null")]
    public async Task A_change_that_another_sites_page_sends_is_refused(string header, string value)
    {
        await using var app = await Start();

        var answer = await app.Post("/api/v1/things", "{}", (header, value), ("Cookie", "session=1"));
        answer.Status.ShouldBe(403);
        answer.Code.ShouldBe("cross-site-request");
        (await app.Get("/api/v1/thing", (header, value))).Status.ShouldBe(200, "reading changes nothing");
        (await app.Post("/api/v1/things", "{}", (header, value), ("Authorization", "Bearer x"))).Status.ShouldBe(200);
        (await app.Post("/api/v1/verify", "{}", (header, value))).Status.ShouldBe(200, "it acts for nobody");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("X-Other", "1")]
    public async Task A_change_from_a_page_of_this_site_or_from_no_page_is_let_through(string header, string value)
    {
        await using var app = await Start();

        (await app.Post("/api/v1/things", "{}", (header, value), ("Cookie", "session=1"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_endpoint_can_take_larger_or_only_smaller_bodies()
    {
        await using var app = await Start();
        static StringContent Text(int length) => new(new string('a', length), Encoding.UTF8, "text/csv");

        (await app.Send(HttpMethod.Post, "/api/v1/import", Text(2 * 1024 * 1024))).Status.ShouldBe(200);
        (await app.Send(HttpMethod.Post, "/api/v1/import", Text(3 * 1024 * 1024 + 1))).Status.ShouldBe(413);
        var small = await app.Send(HttpMethod.Post, "/api/v1/small", Text(11));
        small.Status.ShouldBe(413);
        small.Member("detail").ShouldContain("10 bytes");
    }

    private static Task<TestApp> Start(params (string, string)[] settings) => TestApp.Start(
        app =>
        {
            var api = app.MapApi();
            api.MapGet("/thing", () => "a thing");
            api.MapGet("/bug", string () => throw new InvalidOperationException());
            api.MapGet("/cached", (HttpContext context) => context.Response.Headers.CacheControl = "max-age=60");
            api.MapPost("/things", () => "a new thing");
            api.MapPost("/verify", () => "verified").AllowCrossSite();
            api.MapPost("/sign-in", () => "signed in").RequireRateLimiting(RateLimits.Secrets);
            api.MapPost("/import", () => "imported").WithBodyLimit(3 * 1024 * 1024);
            api.MapPost("/small", () => "small").WithBodyLimit(10);
            app.MapGet("/page", () => "a page");
            app.MapHealth();
        },
        authentication: app => app.Use(static (context, next) =>
        {
            if (context.Request.Headers["X-Test-Caller"].ToString() is { Length: > 0 } caller)
            {
                context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller)], "test"));
            }

            return next(context);
        }),
        settings: settings);
}
