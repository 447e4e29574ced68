using System.Net;
using System.Security.Cryptography;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>Signed bearer tokens of a configured issuer on the API.</summary>
public sealed class OutsideTokenTests(FederatedHost hosts) : IClassFixture<FederatedHost>
{
    [Fact]
    public async Task A_verified_address_of_a_trusted_domain_names_the_person_within_the_issuers_scopes()
    {
        var (person, email) = await Trusted("ines");
        var token = Token("ines", email, true);
        (await Call(token, "/access/me")).ShouldBe(HttpStatusCode.OK).Text("person").ShouldBe(person);
        (await Call(token, "/accreditation/me/credentials")).Code.ShouldBe("scope-missing");
        using var client = hosts.Host.Anonymous();
        (await client.Post("/access/tokens", new { label = "x", validForDays = 1 }, Bearer(token))).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing")
            .Text("scope").ShouldBe("access:write");
        var narrower = hosts.Forged.Claims(FederatedHost.Audience, "ines", email, true);
        narrower["scope"] = "openid clusters:read account skills:write";
        (await Call(hosts.Forged.Token(narrower), "/clusters")).ShouldBe(HttpStatusCode.OK);
        (await Call(hosts.Forged.Token(narrower), "/access/me")).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing").Text("scope").ShouldBe("access:read");
    }

    [Fact]
    public async Task Forged_expired_misaddressed_and_unverified_tokens_name_nobody()
    {
        var (_, email) = await Trusted("ivan");
        var claims = hosts.Forged.Claims(FederatedHost.Audience, "ivan", email, true);
        using var stranger = RSA.Create(2048);
        var untrusted = (await hosts.Host.Newcomer(hosts.Operator, "Una Untrusted")).Email;
        string[] bad =
        [
            hosts.Forged.Token(claims, key: stranger), hosts.Forged.Token(claims, ends: TimeSpan.FromMinutes(-2)),
            hosts.Forged.Token(hosts.Forged.Claims("https://other.example", "ivan", email, true)), hosts.Forged.Token(claims, issuer: "https://accounts.example.org"),
            ForgedProvider.Unsigned(claims), hosts.Forged.SignedWithPublicKey(claims), hosts.Forged.Token(claims, algorithm: "RS512"),
            Token("ivan", email, false), Token("ivan", email, null), Token("ivan", untrusted, true), Token("ivan", null, null), "a.b.c", "eyJhbGciOiJub25lIn0..",
            hosts.Forged.Token(claims)[..^8] + "AAAAAAAA", hosts.Forged.Token(hosts.Forged.Claims(FederatedHost.Audience, "ivan", email, true, "of a sign-in")),
        ];
        foreach (var token in bad) (await Call(token, "/access/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await Call(hosts.Forged.Token(claims), "/access/me")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Roles_beyond_firms_are_left_out_unless_the_settings_say_otherwise()
    {
        var (person, email) = await Trusted("olaf");
        (await hosts.Operator.Client.Post("/access/roles", new { person, role = "operator", scopeKind = "installation", reason = "Second operator" }))
            .ShouldBe(HttpStatusCode.Created);
        (await Call(Token("olaf", email, true), "/access/me")).Json["roles"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_linked_identity_goes_before_any_address()
    {
        var firm = await hosts.Firm(hosts.Forged.Issuer);
        var (lena, lenas) = await firm.Employs("lena");
        var (other, others) = await Trusted("otto");
        using var browser = new TestBrowser();
        (await firm.SignIn(browser, nonce => hosts.Forged.Token(hosts.Forged.Claims("clusternet", "linked-lena", lenas, true, nonce)))).ShouldBe("/");
        (await Call(Token("linked-lena", others, true), "/access/me")).Text("person").ShouldBe(lena);
        (await Call(Token("otto", others, true), "/access/me")).Text("person").ShouldBe(other);
    }

    private async Task<(string Person, string Email)> Trusted(string name)
    {
        var email = $"{name}-{Guid.NewGuid():n}@trusted.example";
        var opened = await hosts.Operator.Client.Post("/access/accounts", new { email, name });
        var account = await hosts.Host.Accept(await hosts.Operator.Client.Post($"/access/accounts/{opened.Id}/invitation", null), email);
        return (account.Person, email);
    }

    private string Token(string subject, string? email, bool? verified) =>
        hosts.Forged.Token(hosts.Forged.Claims(FederatedHost.Audience, subject, email, verified));

    private async Task<Answer> Call(string token, string path)
    {
        using var client = hosts.Host.Anonymous();
        return await client.Get(path, Bearer(token));
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");
}
