using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>What browsers are told about every cookie, and which cookies are looked at.</summary>
public sealed class CookieTests(BehindProxy proxied) : IClassFixture<BehindProxy>
{
    [Fact]
    public async Task The_session_is_in_a_cookie_that_no_script_reads_and_no_other_site_or_host_sends()
    {
        var olga = await Signed(BehindProxy.Https);

        var cookie = olga.ShouldHaveSingleItem();
        cookie.ShouldStartWith("__Host-clusternet-session=cns_");
        Attributes(cookie).ShouldBe(["expires", "httponly", "path=/", "samesite=lax", "secure"], ignoreOrder: true);
    }

    [Fact]
    public async Task Over_plain_http_the_name_is_plain_and_all_else_the_same()
    {
        var cookie = (await Signed()).ShouldHaveSingleItem();

        cookie.ShouldStartWith("clusternet-session=cns_");
        Attributes(cookie).ShouldBe(["expires", "httponly", "path=/", "samesite=lax"], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_cookie_of_every_page_is_secure_prefixed_and_hidden_from_scripts()
    {
        using var client = proxied.Host.Anonymous();
        var seen = 0;
        foreach (var page in Pages.Of(proxied.Host))
        {
            var answer = await Pages.Send(client, HttpMethod.Get, page.At(AllRoles.Nothing, AllRoles.Nothing, AllRoles.Nothing), null, BehindProxy.Https);
            if (!answer.Headers.TryGetValue("Set-Cookie", out var cookie)) continue;
            seen++;
            (cookie.StartsWith("__Host-", StringComparison.Ordinal) || cookie.StartsWith("__Secure-", StringComparison.Ordinal)).ShouldBeTrue(cookie);
            foreach (var promise in new[] { "secure", "httponly", "samesite" }) cookie.ShouldContain(promise, Case.Insensitive, page.Pattern);
        }

        seen.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_cookie_that_a_neighbouring_host_could_have_planted_is_not_looked_at()
    {
        var secret = (await Signed(BehindProxy.Https)).Single().Split(';')[0].Split('=', 2)[1];
        using var client = proxied.Host.Anonymous();
        async Task<Answer> Me(string cookie) => await client.Get("/access/me", [.. BehindProxy.Https, ("Cookie", cookie)]);

        (await Me($"__Host-clusternet-session={secret}")).ShouldBe(HttpStatusCode.OK);
        (await Me($"clusternet-session={secret}")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await Me($"__host-clusternet-session={secret}")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await Me($"clusternet-session=planted; __Host-clusternet-session={secret}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back_under_its_own_name()
    {
        var cookie = (await Signed(BehindProxy.Https)).Single().Split(';')[0];
        using var client = proxied.Host.Anonymous();

        var out_ = await client.Post("/access/sign-out", null, [.. BehindProxy.Https, ("Cookie", cookie)]);

        out_.Headers["Set-Cookie"].ShouldStartWith("__Host-clusternet-session=;");
        (await client.Get("/access/me", [.. BehindProxy.Https, ("Cookie", cookie)])).ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>The cookies of a sign-in.</summary>
    private async Task<IReadOnlyList<string>> Signed(params (string Name, string Value)[] headers)
    {
        var account = await Somebody();
        using var client = proxied.Host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/access/sign-in")
        {
            Content = new StringContent($$"""{"email":"{{account}}","password":"{{Api.Password}}"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. response.Headers.GetValues("Set-Cookie")];
    }

    private async Task<string> Somebody() => _email ??= (await proxied.Host.Operator()).Email;

    private static string? _email;

    private static IEnumerable<string> Attributes(string cookie) => cookie.Split(';').Skip(1)
        .Select(a => a.Trim().ToLowerInvariant()).Select(a => a.StartsWith("expires=", StringComparison.Ordinal) ? "expires" : a);
}
