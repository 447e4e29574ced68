using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>After signing in one stays on this site, however the way on is spelt (CWE-601).</summary>
public sealed class RedirectTests(AllRoles house) : IClassFixture<AllRoles>
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/%0d%0aLocation:%20https://evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("evil.example")]
    [InlineData(".evil.example")]
    [InlineData("@evil.example")]
    [InlineData("/@evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("http:///evil.example")]
    [InlineData("/%2f/evil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("/..//evil.example")]
    [InlineData("/a/..//evil.example")]
    [InlineData("/\u2028/evil.example")]
    [InlineData("／／evil.example")]
    [InlineData("//evil。example")]
    [InlineData("?to=//evil.example")]
    [InlineData("#//evil.example")]
    [InlineData("")]
    public async Task Signing_in_leads_nowhere_but_into_this_site(string to)
    {
        var answer = await SignIn($"/sign-in?to={Uri.EscapeDataString(to)}");

        answer.Status.ShouldBe(HttpStatusCode.Found, answer.Body);
        Stays(answer.Headers["Location"]);
        answer.Headers["Set-Cookie"].ShouldNotContain("a=b");
    }

    [Fact]
    public async Task An_address_that_is_given_twice_is_no_way_out_either()
    {
        var answer = await SignIn("/sign-in?to=/my-data&to=//evil.example");

        if (answer.Headers.TryGetValue("Location", out var location)) Stays(location);
        ((int)answer.Status).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_page_sends_to_sign_in_with_its_own_address_only()
    {
        using var anybody = house.Host.Anonymous();

        var answer = await Pages.Send(anybody, HttpMethod.Get, "/my-data?x=//evil.example", null, ("Host", "evil.example"));

        answer.Status.ShouldBe(HttpStatusCode.Found);
        answer.Headers["Location"].ShouldBe("/sign-in?to=%2Fmy-data%3Fx%3D%2F%2Fevil.example");
    }

    /// <summary>As a browser resolves it (WHATWG URL: backslashes are slashes, tabs and line ends are dropped).</summary>
    private void Stays(string location)
    {
        var seen = location.Replace('\\', '/').Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        var there = new Uri(house.Host.Url, seen);
        (there.Scheme, there.Authority).ShouldBe((house.Host.Url.Scheme, house.Host.Url.Authority), location);
    }

    private async Task<Answer> SignIn(string path)
    {
        using var browser = house.Host.Anonymous();
        var (token, cookie) = await Pages.FormToken(browser, "/sign-in");
        Dictionary<string, string> form = new()
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = token,
            ["Form.Email"] = house.Olga.Email,
            ["Form.Password"] = Api.Password,
        };
        return await Pages.Post(browser, path, form, ("Cookie", cookie));
    }
}
