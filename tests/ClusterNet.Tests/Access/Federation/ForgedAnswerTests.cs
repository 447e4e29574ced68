using System.Net;
using System.Security.Cryptography;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>What no honest provider answers is not believed, and a provider opens no more than it was meant to.</summary>
public sealed class ForgedAnswerTests(FederatedHost hosts) : IClassFixture<FederatedHost>
{
    private const string NotTrusted = "/sign-in/firm?outcome=NotTrusted";

    [Fact]
    public async Task A_token_of_another_sign_in_issuer_audience_key_or_time_signs_nobody_in()
    {
        var (forged, firm) = (hosts.Forged, await hosts.Firm(hosts.Forged.Issuer));
        var (anna, email) = await firm.Employs("anna");
        Dictionary<string, object> Claims(string? nonce) => forged.Claims("clusternet", "sub-forged", email, true, nonce);
        using var stranger = RSA.Create(2048);
        await NotBelieved(firm, _ => forged.Token(Claims("another nonce")));
        await NotBelieved(firm, _ => forged.Token(Claims(null)));
        await NotBelieved(firm, nonce => forged.Token(Claims(nonce), issuer: "https://accounts.example.org"));
        await NotBelieved(firm, nonce => forged.Token(forged.Claims("another-client", "sub-forged", email, true, nonce)));
        await NotBelieved(firm, nonce => forged.Token(Claims(nonce), ends: TimeSpan.FromMinutes(-2)));
        await NotBelieved(firm, nonce => forged.Token(Claims(nonce), key: stranger));
        await NotBelieved(firm, nonce => ForgedProvider.Unsigned(Claims(nonce)));
        await NotBelieved(firm, nonce => ForgedProvider.Unsigned(Claims(nonce), "NONE"));
        await NotBelieved(firm, nonce => forged.SignedWithPublicKey(Claims(nonce)));
        await NotBelieved(firm, _ => "not a token");
        await NotBelieved(firm, nonce => forged.Token(new Dictionary<string, object>(Claims(nonce)) { ["azp"] = "another-client" }));

        using var browser = new TestBrowser();
        (await firm.SignIn(browser, nonce => forged.Token(Claims(nonce)))).ShouldBe("/");
        (await firm.WhoIs(browser)).ShouldBe(anna);
    }

    [Fact]
    public async Task A_firms_provider_opens_no_account_with_roles_beyond_the_firm_unless_the_operator_foresaw_it()
    {
        var (forged, firm) = (hosts.Forged, await hosts.Firm(hosts.Forged.Issuer));
        var (person, email) = await firm.Employs("assessor");
        string Token(string nonce) => forged.Token(forged.Claims("clusternet", $"sub-{firm.Id}", email, true, nonce));
        using (var before = new TestBrowser()) (await firm.SignIn(before, Token)).ShouldBe("/");
        var role = new { person, role = "assessor", scopeKind = "cluster", scopeId = Guid.NewGuid(), reason = "Trained" };
        (await hosts.Operator.Client.Post("/access/roles", role)).ShouldBe(HttpStatusCode.Created);
        using var refused = new TestBrowser();
        (await firm.SignIn(refused, Token)).ShouldBe("/sign-in/firm?outcome=BeyondFirm");
        (await firm.WhoIs(refused)).ShouldBeNull();

        (await firm.Offer(forged.Issuer, "clusternet", null, new { beyondFirm = true })).ShouldBe(HttpStatusCode.OK);
        using var foreseen = new TestBrowser();
        (await firm.SignIn(foreseen, Token)).ShouldBe("/");
    }

    [Fact]
    public async Task Who_works_elsewhere_does_not_come_in_by_this_firms_provider()
    {
        var (forged, firm) = (hosts.Forged, await hosts.Firm(hosts.Forged.Issuer));
        // An account with an address of the firm's domain, opened by the operator, without any role in the firm.
        var email = $"guest@{firm.Domain}";
        (await hosts.Operator.Client.Post("/access/accounts", new { email, name = "Gus Guest" })).ShouldBe(HttpStatusCode.Created);
        using var browser = new TestBrowser();
        (await firm.SignIn(browser, nonce => forged.Token(forged.Claims("clusternet", "sub-guest", email, true, nonce)))).ShouldBe("/sign-in/firm?outcome=Unknown");
    }

    [Fact]
    public async Task A_firm_that_requires_its_provider_turns_passwords_off_for_its_people_and_says_nothing_of_who_exists()
    {
        var (forged, firm) = (hosts.Forged, await hosts.Firm(hosts.Forged.Issuer));
        var email = $"pia@{firm.Domain}";
        var added = await firm.Manager.Client.Post($"/clusters/firms/{firm.Id}/people", Clusters.World.PersonBody(email));
        var invited = await firm.Manager.Client.Post($"/clusters/firms/{firm.Id}/people/{added.Id}/invitation", null);
        await hosts.Host.Accept(invited, email);
        (await firm.Offer(forged.Issuer, "clusternet", null, new { required = true })).ShouldBe(HttpStatusCode.OK);
        using var anonymous = hosts.Host.Anonymous();
        var right = await anonymous.Post("/access/sign-in", new { email, password = Api.Password });
        var wrong = await anonymous.Post("/access/sign-in", new { email, password = "not the password" });
        var nobody = await anonymous.Post("/access/sign-in", new { email = $"nobody@{firm.Domain}", password = Api.Password });
        foreach (var answer in new[] { right, wrong, nobody })
        {
            answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");
            answer.Text("firmSignIn").ShouldBe($"/sign-in/firm/{firm.Id}");
            answer.Headers.Keys.ShouldNotContain("Set-Cookie");
        }

        // The manager's own address is of another domain, so the manager is not kept out.
        await hosts.Host.SignIn(firm.Manager.Email);
    }

    [Fact]
    public async Task A_link_can_be_taken_away_and_goes_with_the_provider()
    {
        var (forged, firm) = (hosts.Forged, await hosts.Firm(hosts.Forged.Issuer));
        var (_, email) = await firm.Employs("lena");
        string Token(string nonce) => forged.Token(forged.Claims("clusternet", $"lena-{firm.Id}", email, true, nonce));
        using var browser = new TestBrowser();
        (await firm.SignIn(browser, Token)).ShouldBe("/");
        (await Links(browser)).ShouldContain(firm.Id);
        (await hosts.Operator.Client.Delete($"/access/firms/{firm.Id}/sign-in-provider")).ShouldBe(HttpStatusCode.OK);
        (await Links(browser)).ShouldNotContain(firm.Id);
        (await browser.Redirected(new Uri(hosts.Host.Url, $"/sign-in/firm/{firm.Id}"))).PathAndQuery.ShouldBe("/sign-in/firm?outcome=NotBegun");
    }

    private async Task<string> Links(TestBrowser browser) => (await browser.Get(new Uri(hosts.Host.Url, "/api/v1/access/me/firm-sign-ins"))).Text;

    private static async Task NotBelieved(TestFirm firm, Func<string, string> token)
    {
        using var browser = new TestBrowser();
        (await firm.SignIn(browser, token)).ShouldBe(NotTrusted);
        (await firm.WhoIs(browser)).ShouldBeNull();
    }
}
