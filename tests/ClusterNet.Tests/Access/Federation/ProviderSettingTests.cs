using System.Net;
using ClusterNet.Access.Federation;
using ClusterNet.Outgoing;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>Who sets firms' providers, what is refused, and where this server never goes.</summary>
public sealed class ProviderSettingTests(FederatedHost hosts) : IClassFixture<FederatedHost>
{
    [Fact]
    public async Task The_operator_sets_it_the_manager_sees_it_and_nobody_sees_the_secret()
    {
        var firm = await hosts.Firm(hosts.Forged.Issuer, secret: "zq-very-secret");
        var seen = (await firm.Manager.Client.Get(Path(firm))).ShouldBe(HttpStatusCode.OK);
        seen.Body.ShouldNotContain("zq-very-secret");
        seen.Json["hasSecret"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
        seen.Text("redirectUri").ShouldEndWith(firm.Callback);
        (await hosts.Operator.Client.Get(Path(firm))).ShouldBe(HttpStatusCode.OK).Body.ShouldNotContain("zq-very-secret");
        var other = await hosts.Host.Newcomer(hosts.Operator, "Otto Other");
        await other.Register("Elsewhere Ltd");
        (await other.Client.Get(Path(firm))).ShouldBeProblem(HttpStatusCode.NotFound, "sign-in-provider-unknown");
        var body = Body(firm);
        (await firm.Manager.Client.Put(Path(firm), body)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await firm.Manager.Client.Delete(Path(firm))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await Kept(firm)).ShouldNotBeNull().ShouldNotContain("zq-very-secret");
    }

    [Fact]
    public async Task A_secret_is_never_carried_over_to_another_provider()
    {
        var firm = await hosts.Firm(hosts.Forged.Issuer, secret: "only for the first");
        (await firm.Offer(hosts.Forged.Issuer, "clusternet", null, new { required = true })).ShouldBe(HttpStatusCode.OK);
        (await Kept(firm)).ShouldNotBeNull();
        (await firm.Offer("http://127.0.0.1:9", "clusternet", null)).ShouldBe(HttpStatusCode.OK);
        (await Kept(firm)).ShouldBeNull();
    }

    [Fact]
    public async Task A_mail_domain_leads_to_one_firm_only_and_nonsense_is_refused()
    {
        var (first, second) = (await hosts.Firm(hosts.Forged.Issuer), await hosts.Firm(hosts.Forged.Issuer));
        (await hosts.Operator.Client.Put(Path(second), Body(first))).ShouldBeProblem(HttpStatusCode.Conflict, "mail-domain-taken");
        var unknown = $"/access/firms/{Guid.NewGuid()}/sign-in-provider";
        (await hosts.Operator.Client.Put(unknown, Body(first))).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await hosts.Operator.Client.Put(Path(first), new { issuer = "http://login.example.org", clientId = "c", mailDomains = new[] { first.Domain } }))
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var (issuer, domain) in new[] { ("javascript:alert(1)", first.Domain), ("https://u:p@x.example", first.Domain), (hosts.Forged.Issuer, "*.example"), (hosts.Forged.Issuer, "de") })
        {
            (await hosts.Operator.Client.Put(Path(first), new { issuer, clientId = "c", mailDomains = new[] { domain } }))
                .ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Fact]
    public async Task A_provider_can_be_looked_at_before_it_is_set()
    {
        await using var forged = await ForgedProvider.Start();
        var found = (await Check(forged.Issuer)).ShouldBe(HttpStatusCode.OK);
        found.Json["keyCount"].ShouldNotBeNull().GetValue<int>().ShouldBe(1);
        forged.ClaimedIssuer = "https://another.example";
        (await Check(forged.Issuer)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "provider-unusable").Text("fault").ShouldBe("OtherIssuer");
        (forged.ClaimedIssuer, forged.DiscoveryLeadsTo) = (null, "http://127.0.0.1:1/.well-known/openid-configuration");
        (await Check(forged.Issuer)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "provider-unusable").Text("fault").ShouldBe("Malformed");
        (forged.DiscoveryLeadsTo, forged.Padding) = (null, 300_000);
        (await Check(forged.Issuer)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "provider-unusable").Text("fault").ShouldBe("Unreachable");
        (await Check("https://10.1.2.3")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "provider-unusable").Text("fault").ShouldBe("AddressNotAllowed");
        (await Check("https://169.254.169.254/latest")).Text("fault").ShouldBe("AddressNotAllowed");
        (await Check("http://login.example.org")).Text("fault").ShouldBe("AddressNotAllowed");
    }

    [Fact]
    public async Task Without_the_switch_for_tests_this_machine_is_out_of_reach_by_name_too()
    {
        using var http = new OutsideHttp(new(false, []));
        foreach (var url in new[] { "http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://localhost:9/", "https://[::1]:9/", "https://[::ffff:127.0.0.1]:9/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            (await Should.ThrowAsync<ProviderException>(() => http.Send(request, CancellationToken.None))).Fault.ShouldBe(ProviderFault.AddressNotAllowed, url);
        }
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.63.0.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_addresses_out_there_are_public(string address, bool expected) => PublicAddresses.Contain(IPAddress.Parse(address)).ShouldBe(expected);

    [Theory]
    [InlineData("Ada@Example.ORG", "example.org")]
    [InlineData("ada@münchen.example", "xn--mnchen-3ya.example")]
    [InlineData("ada@a@example.org", null)]
    [InlineData("@example.org", null)]
    [InlineData("ada@localhost", null)]
    [InlineData("ada@127.0.0.1", null)]
    [InlineData("ada@exa mple.org", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_domain_of_an_address(string? email, string? domain) => MailDomain.Of(email).ShouldBe(domain);

    [Fact]
    public void Faulty_settings_are_all_named_at_once()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ClusterNet:JwtIssuers:0:Authority"] = "http://login.example.org",
            ["ClusterNet:JwtIssuers:0:Algorithms"] = "RS256 HS256 none",
            ["ClusterNet:JwtIssuers:0:Scopes"] = "everything",
            ["ClusterNet:JwtIssuers:0:Domains"] = "*.org",
        }).Build();
        List<string> faults = [];
        FederationSettings.From(configuration, faults).JwtIssuers.ShouldBeEmpty();
        faults.Count.ShouldBe(6);
        foreach (var part in new[] { "Authority", "Audience", "HS256", "\"none\"", "everything", "*.org" }) string.Join('\n', faults).ShouldContain(part);
    }

    private Task<Answer> Check(string issuer) => hosts.Operator.Client.Post("/access/sign-in-providers/check", new { issuer });

    private Task<string?> Kept(TestFirm firm) =>
        ((ProviderQueries)hosts.Host.Services.GetService(typeof(ProviderQueries)).ShouldNotBeNull()).SecretOf(Guid.Parse(firm.Id), CancellationToken.None);

    private static string Path(TestFirm firm) => $"/access/firms/{firm.Id}/sign-in-provider";

    private object Body(TestFirm firm) => new { issuer = hosts.Forged.Issuer, clientId = "clusternet", mailDomains = new[] { firm.Domain } };
}
