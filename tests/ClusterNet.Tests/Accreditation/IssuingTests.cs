using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Accreditation.Issuing;
using ClusterNet.Credentials;
using ClusterNet.Credentials.Fetching;
using ClusterNet.EventStore;
using ClusterNet.Tests.Credentials;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Accreditation;

/// <summary>Credentials as they leave the house: signed, listed, shared, and after a change of keys.</summary>
public sealed class IssuingTests(StoryHost story, ITestOutputHelper output) : IClassFixture<StoryHost>
{
    [Fact]
    public async Task One_content_is_signed_in_three_forms_that_we_and_others_verify()
    {
        var (holder, number) = await Granted();
        await story.Host.ConfirmEmail(holder);
        var proof = (await holder.Client.Get($"/accreditation/me/credentials/{number}/document")).ShouldBe(HttpStatusCode.OK);
        proof.Headers["Content-Type"].ShouldStartWith("application/vc");
        var vc = (await holder.Client.Get($"/accreditation/me/credentials/{number}/document?form=vc-jwt")).ShouldBe(HttpStatusCode.OK).Body;
        var badge = (await holder.Client.Get($"/accreditation/me/credentials/{number}/document?form=badge-jwt")).ShouldBe(HttpStatusCode.OK).Body;

        var (web, found) = (await Published(proof.Body), new List<Verification>());
        foreach (var text in new[] { proof.Body, vc, badge }) found.Add(await web.Verifier(DateTimeOffset.UtcNow).Verify(text, TestContext.Current.CancellationToken));
        found.ShouldAllBe(f => f.Verdict == Verdict.Valid, string.Join('\n', found.Select(f => f.Everything())));
        var contents = found.Select(f => WithoutClaims(f.Document.ShouldNotBeNull())).ToList();
        contents[1].ShouldBe(contents[0]);
        contents[2].ShouldBe(contents[0]);
        var subject = JsonNode.Parse(proof.Body)!["credentialSubject"].ShouldNotBeNull();
        var identity = subject["identifier"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        identity["identityHash"]!.ToString().ShouldBe(CredentialContent.IdentityHash(holder.Email, identity["salt"]!.ToString()));
        await Others_verify(proof.Body, vc, badge, web);
    }

    [Fact]
    public async Task A_suspension_and_a_withdrawal_show_in_what_was_signed_before()
    {
        var (holder, number) = await Granted();
        var signed = (await holder.Client.Get($"/accreditation/me/credentials/{number}/document?form=vc-jwt")).Body;
        (await Status(signed)).ShouldBe("Passed not-revoked, Passed not-suspended");
        await Change(number, "suspension");
        (await Status(signed)).ShouldBe("Passed not-revoked, Failed suspended");
        await Change(number, "reinstatement");
        (await Status(signed)).ShouldBe("Passed not-revoked, Passed not-suspended");
        await Change(number, "withdrawal");
        (await Status(signed)).ShouldBe("Failed revoked, Passed not-suspended");
        using var anybody = story.Host.Anonymous();
        using var jwt = await Ask(anybody, "/status/revocation-0", "application/vc+jwt");
        (await jwt.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('.').Length.ShouldBe(3);
        foreach (var none in new[] { "revocation-99", "revocation-00", "expiry-0", "revocation-" })
        {
            using var missing = await Ask(anybody, $"/status/{none}", "application/vc");
            missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_holder_shows_a_credential_by_links_that_end_and_on_its_page()
    {
        var (holder, number) = await Granted();
        using var anybody = story.Host.Anonymous();
        var shares = $"/accreditation/me/credentials/{number}/shares";
        (await Shown(anybody, $"/credentials/{number}"))["status"].ShouldNotBeNull().ToString().ShouldBe("active");
        var made = (await holder.Client.Post(shares, new { days = 30, showsName = true, @for = "Weber" }, ("Idempotency-Key", $"share-{number}"))).ShouldBe(HttpStatusCode.Created);
        (await holder.Client.Post(shares, new { days = 30, showsName = true, @for = "Weber" }, ("Idempotency-Key", $"share-{number}"))).ShouldBeProblem(HttpStatusCode.Conflict, "secret-already-shown");
        var link = new Uri(made.Text("link")).PathAndQuery;
        var identity = (await Shown(anybody, link))["credentialSubject"]!["identifier"]!.AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        identity["identityType"]!.ToString().ShouldBe("name");
        var name = identity["identityHash"]!.ToString();
        name.ShouldStartWith("Owner ");
        using (var page = await Ask(anybody, link, "text/html,application/xhtml+xml,*/*;q=0.8"))
        {
            page.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
            (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(name);
        }

        (await Shown(anybody, $"/credentials/{number}?share=cns_none"))["credentialSubject"].ShouldBeNull();
        (await holder.Client.Post($"{shares}/{made.Id}/revocation", null)).ShouldBe(HttpStatusCode.OK);
        (await Shown(anybody, link))["credentialSubject"].ShouldBeNull();
        var page1 = (await holder.Client.Post($"/accreditation/me/credentials/{number}/public-page", new { showsEvidence = true })).ShouldBe(HttpStatusCode.OK);
        var open = await Shown(anybody, $"/credentials/{number}");
        open["credentialSubject"].ShouldNotBeNull()["identifier"].ShouldBeNull();
        (await holder.Client.Post($"{shares}/{page1.Id}/revocation", null)).ShouldBe(HttpStatusCode.OK);
        (await Shown(anybody, $"/credentials/{number}"))["credentialSubject"].ShouldBeNull();
    }

    [Fact]
    public async Task Another_person_and_bad_input_get_nowhere()
    {
        var (holder, number) = await Granted();
        var other = await story.Entrepreneur();
        var own = $"/accreditation/me/credentials/{number}";
        var before = await story.Host.EventCount();
        foreach (var path in new[] { "document", "paper", "shares" })
            (await other.Client.Get($"{own}/{path}")).ShouldBeProblem(HttpStatusCode.NotFound, "credential-not-yours");
        (await other.Client.Post($"{own}/shares", new { days = 1 })).ShouldBeProblem(HttpStatusCode.NotFound, "credential-not-yours");
        (await other.Client.Post($"{own}/public-page", new { showsName = true })).ShouldBeProblem(HttpStatusCode.NotFound, "credential-not-yours");
        (await holder.Client.Get("/accreditation/me/credentials/CN-2026-0000-0000-X/document")).ShouldBeProblem(HttpStatusCode.NotFound, "credential-number-mistyped");
        (await holder.Client.Get($"{own}/document?form=pdf")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "credential-form-unknown");
        (await holder.Client.Post($"{own}/shares", new { days = 367 })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await holder.Client.Post($"{own}/shares/{Guid.NewGuid()}/revocation", null)).ShouldBeProblem(HttpStatusCode.NotFound, "share-unknown");
        (await story.Host.EventCount()).ShouldBe(before);
        (await holder.Client.Get($"{own}/paper")).ShouldBe(HttpStatusCode.OK).Headers["Content-Type"].ShouldBe("application/pdf");
    }

    [Fact]
    public async Task A_replaced_key_keeps_old_credentials_good_and_a_lost_one_does_not()
    {
        var (holder, number) = await Granted();
        var keys = story.Host.Services.GetRequiredService<IssuerKeys>();
        string Document() => $"/accreditation/me/credentials/{number}/document";
        var first = (await holder.Client.Get(Document())).Body;
        var (old, now, refusal) = await keys.Replace(lost: false, TestContext.Current.CancellationToken);
        refusal.ShouldBeNull();
        File.Exists(new KeyFolder(story.Host.Settings.KeyDirectory).PathOf(old)).ShouldBeFalse();
        var second = (await holder.Client.Get(Document())).Body;
        JsonNode.Parse(second)!["proof"]!["verificationMethod"]!.ToString().ShouldEndWith($"#{now}");
        foreach (var text in new[] { first, second }) (await Verified(text)).Verdict.ShouldBe(Verdict.Valid);
        await keys.Replace(lost: true, TestContext.Current.CancellationToken);
        (await Verified(first)).Verdict.ShouldBe(Verdict.Valid);
        (await Verified(second)).On(CheckTopic.Signature).ShouldBe("Failed key-ended");
    }

    [Fact]
    public async Task A_host_without_the_key_does_not_start()
    {
        var keys = story.Host.Services.GetRequiredService<IssuerKeys>();
        var current = await keys.Current(TestContext.Current.CancellationToken);
        var elsewhere = new KeyFolder(TestServer.NewFolder());
        using var lacking = new IssuerKeys(elsewhere, story.Host.Services.GetRequiredService<Streams<Issuer, IssuerEvent>>(), TimeProvider.System);
        (await Should.ThrowAsync<CredentialKeyException>(() => lacking.Check(TestContext.Current.CancellationToken))).Message.ShouldContain(elsewhere.PathOf(current.Name));
        using var another = elsewhere.FindOrMake(current.Name);
        (await Should.ThrowAsync<CredentialKeyException>(() => lacking.Check(TestContext.Current.CancellationToken))).Message.ShouldContain(current.Key.Public.Multikey);
    }

    [Fact]
    public async Task Our_verifier_looks_up_what_we_signed_in_our_register_too()
    {
        var (holder, number) = await Granted();
        var signed = (await holder.Client.Get($"/accreditation/me/credentials/{number}/document")).Body;
        using var anybody = story.Host.Anonymous();
        var good = (await anybody.Post("/accreditation/verifications", JsonNode.Parse(signed))).ShouldBe(HttpStatusCode.OK);
        good.Text("verdict").ShouldBe("valid", good.Body);
        Codes(good).ShouldContain("register-active");
        await Change(number, "suspension");
        var bad = (await anybody.Post("/accreditation/verifications", JsonNode.Parse(signed))).ShouldBe(HttpStatusCode.OK);
        bad.Text("verdict").ShouldBe("invalid", bad.Body);
        Codes(bad).ShouldBeSubsetOf(Codes(good).Except(["register-active", "not-suspended"]).Concat(["register-suspended", "suspended"]));
        var link = $"{story.Host.Url.AbsoluteUri}credentials/{number}";
        (await anybody.Post("/accreditation/verifications", new { link })).ShouldBe(HttpStatusCode.OK).Text("kind").ShouldBe("number");
    }

    private static IReadOnlyList<string> Codes(Hosting.Answer answer) => [.. answer.Json["checks"].ShouldNotBeNull().AsArray().Select(c => c!["code"]!.ToString())];

    private async Task<(Account Holder, string Number)> Granted()
    {
        var (holder, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var decided = (await StoryHost.Decide(await story.Assessed(holder, witness), story.Dora)).ShouldBe(HttpStatusCode.OK);
        return (holder, decided.Text("number"));
    }

    private async Task Change(string number, string step) =>
        (await story.Dora.Client.Post($"/accreditation/credentials/{number}/{step}", new { reason = "doubt" })).ShouldBe(HttpStatusCode.OK);

    private async Task<string> Status(string signed) => (await Verified(signed)).On(CheckTopic.Status);

    private async Task<Verification> Verified(string signed) =>
        await (await Published(null)).Verifier(DateTimeOffset.UtcNow).Verify(signed, TestContext.Current.CancellationToken);

    /// <summary>What anybody finds at our addresses now, as if we were reached by https.</summary>
    private async Task<Credentials.Web> Published(string? signed)
    {
        var (web, address) = (new Credentials.Web(), story.Host.Services.GetRequiredService<IssuerAddress>());
        using var anybody = story.Host.Anonymous();
        string[] lists = signed is null ? ["revocation-0", "suspension-0"] : [.. JsonNode.Parse(signed)!["credentialStatus"]!.AsArray().Select(s => s!["statusListCredential"]!.ToString().Split('/')[^1])];
        foreach (var path in lists.Select(l => $"/status/{l}").Append("/.well-known/did.json"))
        {
            using var answer = await Ask(anybody, path, "*/*");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            web.Pages[$"https://{address.Did["did:web:".Length..].Replace("%3A", ":", StringComparison.Ordinal)}{path}"] = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        var own = story.Host.Services.GetRequiredService<IOwnDocuments>();
        foreach (var url in web.Pages.Keys) (await own.Find(url, TestContext.Current.CancellationToken)).ShouldNotBeNull(url);
        (await own.Find("https://other.example/.well-known/did.json", TestContext.Current.CancellationToken)).ShouldBeNull();
        return web;
    }

    private async Task Others_verify(string proof, string vc, string badge, Credentials.Web web)
    {
        var input = new OthersCredentialsTests(output).Input();
        var document = JsonNode.Parse(web.Pages.Single(p => p.Key.EndsWith("/did.json", StringComparison.Ordinal)).Value)!;
        var did = document["id"]!.ToString();
        var documents = input["documents"].ShouldNotBeNull().AsObject();
        documents[did] = document.DeepClone();
        foreach (var method in document["verificationMethod"]!.AsArray().Where(m => m!["type"]!.ToString() == "Multikey"))
        {
            var alone = method!.DeepClone();
            alone["@context"] = "https://w3id.org/security/multikey/v1";
            documents[alone["id"]!.ToString()] = alone;
        }

        // Not before any of the two is valid.
        input["now"] = new[] { Issuing.Now, DateTimeOffset.UtcNow.AddSeconds(1) }.Max().ToString("O");
        input["proofs"] = new JsonArray(JsonValue.Create(proof));
        var used = JsonNode.Parse(proof)!["proof"]!["verificationMethod"]!.ToString();
        var jwk = document["verificationMethod"]!.AsArray().Single(m => m!["id"]!.ToString() == $"{used}-jwk")!["publicKeyJwk"]!;
        input["jwts"] = new JsonArray(
            new JsonObject { ["jwt"] = vc, ["typ"] = "vc+jwt", ["jwk"] = jwk.DeepClone() }, new JsonObject { ["jwt"] = badge, ["typ"] = "JWT", ["jwk"] = jwk.DeepClone() });
        foreach (var left in new[] { "lists", "broken" }) input[left] = new JsonArray();
        var said = await OthersCode.Run("node", ["check.js"], await OthersCode.Node("credentials"), input.ToJsonString());
        said.Code.ShouldBe(0, said.Error);
    }

    /// <summary>Without what only one form has.</summary>
    private static string WithoutClaims(string document)
    {
        var json = JsonNode.Parse(document)!.AsObject();
        foreach (var claim in new[] { "iss", "jti", "sub", "nbf", "exp" }) json.Remove(claim);
        return json.ToJsonString();
    }

    private static async Task<JsonNode> Shown(HttpClient client, string path)
    {
        using var answer = await Ask(client, path, "*/*");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    private static async Task<HttpResponseMessage> Ask(HttpClient client, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
