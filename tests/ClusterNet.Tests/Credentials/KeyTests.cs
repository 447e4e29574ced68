using System.Text.Json;
using ClusterNet.Credentials;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

public class KeyTests
{
    /// <summary>The issuer's key of the examples in W3C Data Integrity ECDSA Cryptosuites 1.0, appendix A.</summary>
    internal const string SpecKey = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";

    /// <summary>The key of RFC 7515, appendix A.3, and its thumbprint by RFC 7638.</summary>
    private const string RfcKey = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    [Fact]
    public void The_specifications_key_is_the_point_of_rfc_6979()
    {
        // Appendix A.2.5 of RFC 6979 has the same private key, and its public point.
        var key = P256PublicKey.FromMultikey(SpecKey).ShouldNotBeNull();
        key.Multikey.ShouldBe(SpecKey);
        var jwk = Json(key.Jwk);
        Convert.ToHexString(jwk.Bytes("x").ShouldNotBeNull()).ShouldBe("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
        Convert.ToHexString(jwk.Bytes("y").ShouldNotBeNull()).ShouldBe("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
    }

    [Fact]
    public void A_json_web_key_is_read_and_has_others_signatures()
    {
        var key = VerificationKey.FromJwk(Json(RfcKey)).ShouldBeOfType<P256PublicKey>();
        Json(key.Jwk).Text("x").ShouldBe("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        const string signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        var (jws, _) = CompactJws.Parse($"{signed}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
        jws.ShouldNotBeNull().IsSignedBy(key).ShouldBeTrue();
        P256PublicKey.FromMultikey(key.Multikey).ShouldBe(key);
    }

    [Fact]
    public void Every_key_survives_each_of_its_spellings() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), _ =>
    {
        using var made = CredentialKey.Make();
        P256PublicKey.FromMultikey(made.Public.Multikey).ShouldBe(made.Public);
        VerificationKey.FromJwk(Json(made.Public.Jwk)).ShouldBe(made.Public);
        using var read = CredentialKey.FromPem(made.ToPem());
        read.Public.ShouldBe(made.Public);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVQ")] // another x, which has no point
    [InlineData("z6MkjLrk3gKS2nnkeWcmcxiZPGskmesDpuwRBorgHxUXfxnG")] // Ed25519
    [InlineData("z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ")] // P-384
    [InlineData("uDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")]
    [InlineData("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKV0")] // no letter of the alphabet
    [InlineData("z")]
    [InlineData("")]
    public void What_is_no_p256_key_is_none(string text) => P256PublicKey.FromMultikey(text).ShouldBeNull();

    [Fact]
    public void A_compressed_point_is_on_the_curve_and_within_the_field()
    {
        P256PublicKey.FromMultikey(Multibase.Base58([0x80, 0x24, 2, .. new byte[32].Select(_ => (byte)0xff)])).ShouldBeNull();
        Enumerable.Range(0, 40).Count(i => P256PublicKey.FromMultikey(Multibase.Base58([0x80, 0x24, 3, .. new byte[31], (byte)i])) is not null).ShouldBeInRange(10, 30);
    }

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"}""")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"AA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","use":"enc"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","alg":"ES384"}""")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    [InlineData("[]")]
    public void What_is_no_key_to_verify_with_is_none(string jwk) => VerificationKey.FromJwk(Json(jwk)).ShouldBeNull();

    [Theory]
    [InlineData("did:web:example.com", "https://example.com/.well-known/did.json")]
    [InlineData("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json")]
    [InlineData("https://example.edu/issuers/14", "https://example.edu/issuers/14")]
    public void An_issuers_document_has_an_address(string id, string url) => Dids.DocumentUrl(id).ShouldBe(new Uri(url));

    [Theory]
    [InlineData("did:web:")]
    [InlineData("did:web:example.com:..:secrets")]
    [InlineData("did:web:example.com:%2E%2E:x")]
    [InlineData("did:web:example.com%2Fpath")]
    [InlineData("did:web:user%40example.com")]
    [InlineData("did:web:example.com:a%3Fb")]
    [InlineData("did:web:example.com::a")]
    [InlineData("did:web:example.com#key")]
    [InlineData("did:example:123")]
    [InlineData("http://example.edu/issuers/14")]
    [InlineData("https://user@example.edu/issuers/14")]
    [InlineData("file:///etc/passwd")]
    public void An_issuer_that_leads_elsewhere_has_none(string id) => Dids.DocumentUrl(id).ShouldBeNull();

    [Fact]
    public void A_published_document_names_its_keys_in_both_forms()
    {
        using var key = CredentialKey.Make();
        var document = DidDocument.Parse(Json(Dids.WebDocument("did:web:cluster.example", [new("k1", key.Public), new("k0", key.Public, Issuing.Now)])), "did:web:cluster.example").ShouldNotBeNull();
        document.Methods.Select(m => m.Id).ShouldBe(["did:web:cluster.example#k1", "did:web:cluster.example#k1-jwk", "did:web:cluster.example#k0", "did:web:cluster.example#k0-jwk"]);
        document.Methods.ShouldAllBe(m => key.Public.Equals(m.Key) && m.Purposes.SetEquals(new[] { KeyPurpose.AssertionMethod }));
        document.Methods.Select(m => m.EndsAt).ShouldBe([null, null, Issuing.Now, Issuing.Now]);
        DidDocument.Parse(Json(Dids.WebDocument("did:web:cluster.example", [new("k1", key.Public)])), "did:web:other.example").ShouldBeNull();
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
