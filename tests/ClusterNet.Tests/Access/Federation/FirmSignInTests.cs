using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>Sign-in by a firm's provider, against a real one.</summary>
public sealed class FirmSignInTests(FederatedHost hosts) : IClassFixture<FederatedHost>
{
    private const string Unknown = "/sign-in/firm?outcome=Unknown", NotBegun = "/sign-in/firm?outcome=NotBegun";

    private async Task<(RealProvider Provider, TestFirm Firm)> World(bool addressByUserInfo = false, object? more = null)
    {
        var provider = await RealProvider.Start(addressByUserInfo);
        var firm = await hosts.Firm(provider.Issuer, "none-yet", null);
        var (id, secret) = await provider.Register($"{hosts.Host.Url.ToString().TrimEnd('/')}{firm.Callback}");
        (await firm.Offer(provider.Issuer, id, secret, more)).ShouldBe(HttpStatusCode.OK);
        return (provider, firm);
    }

    [Fact]
    public async Task Whom_the_firm_employs_signs_in_by_its_provider_and_goes_by_the_link_from_then_on()
    {
        var (provider, firm) = await World();
        await using var _ = provider;
        var (anna, email) = await firm.Employs("anna");
        await provider.Has(("sub-anna", new { email, email_verified = true }));
        using var browser = new TestBrowser();
        (await firm.SignIn(browser, "sub-anna", "/my-data")).ShouldBe("/my-data");
        (await firm.WhoIs(browser)).ShouldBe(anna);
        var (_, links) = await browser.Get(new Uri(hosts.Host.Url, "/api/v1/access/me/firm-sign-ins"));
        links.ShouldContain(provider.Issuer);

        await provider.Has(("sub-anna", new { email = $"annas-new-name@{firm.Domain}", email_verified = true }));
        using var later = new TestBrowser();
        (await firm.SignIn(later, "sub-anna")).ShouldBe("/");
        (await firm.WhoIs(later)).ShouldBe(anna);
    }

    [Fact]
    public async Task An_address_changed_at_the_provider_takes_over_nobodys_account()
    {
        var (provider, firm) = await World();
        await using var _ = provider;
        var (anna, annas) = await firm.Employs("anna");
        var (mallory, mallorys) = await firm.Employs("mallory");
        await provider.Has(("sub-anna", new { email = annas, email_verified = true }), ("sub-mallory", new { email = mallorys, email_verified = true }));
        using (var browser = new TestBrowser()) (await firm.SignIn(browser, "sub-anna")).ShouldBe("/");
        using (var browser = new TestBrowser()) (await firm.SignIn(browser, "sub-mallory")).ShouldBe("/");

        // Linked already: stays who it was.
        await provider.Has(("sub-mallory", new { email = annas, email_verified = true }), ("sub-new", new { email = annas, email_verified = true }));
        using var linked = new TestBrowser();
        (await firm.SignIn(linked, "sub-mallory")).ShouldBe("/");
        (await firm.WhoIs(linked)).ShouldBe(mallory);

        // Not linked yet: Anna's account has its identity.
        using var fresh = new TestBrowser();
        (await firm.SignIn(fresh, "sub-new")).ShouldBe("/sign-in/firm?outcome=OtherIdentity");
        (await firm.WhoIs(fresh)).ShouldBeNull();
        anna.ShouldNotBe(mallory);
    }

    [Fact]
    public async Task Unverified_foreign_and_unknown_addresses_stay_outside()
    {
        var (provider, firm) = await World();
        await using var _ = provider;
        var (_, email) = await firm.Employs("anna");
        var other = await hosts.Host.Newcomer(hosts.Operator, "Foreign Fred");
        await provider.Has(
            ("unverified", new { email, email_verified = false }), ("silent", new { email }),
            ("foreign", new { email = other.Email, email_verified = true }), ("unknown", new { email = $"nobody@{firm.Domain}", email_verified = true }),
            ("below", new { email = $"anna@sub.{firm.Domain}", email_verified = true }));
        await Ends(firm, "unverified", "/sign-in/firm?outcome=NotVerified");
        await Ends(firm, "silent", "/sign-in/firm?outcome=NotVerified");
        await Ends(firm, "foreign", "/sign-in/firm?outcome=OtherDomain");
        await Ends(firm, "below", "/sign-in/firm?outcome=OtherDomain");
        await Ends(firm, "unknown", Unknown);
        await Ends(firm, "nobody", "/sign-in/firm?outcome=Declined");
    }

    [Fact]
    public async Task A_provider_that_leaves_verification_out_is_believed_only_where_the_operator_says_so()
    {
        var (provider, firm) = await World(addressByUserInfo: true, new { trustsUnverified = true });
        await using var _ = provider;
        var (anna, email) = await firm.Employs("anna");
        await provider.Has(("sub", new { email }), ("denied", new { email, email_verified = false }));
        await Ends(firm, "denied", "/sign-in/firm?outcome=NotVerified");
        using var browser = new TestBrowser();
        (await firm.SignIn(browser, "sub")).ShouldBe("/");
        (await firm.WhoIs(browser)).ShouldBe(anna);
    }

    [Fact]
    public async Task An_answer_is_taken_once_by_the_browser_that_asked_and_with_its_own_state()
    {
        var (provider, firm) = await World();
        await using var _ = provider;
        var (_, email) = await firm.Employs("anna");
        await provider.Has(("sub", new { email, email_verified = true }));
        using var browser = new TestBrowser();
        var back = await browser.SignInThere(await firm.Begin(browser), "sub", firm.Callback);
        using (var thief = new TestBrowser()) (await thief.Redirected(back)).PathAndQuery.ShouldBe(NotBegun);
        var otherState = new Uri(System.Text.RegularExpressions.Regex.Replace($"{back}", "state=[^&]+", "state=cns_made-up"));
        (await browser.Redirected(otherState)).PathAndQuery.ShouldBe(NotBegun);
        using var again = new TestBrowser();
        back = await again.SignInThere(await firm.Begin(again), "sub", firm.Callback);
        (await again.Redirected(back)).PathAndQuery.ShouldBe("/");
        (await again.Redirected(back)).PathAndQuery.ShouldBe(NotBegun);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string to)
    {
        var firm = await hosts.Firm(hosts.Forged.Issuer);
        var (_, email) = await firm.Employs("anna");
        using var browser = new TestBrowser();
        var query = System.Web.HttpUtility.ParseQueryString((await firm.Begin(browser, to)).Query);
        hosts.Forged.IdToken = hosts.Forged.Token(hosts.Forged.Claims("clusternet", $"to {to} {firm.Id}", email, true, query["nonce"]));
        (await browser.Redirected(new Uri(hosts.Host.Url, $"{firm.Callback}?code=abc&state={query["state"]}"))).ShouldBe(hosts.Host.Url);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_so_and_passwords_go_on()
    {
        var firm = await hosts.Firm("http://127.0.0.1:9");
        using var browser = new TestBrowser();
        (await browser.Redirected(new Uri(hosts.Host.Url, $"/sign-in/firm/{firm.Id}"))).PathAndQuery.ShouldBe("/sign-in/firm?outcome=ProviderDown");
        await hosts.Host.SignIn(firm.Manager.Email);
    }

    private static async Task Ends(TestFirm firm, string account, string expected)
    {
        using var browser = new TestBrowser();
        (await firm.SignIn(browser, account)).ShouldBe(expected);
        (await firm.WhoIs(browser)).ShouldBeNull();
    }
}
