using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

public class EcdsaJcs2019Tests
{
    /// <summary>The signed credential of W3C Data Integrity ECDSA Cryptosuites 1.0, appendix A, "Representation: ecdsa-jcs-2019, with curve P-256".</summary>
    private static JsonObject Example(bool contexts)
    {
        var example = Issuing.Node("""
            {
              "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
              "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
              "type": ["VerifiableCredential", "AlumniCredential"],
              "name": "Alumni Credential",
              "description": "A minimum viable example of an Alumni Credential.",
              "issuer": "https://vc.example/issuers/5678",
              "validFrom": "2023-01-01T00:00:00Z",
              "credentialSubject": { "id": "did:example:abcdefgh", "alumniOf": "The School of Examples" },
              "proof": {
                "type": "DataIntegrityProof",
                "cryptosuite": "ecdsa-jcs-2019",
                "created": "2023-02-24T23:36:38Z",
                "verificationMethod": "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP#zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                "proofPurpose": "assertionMethod"
              }
            }
            """);
        if (contexts) example["proof"].ShouldNotBeNull()["@context"] = example["@context"]?.DeepClone();
        return example;
    }

    [Fact]
    public void The_specifications_example_hashes_and_verifies()
    {
        var (document, proof) = Parts(Example(contexts: true));
        var hashed = EcdsaJcs2019.Hashed(proof, document).ShouldNotBeNull();
        Convert.ToHexStringLower(hashed).ShouldBe("fe5799489119c7fe3c528715e72bd39d2ec6b4ab345978df32e9a9312648ec2559b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19");
        var signature = Convert.FromHexString("f15c3b599eb9b3cad05df9d8e8b39a70a86375833b53743c764ac0a88c4457d60707fd7d073e03d906130631d87803f80a9824dc9939632ba92d418181be9d16");
        var key = P256PublicKey.FromMultikey(KeyTests.SpecKey).ShouldNotBeNull();
        key.IsSignature(hashed, signature).ShouldBeTrue();
        EcdsaJcs2019.IsSignature(document, proof, Multibase.Base58(signature), key).ShouldBeTrue();
        signature[^1] ^= 1;
        key.IsSignature(hashed, signature).ShouldBeFalse();
    }

    /// <summary>An earlier edition of the example, whose proof does not repeat the contexts.</summary>
    [Fact]
    public async Task The_earlier_example_verifies_and_is_not_its_issuers()
    {
        var (document, proof) = Parts(Example(contexts: false));
        Convert.ToHexStringLower(EcdsaJcs2019.Hashed(proof, document).ShouldNotBeNull()).ShouldBe("9c4b552d65fcb106b6b27ec2436d8ae81b319afc7aeaab7964b2938cd120cec359b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19");
        var signed = Example(contexts: false);
        signed["proof"].ShouldNotBeNull()["proofValue"] = "zq6PrUMCtqY5obCSsrQxuFJdGffCDxvFuopdZiBPUBRTFEs1VVsBZi8YiEwVWgHYrXxoV93gBHqGDBtQLPFxpZxz";
        var found = await new Web().Verify(signed.ToJsonString());
        found.On(CheckTopic.Signature).ShouldBe("Passed signature-holds");
        found.On(CheckTopic.Issuer).ShouldBe("Failed issuer-not-signer");
    }

    [Fact]
    public void What_was_signed_is_valid_however_it_is_spelled() => Prop.ForAll(Documents(), document =>
    {
        var issuer = new Issuing();
        var badge = issuer.Badge();
        badge["extra"] = document.DeepClone();
        var signed = Issuing.Node(issuer.Signed(badge));
        var turned = new JsonObject(signed.Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        foreach (var text in new[] { signed.ToJsonString(), turned.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) })
        {
            var found = new Web().Verify(text).GetAwaiter().GetResult();
            found.Verdict.ShouldBe(Verdict.Valid, found.Everything());
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>Every place of a signed badge, with another character in it.</summary>
    [Fact]
    public async Task One_changed_character_is_seen_wherever_it_stands()
    {
        var issuer = new Issuing();
        var signed = issuer.Signed(issuer.Badge());
        var random = new Random(8);
        for (var at = 0; at < signed.Length; at++)
        {
            var other = (char)random.Next(33, 127);
            if (other == signed[at]) other = other == 'x' ? 'y' : 'x';
            var found = await new Web().Verify($"{signed[..at]}{other}{signed[(at + 1)..]}");
            found.Verdict.ShouldNotBe(Verdict.Valid, $"{at}: {signed[at]} became {other}");
        }
    }

    [Fact]
    public async Task A_second_proof_is_beside_the_first()
    {
        var (issuer, other) = (new Issuing(), new Issuing());
        var twice = EcdsaJcs2019.Sign(issuer.Signed(issuer.Badge()), other.Terms, other.Key);
        var found = await new Web().Verify(twice);
        found.Verdict.ShouldBe(Verdict.Valid, found.Everything());
        found.Checks.ShouldContain(c => c.Code == "signed-also-by");
        // In the other order too: the issuer's own proof speaks for the document.
        (await new Web().Verify(issuer.Signed(Issuing.Node(EcdsaJcs2019.Sign(issuer.Badge().ToJsonString(), other.Terms, other.Key))))).Verdict.ShouldBe(Verdict.Valid);

        var broken = Issuing.Node(twice);
        broken["proof"].ShouldNotBeNull()[0].ShouldNotBeNull()["created"] = "2027-01-01T00:00:00Z";
        (await new Web().Verify(broken.ToJsonString())).On(CheckTopic.Signature).ShouldBe("Failed signature-broken");
    }

    [Theory]
    [InlineData("type", "Ed25519Signature2020", "NotChecked proof-type-unknown")]
    [InlineData("type", null, "Failed proof-form")]
    [InlineData("cryptosuite", "ecdsa-rdfc-2019", "NotChecked proof-suite-unknown")]
    [InlineData("cryptosuite", "none", "NotChecked proof-suite-unknown")]
    [InlineData("cryptosuite", null, "Failed proof-form")]
    [InlineData("verificationMethod", null, "Failed proof-form")]
    [InlineData("verificationMethod", "key-1", "Failed proof-form")]
    [InlineData("verificationMethod", "did:example:1#k", "NotChecked issuer-unknown-kind")]
    [InlineData("proofPurpose", null, "Failed proof-form")]
    [InlineData("proofPurpose", "authentication", "Failed proof-purpose")]
    [InlineData("created", "yesterday", "Failed proof-time")]
    [InlineData("created", "2028-01-01T00:00:00Z", "Failed proof-from-the-future")]
    [InlineData("created", "2027-01-01T00:00:00Z", "Failed signature-broken")]
    [InlineData("expires", "2027-05-01T00:00:00Z", "Failed proof-expired")]
    [InlineData("expires", "2029-05-01T00:00:00Z", "Failed signature-broken")]
    [InlineData("nonce", "1", "Failed signature-broken")]
    [InlineData("previousProof", "urn:uuid:1", "NotChecked proof-chain")]
    [InlineData("proofValue", null, "Failed proof-value")]
    [InlineData("proofValue", "z2", "Failed proof-value")]
    [InlineData("proofValue", "u2", "Failed proof-value")]
    [InlineData("@context", "https://www.w3.org/ns/credentials/v1", "Failed proof-contexts")]
    public async Task Each_thing_that_is_wrong_with_a_proof_has_its_own_name(string member, string? value, string outcome)
    {
        var issuer = new Issuing();
        var signed = Issuing.Node(issuer.Signed(issuer.Badge()));
        var proof = signed["proof"].ShouldNotBeNull().AsObject();
        if (value is null) proof.Remove(member);
        else proof[member] = value;
        var found = await new Web().Verify(signed.ToJsonString());
        found.On(CheckTopic.Signature).ShouldBe(outcome);
        found.Verdict.ShouldNotBe(Verdict.Valid);
    }

    [Fact]
    public async Task A_context_that_was_added_is_not_what_was_signed()
    {
        var issuer = new Issuing();
        var signed = Issuing.Node(issuer.Signed(issuer.Badge()));
        signed["@context"].ShouldNotBeNull().AsArray().Add("https://evil.example/names-mean-other-things");
        var found = await new Web().Verify(signed.ToJsonString());
        found.On(CheckTopic.Signature).ShouldBe("Passed signature-holds");
        found.On(CheckTopic.Other).ShouldContain("NotChecked contexts-unsigned");
        found.Document.ShouldNotBeNull().ShouldNotContain("evil.example");
    }

    private static (JsonElement Document, JsonElement Proof) Parts(JsonObject signed) =>
        (JsonElement.Parse(signed.ToJsonString()), JsonElement.Parse(signed["proof"].ShouldNotBeNull().ToJsonString()));

    private static Arbitrary<JsonNode> Documents()
    {
        var scalars = Gen.OneOf(
            ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(d => (JsonNode)JsonValue.Create(d)),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Where(s => !s.Get.Any(char.IsSurrogate)).Select(s => (JsonNode)JsonValue.Create(s.Get)),
            ArbMap.Default.GeneratorFor<bool>().Select(b => (JsonNode)JsonValue.Create(b)));
        return scalars.ListOf().Select(items => (JsonNode)new JsonArray([.. items])).ToArbitrary();
    }
}
