using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

public class CredentialJwtTests
{
    private const string Campus = "did:web:campus.example";
    private const string CampusDocument = "https://campus.example/.well-known/did.json";

    [Fact]
    public async Task Both_forms_are_valid_and_an_envelope_around_one_too()
    {
        var issuer = new Issuing();
        var badge = issuer.Badge().ToJsonString();
        var jwt = CredentialJwt.Sign(badge, issuer.Method, issuer.Key);
        Part(jwt, 0).ShouldBe($$"""{"alg":"ES256","typ":"vc+jwt","cty":"vc","kid":"{{issuer.Method}}"}""");
        var envelope = $$"""{"@context":"https://www.w3.org/ns/credentials/v2","id":"data:application/vc+jwt,{{jwt}}","type":"EnvelopedVerifiableCredential"}""";
        foreach (var text in new[] { jwt, CredentialJwt.SignBadge(badge, issuer.Method, issuer.Key), CredentialJwt.SignBadge(badge, issuer.Method, issuer.Key, withKey: true), envelope, $" {jwt}\n" })
        {
            var found = await new Web().Verify(text);
            found.Verdict.ShouldBe(Verdict.Valid, found.Everything());
            found.On(CheckTopic.Issuer).ShouldBe("Passed issuer-signed");
        }
    }

    [Fact]
    public void A_badges_claims_repeat_what_it_says()
    {
        var issuer = new Issuing();
        var badge = issuer.Badge();
        badge["credentialSubject"].ShouldNotBeNull()["id"] = "did:example:anna";
        var payload = JsonElement.Parse(Part(CredentialJwt.SignBadge(badge.ToJsonString(), issuer.Method, issuer.Key), 1));
        payload.Text("iss").ShouldBe(issuer.Did);
        payload.Text("jti").ShouldBe("https://cluster.example/credentials/0197c1f2");
        payload.Text("sub").ShouldBe("did:example:anna");
        payload.GetProperty("nbf").GetInt64().ShouldBe(new DateTimeOffset(2027, 5, 1, 10, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds());
        payload.GetProperty("exp").GetInt64().ShouldBe(new DateTimeOffset(2030, 5, 1, 10, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds());
        payload.TryGetProperty("vc", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("iss", "\"did:example:other\"", "Failed jwt-claim-differs")]
    [InlineData("jti", "\"urn:uuid:1\"", "Failed jwt-claim-differs")]
    [InlineData("nbf", "1", "Failed jwt-claim-differs")]
    [InlineData("exp", "4102444800", "Failed jwt-claim-differs")]
    [InlineData("exp", "\"never\"", "Failed jwt-time")]
    [InlineData("nbf", null, "Failed jwt-claim-missing")]
    [InlineData("vc", "{}", "Failed jwt-wrapper")]
    public async Task Claims_that_say_something_else_are_refused(string claim, string? value, string outcome)
    {
        var issuer = new Issuing();
        var payload = Issuing.Node(Part(CredentialJwt.SignBadge(issuer.Badge().ToJsonString(), issuer.Method, issuer.Key), 1));
        if (value is null) payload.Remove(claim);
        else payload[claim] = JsonNode.Parse(value);
        (await new Web().Verify(Jwt($$"""{"alg":"ES256","typ":"JWT","kid":"{{issuer.Method}}"}""", payload.ToJsonString(), issuer.Key))).On(CheckTopic.Signature).ShouldBe(outcome);
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"vc+jwt","kid":"KID"}""", "jwt-algorithm")]
    [InlineData("""{"alg":"None","typ":"vc+jwt","kid":"KID"}""", "jwt-algorithm")]
    [InlineData("""{"alg":"HS256","typ":"vc+jwt","kid":"KID"}""", "jwt-algorithm")]
    [InlineData("""{"alg":"es256","typ":"vc+jwt","kid":"KID"}""", "jwt-algorithm")]
    [InlineData("""{"alg":["ES256"],"typ":"vc+jwt","kid":"KID"}""", "jwt-algorithm")]
    [InlineData("""{"typ":"vc+jwt","kid":"KID"}""", "jwt-algorithm")]
    [InlineData("""{"alg":"RS256","typ":"vc+jwt","kid":"KID"}""", "jwt-algorithm")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"KID"}""", "jwt-claim-missing")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","kid":"KID","crit":["exp"]}""", "jwt-crit")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","kid":"KID","b64":false}""", "jwt-crit")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","kid":"KID","jku":"https://evil.example/keys"}""", "jwt-key-link")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","x5u":"https://evil.example/cert"}""", "jwt-key-link")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","x5c":["MIIB"]}""", "jwt-key-link")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt"}""", "jwt-key-missing")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","kid":7}""", "jwt-header")]
    [InlineData("""{"alg":"ES256","alg":"none","typ":"vc+jwt","kid":"KID"}""", "jwt-header")]
    [InlineData("""{"alg":"ES256","typ":"vc+sd-jwt","kid":"KID"}""", "jwt-type")]
    [InlineData("""{"alg":"ES256","typ":"vp+jwt","kid":"KID"}""", "jwt-type")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","cty":"json","kid":"KID"}""", "jwt-content")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","kid":"KID","jwk":{"kty":"oct","k":"AAAA"}}""", "key-not-named")]
    [InlineData("""["ES256"]""", "jwt-header")]
    public async Task A_header_that_would_change_what_is_verified_is_refused(string header, string code)
    {
        var issuer = new Issuing();
        var web = new Web();
        var found = await web.Verify(Jwt(header.Replace("KID", issuer.Method, StringComparison.Ordinal), issuer.Badge().ToJsonString(), issuer.Key));
        found.Verdict.ShouldBe(Verdict.Invalid);
        found.Checks.ShouldContain(c => c.Code == code && c.Outcome == CheckOutcome.Failed, found.Everything());
        web.Asked.ShouldBeEmpty();
    }

    /// <summary>A public key taken as the secret of HMAC, and a signature of nothing at all.</summary>
    [Fact]
    public async Task A_public_key_is_no_secret()
    {
        var issuer = new Issuing();
        foreach (var secret in new[] { issuer.Key.Public.Jwk, issuer.Key.Public.Multikey })
        {
            var signed = $"{Encoded($$"""{"alg":"HS256","typ":"vc+jwt","kid":"{{issuer.Method}}"}""")}.{Encoded(issuer.Badge().ToJsonString())}";
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed));
            (await new Web().Verify($"{signed}.{Base64Url.EncodeToString(mac)}")).Verdict.ShouldBe(Verdict.Invalid);
        }

        // Both numbers zero: an implementation that forgets to look takes it for every document (CVE-2022-21449).
        var nothing = $"{Encoded($$"""{"alg":"ES256","typ":"vc+jwt","kid":"{{issuer.Method}}"}""")}.{Encoded(issuer.Badge().ToJsonString())}.{Base64Url.EncodeToString(new byte[64])}";
        (await new Web().Verify(nothing)).On(CheckTopic.Signature).ShouldBe("Failed signature-broken");
    }

    [Fact]
    public async Task A_key_in_the_header_counts_only_where_the_issuer_names_it()
    {
        var (issuer, thief) = (new Issuing(), new Issuing());
        var forged = issuer.Badge().ToJsonString();
        var header = $$"""{"alg":"ES256","typ":"vc+jwt","jwk":{{thief.Key.Public.Jwk}}}""";
        (await new Web().Verify(Jwt(header, forged, thief.Key))).On(CheckTopic.Signature).ShouldBe("Failed key-not-named");
        (await new Web().Verify(Jwt(header.Replace("\"jwk\"", $"\"kid\":\"{issuer.Method}\",\"jwk\"", StringComparison.Ordinal), forged, thief.Key))).On(CheckTopic.Signature).ShouldBe("Failed key-not-named");
        (await new Web().Verify(Jwt($$"""{"alg":"ES256","typ":"vc+jwt","kid":"{{thief.Method}}"}""", forged, thief.Key))).On(CheckTopic.Issuer).ShouldBe("Failed issuer-not-signer");
        (await new Web().Verify(Jwt($$"""{"alg":"ES256","typ":"vc+jwt","jwk":{{issuer.Key.Public.Jwk}}}""", forged, issuer.Key))).Verdict.ShouldBe(Verdict.Valid);
    }

    [Fact]
    public async Task A_badge_of_another_issuer_may_be_signed_by_rsa()
    {
        using var rsa = RSA.Create(2048);
        var numbers = rsa.ExportParameters(false);
        var jwk = $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}","e":"AQAB"}""";
        var web = new Web();
        web.Pages[CampusDocument] = $$"""{"id":"{{Campus}}","verificationMethod":[{"id":"#r1","type":"JsonWebKey","controller":"{{Campus}}","publicKeyJwk":{{jwk}}}],"assertionMethod":["#r1"]}""";
        var signed = RsaBadge(rsa);
        (await web.Verify(signed)).Verdict.ShouldBe(Verdict.Valid);
        var parts = signed.Split('.');
        var other = Issuing.Node(Part(signed, 1));
        other["name"] = "Master of everything";
        (await web.Verify($"{parts[0]}.{Encoded(other.ToJsonString())}.{parts[2]}")).On(CheckTopic.Signature).ShouldBe("Failed signature-broken");
        // The same key, truly signing a header that says ES256.
        (await web.Verify(RsaBadge(rsa, "ES256"))).On(CheckTopic.Signature).ShouldBe("Failed signature-broken");

        using var small = RSA.Create(1024);
        var weak = Base64Url.EncodeToString(small.ExportParameters(false).Modulus);
        VerificationKey.FromJwk(JsonElement.Parse($$"""{"kty":"RSA","n":"{{weak}}","e":"AQAB"}""")).ShouldBeNull();
        VerificationKey.FromJwk(JsonElement.Parse(jwk.Replace("\"AQAB\"", "\"AQ\"", StringComparison.Ordinal))).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("ey..")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA.AA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.A=")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.A")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e31.AB")] // bits left over
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30 .AA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.W10.AAAA")]
    public async Task What_is_no_jwt_is_refused(string text) => (await new Web().Verify(text)).Verdict.ShouldBe(Verdict.Invalid);

    [Fact]
    public void One_changed_character_is_seen_wherever_it_stands() => Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<bool>(), (place, asBadge) =>
    {
        var issuer = new Issuing();
        var badge = issuer.Badge().ToJsonString();
        var jwt = asBadge ? CredentialJwt.SignBadge(badge, issuer.Method, issuer.Key) : CredentialJwt.Sign(badge, issuer.Method, issuer.Key);
        for (var at = place.Get % 17; at < jwt.Length; at += 17)
        {
            var changed = $"{jwt[..at]}{(jwt[at] == 'A' ? 'B' : 'A')}{jwt[(at + 1)..]}";
            new Web().Verify(changed).GetAwaiter().GetResult().Verdict.ShouldNotBe(Verdict.Valid, $"{at}");
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public async Task A_signature_that_has_run_out_is_told_apart_from_a_broken_one()
    {
        var issuer = new Issuing();
        var badge = CredentialJwt.SignBadge(issuer.Badge().ToJsonString(), issuer.Method, issuer.Key);
        var found = await new Web().Verify(badge, Issuing.Now.AddYears(4));
        found.On(CheckTopic.Signature).ShouldBe("Passed signature-holds");
        found.On(CheckTopic.Validity).ShouldBe("Failed expired, Failed signature-expired");
    }

    private static string RsaBadge(RSA rsa, string algorithm = "RS256")
    {
        var badge = new Issuing().Badge();
        badge["issuer"] = Campus;
        foreach (var claim in CredentialJwt.Claims)
        {
            if (CredentialJwt.Expected(JsonElement.Parse(badge.ToJsonString()), claim) is { } value) badge[claim] = JsonSerializer.SerializeToNode(value);
        }

        var signed = $"{Encoded($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{Campus}}#r1"}""")}.{Encoded(badge.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Jwt(string header, string payload, CredentialKey key) => CompactJws.Sign(JsonElement.Parse(header), Encoding.UTF8.GetBytes(payload), key);

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Part(string jwt, int part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(jwt.Split('.')[part]));
}
