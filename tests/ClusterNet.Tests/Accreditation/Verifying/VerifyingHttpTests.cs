using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using ClusterNet.Credentials.Baking;
using ClusterNet.Outgoing;
using ClusterNet.Tests.Credentials;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Security;
using Shouldly;

namespace ClusterNet.Tests.Accreditation.Verifying;

/// <summary>The real Host with an issuer beside it that answers well, late, elsewhere, too much or not at all.</summary>
public sealed class VerifyingHttpTests : IAsyncLifetime
{
    private FakeIssuer? _issuer;
    private RunningHost? _host;

    private FakeIssuer Issuer => _issuer.ShouldNotBeNull();

    private RunningHost Host => _host.ShouldNotBeNull();

    [Fact]
    public async Task A_credential_of_another_is_verified_and_altered_by_one_character_it_is_not()
    {
        var signed = Signed();
        var good = await Verify(signed);
        good.Text("verdict").ShouldBe("valid", good.Body);
        good.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
        good.Headers["Cache-Control"].ShouldBe("no-store");
        good.Text("summary").ShouldBe("This credential is genuine and valid.");
        good.Json["says"].ShouldNotBeNull()["achievement"].ShouldNotBeNull()["name"].ShouldNotBeNull().ToString().ShouldBe("MAG 135");
        Issuer.Asked.Count(p => p.EndsWith("did.json", StringComparison.Ordinal)).ShouldBe(1);
        Codes(good, "notChecked").ShouldContain("ledger-not-asked");
        var random = new Random(135);
        for (var round = 0; round < 60; round++)
        {
            var at = random.Next(signed.Length);
            if (!char.IsAsciiLetterOrDigit(signed[at])) continue;
            var altered = $"{signed[..at]}{(signed[at] == 'q' ? 'r' : 'q')}{signed[(at + 1)..]}";
            (await Verify(altered, "application/vc")).Text("verdict").ShouldNotBe("valid", altered);
        }

        var german = await Verify(signed.Replace("MAG 135", "MAG 136", StringComparison.Ordinal), language: "de");
        german.Text("summary").ShouldBe("Dieser Nachweis wurde nach der Signatur verändert.");
        Codes(german).ShouldContain("signature-broken");
    }

    [Fact]
    public async Task A_revoked_credential_is_explained_in_full()
    {
        var list = new BitstringStatusList { [7] = true }.ToBeSigned($"{Issuer.Url}/status/1", Issuer.Did, "revocation", DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Issuer.Page("/status/1", Sign(Issuing.Node(list)), "application/vc");
        var answer = await Verify(Signed("/status/1"));
        answer.Text("verdict").ShouldBe("invalid");
        answer.Text("summary").ShouldBe("This credential was revoked by its issuer.");
        Codes(answer).ShouldContain("revoked");
        Codes(answer).ShouldContain("signature-holds");
        answer.Json["says"].ShouldNotBeNull()["signed"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_is_dead_leads_inside_or_sends_too_much_leaves_it_undecided()
    {
        Issuer.Pages["/away"] = http =>
        {
            http.Response.Redirect("https://127.0.0.1:1/status");
            return Task.CompletedTask;
        };
        Issuer.Page("/huge", new string(' ', 1024 * 1024));
        Issuer.Page("/page", "<p>No list</p>", "text/html");
        foreach (var path in new[] { "/away", "/huge", "/page" })
        {
            var answer = await Verify(Signed(path));
            answer.Text("verdict").ShouldBe("undecided", path);
            Codes(answer).ShouldContain("status-list-unreachable");
        }

        Codes(await Verify(Signed("/nothing"))).ShouldContain("status-list-absent");
        Issuer.Pages.Remove("/.well-known/did.json");
        var dead = Issuing.Node(Signed().Replace(Uri.EscapeDataString(Issuer.Host), "localhost%3A1", StringComparison.Ordinal)).ToJsonString();
        Codes(await Verify(dead)).ShouldContain("issuer-unreachable");
    }

    [Theory]
    [InlineData("http://127.0.0.1/x", "link-not-https")]
    [InlineData("https://127.0.0.1/x", "link-inside")]
    [InlineData("https://[::ffff:10.0.0.1]/x", "link-inside")]
    [InlineData("https://169.254.169.254/latest/meta-data", "link-inside")]
    [InlineData("https://someone@127.0.0.1/x", "link-not-https")]
    [InlineData("https://127.0.0.1:25/x", "link-not-https")]
    [InlineData("CN-2026-0000-0000-0", "number-mistyped")]
    [InlineData("hello", "not-recognised")]
    [InlineData("", "nothing-shown")]
    public async Task What_cannot_be_had_says_why(string given, string code)
    {
        var answer = await Post(new StringContent(new JsonObject { ["link"] = given }.ToJsonString(), Encoding.UTF8, "application/json"));
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text("kind").ShouldBe("nothing");
        Codes(answer).ShouldBe([code]);
    }

    [Fact]
    public async Task A_link_a_jwt_and_a_badge_picture_are_taken()
    {
        Issuer.Page("/credential", Signed(), "application/vc");
        (await Post(new StringContent(new JsonObject { ["link"] = $"{Issuer.Url}/credential" }.ToJsonString(), Encoding.UTF8, "application/json"))).Text("verdict").ShouldBe("valid");
        var badge = Badge();
        var jwt = CredentialJwt.Sign(badge.ToJsonString(), $"{Issuer.Did}#k1-jwk", Issuer.Keys.Key);
        (await Verify(jwt, "application/vc+jwt")).Text("verdict").ShouldBe("valid");
        using var form = new MultipartFormDataContent { { new StringContent(Bake.Svg("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", jwt)), "file", "badge.svg" } };
        (await Post(form)).Text("verdict").ShouldBe("valid");
    }

    [Fact]
    public async Task The_page_shows_the_checks_and_keeps_hostile_words_harmless()
    {
        var badge = Badge();
        badge["name"] = "<script>alert(1)</script>";
        badge["credentialSubject"].ShouldNotBeNull()["achievement"].ShouldNotBeNull()["criteria"] = new JsonObject { ["id"] = "javascript:alert(1)" };
        using var client = Host.Anonymous();
        var (token, cookie) = await Pages.FormToken(client, "/verify");
        var page = await Pages.Send(client, HttpMethod.Post, "/verify", new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("check"), "_handler" }, { new StringContent(Sign(badge)), "Form.Text" },
        }, ("Cookie", cookie));
        page.Status.ShouldBe(HttpStatusCode.OK, page.Body);
        page.Body.ShouldContain("This credential is genuine and valid.");
        page.Body.ShouldContain("&lt;script&gt;");
        page.Body.ShouldNotContain("<script>alert");
        page.Body.ShouldNotContain("href=\"javascript");
        page.Headers["Cache-Control"].ShouldBe("no-store");
    }

    [Fact]
    public async Task The_vc_api_verifies_and_refuses_as_the_test_suites_expect()
    {
        using var client = Host.Anonymous();
        async Task<Answer> Ask(string address, JsonObject body) => await Pages.Send(client, HttpMethod.Post, address, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        var signed = Signed();
        var good = await Ask("/credentials/verify", new() { ["verifiableCredential"] = Issuing.Node(signed), ["options"] = new JsonObject() });
        (good.Status, good.Json["verified"].ShouldNotBeNull().GetValue<bool>()).ShouldBe((HttpStatusCode.OK, true), good.Body);
        var bad = await Ask("/credentials/verify", new() { ["verifiableCredential"] = Issuing.Node(signed.Replace("MAG 135", "MAG 136", StringComparison.Ordinal)) });
        bad.Status.ShouldBe(HttpStatusCode.BadRequest);
        bad.Json["problemDetails"].ShouldNotBeNull()[0].ShouldNotBeNull()["type"].ShouldNotBeNull().ToString().ShouldStartWith("https://www.w3.org/TR/vc-data-model#");
        (await Ask("/credentials/verify", [])).Status.ShouldBe(HttpStatusCode.BadRequest);
        var keys = Issuer.Keys;
        var shown = EcdsaJcs2019.Sign(
            keys.Presentation(Issuing.Node(signed)).ToJsonString(), new(keys.Method, DateTimeOffset.UtcNow.AddMinutes(-1), null, ProofTerms.Authentication, "c", "d"), keys.Key);
        (await Ask("/presentations/verify", new() { ["verifiablePresentation"] = Issuing.Node(shown), ["options"] = new JsonObject { ["challenge"] = "c", ["domain"] = "d" } })).Status.ShouldBe(HttpStatusCode.OK);
        (await Ask("/presentations/verify", new() { ["verifiablePresentation"] = Issuing.Node(shown), ["options"] = new JsonObject { ["challenge"] = "x" } })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nobody_is_asked_where_it_is_switched_off()
    {
        using var http = new GuardedHttp(new(false, new HashSet<DnsEndPoint>(), []));
        (await http.Get(new($"{Issuer.Url}/x"), "*/*", _ => true, 10, TestContext.Current.CancellationToken)).Fault.ShouldBe(FetchFault.Off);
    }

    public async ValueTask InitializeAsync()
    {
        _issuer = await FakeIssuer.Start(TestServer.NewFolder());
        Issuer.Page("/.well-known/did.json", Dids.WebDocument(Issuer.Did, [new("k1", Issuer.Keys.Key.Public)]));
        _host = new RunningHost
        {
            More =
            {
                ["ClusterNet:Fetches:AllowedHosts:0"] = Issuer.Host, ["ClusterNet:Fetches:AllowedHosts:1"] = "localhost:1", ["ClusterNet:Fetches:AuthorityFile"] = Issuer.AuthorityFile, ["ClusterNet:VcApi"] = "true",
            },
        };
        await Host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_issuer is not null) await _issuer.DisposeAsync();
    }

    private JsonObject Badge()
    {
        var badge = Issuer.Keys.Badge();
        badge["issuer"].ShouldNotBeNull()["id"] = Issuer.Did;
        badge["validFrom"] = "2025-01-01T00:00:00Z";
        badge["validUntil"] = "2099-01-01T00:00:00Z";
        return badge;
    }

    private string Signed(string? list = null)
    {
        var badge = Badge();
        if (list is not null)
            badge["credentialStatus"] = new JsonObject { ["type"] = "BitstringStatusListEntry", ["statusPurpose"] = "revocation", ["statusListIndex"] = "7", ["statusListCredential"] = Issuer.Url + list };
        return Sign(badge);
    }

    private string Sign(JsonObject document) =>
        EcdsaJcs2019.Sign(document.ToJsonString(), new($"{Issuer.Did}#k1", DateTimeOffset.UtcNow.AddHours(-1)), Issuer.Keys.Key);

    private Task<Answer> Verify(string credential, string type = "application/vc", string language = "en")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(credential));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return Post(content, language);
    }

    private async Task<Answer> Post(HttpContent content, string language = "en")
    {
        using var client = Host.Anonymous();
        return await Pages.Send(client, HttpMethod.Post, "/api/v1/accreditation/verifications", content, ("Accept-Language", language));
    }

    private static List<string> Codes(Answer answer, string list = "checks") =>
        [.. answer.Json[list].ShouldNotBeNull().AsArray().Select(c => c.ShouldNotBeNull()["code"].ShouldNotBeNull().ToString())];
}
