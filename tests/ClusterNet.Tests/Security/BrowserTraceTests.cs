using System.Net;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>What stays in a browser that several people use (OWASP ASVS 5.0, 7.4.4, 14.3.1 and 14.3.3).</summary>
public sealed class BrowserTraceTests(SignInScene scene) : IClassFixture<SignInScene>
{
    [Fact]
    public async Task Signing_out_has_the_browser_forget_what_it_kept()
    {
        var person = await scene.Newcomer();
        (await person.Client.Post("/access/sign-out", null)).Headers["Clear-Site-Data"].ShouldBe("\"cache\"");
        (await person.Client.Get("/access/me")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/my-data")]
    [InlineData("/learning")]
    [InlineData("/firms")]
    [InlineData("/search")]
    [InlineData("/audit")]
    [InlineData("/help")]
    public async Task Every_page_shows_the_way_out(string page)
    {
        var person = await scene.Newcomer();
        using var response = await person.Client.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("action=\"/sign-out\"");
    }

    [Fact]
    public async Task Own_scripts_keep_nothing_in_the_browsers_storage()
    {
        using var anyone = scene.Host.Anonymous();
        foreach (var script in (string[])["js/app.js", "js/copy.js", "js/dialog.js", "js/picker.js", "js/search.js", "js/zone.js", "passkeys.js", "sw.js"])
        {
            var text = await anyone.GetStringAsync(new Uri("/" + script, UriKind.Relative), TestContext.Current.CancellationToken);
            foreach (var storage in (string[])["localStorage", "sessionStorage", "indexedDB"]) text.ShouldNotContain(storage);
        }
    }
}
