using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using ClusterNet.Ledger;
using ClusterNet.Tests.Ledger;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

/// <summary>What we sign is verified by code of others, and what they sign by ours: Digital Bazaar's libraries, jose, canonicalize.</summary>
public class OthersCredentialsTests(ITestOutputHelper output)
{
    private const string List = "https://cluster.example/status/1";
    private readonly Issuing _issuer = new();

    private static PresentationTerms Asked { get; } = new("7d1c", "https://agency.example");

    [Fact]
    public async Task Others_verify_ours_and_we_verify_theirs()
    {
        var folder = await OthersCode.Node("credentials");
        var said = await OthersCode.Run("node", ["check.js"], folder, Input().ToJsonString());
        if (said.Code != 0) output.WriteLine(said.Error);
        said.Code.ShouldBe(0, said.Error);
        var theirs = Issuing.Node(said.Output);
        await Verify_what_they_signed(theirs);
        theirs["json"].ShouldNotBeNull().AsArray().Select(j => j?.GetValue<string>()).ShouldBe(Numbers().Select(Canonical));
        P256PublicKey.FromMultikey(Text(theirs, "did")["did:key:".Length..]).ShouldBe(VerificationKey.FromJwk(JsonElement.Parse(theirs["publicJwk"].ShouldNotBeNull().ToJsonString())));
    }

    [Fact]
    public async Task The_comparison_notices_what_is_wrong()
    {
        var folder = await OthersCode.Node("credentials");
        var input = Input();
        input["proofs"] = input["broken"]?.DeepClone();
        (await OthersCode.Run("node", ["check.js"], folder, input.ToJsonString())).Code.ShouldNotBe(0);
    }

    private static async Task Verify_what_they_signed(JsonObject theirs)
    {
        var web = new Web();
        web.Pages["https://others.example/status/7"] = Text(theirs, "list");
        foreach (var form in new[] { "embedded", "jwt", "standing" })
        {
            var found = await web.Verify(Text(theirs, form));
            found.Verdict.ShouldBe(Verdict.Valid, $"{form}\n{Text(theirs, form)}\n{found.Everything()}");
        }

        (await web.Verify(Text(theirs, "standing"))).On(CheckTopic.Status).ShouldBe("Passed not-revoked");
        (await web.Verify(Text(theirs, "revoked"))).On(CheckTopic.Status).ShouldBe("Failed revoked");
        (await web.Verify(Text(theirs, "embedded").Replace("MAG 135", "MAG 136", StringComparison.Ordinal))).On(CheckTopic.Signature).ShouldBe("Failed signature-broken");
        var shown = await web.Verifier().VerifyPresentation(Text(theirs, "presentation"), Asked, TestContext.Current.CancellationToken);
        shown.Verdict.ShouldBe(Verdict.Valid, shown.Presentation.Everything());
    }

    /// <summary>What the program of others is to verify; with what of it to verify another issuer's.</summary>
    internal JsonObject Input()
    {
        var badge = _issuer.Badge();
        var signed = _issuer.Signed(badge);
        var house = Dids.WebDocument("did:web:cluster.example", [new("k1", _issuer.Key.Public)]);
        var input = new JsonObject
        {
            ["now"] = Issuing.Now.ToString("O"),
            ["documents"] = Documents(house),
            ["proofs"] = Texts(signed, _issuer.Signed(_issuer.Plain()), WithNumbers(), OfHouse(), EcdsaJcs2019.Sign(badge.ToJsonString(), _issuer.Terms with { Expires = Issuing.Now.AddYears(1) }, _issuer.Key)),
            ["broken"] = Texts(signed.Replace("MAG 135", "MAG 136", StringComparison.Ordinal), Issuing.Node(signed).ToJsonString().Replace("2027-05-03T", "2027-05-02T", StringComparison.Ordinal)),
            ["jwts"] = new JsonArray(Jwt(CredentialJwt.Sign(badge.ToJsonString(), _issuer.Method, _issuer.Key), "vc+jwt"), Jwt(CredentialJwt.SignBadge(badge.ToJsonString(), _issuer.Method, _issuer.Key), "JWT")),
            ["lists"] = new JsonArray(Listed("42", true), Listed("43", false), Listed("131071", true)),
            ["presentation"] = EcdsaJcs2019.Sign(_issuer.Presentation(Issuing.Node(signed)).ToJsonString(), _issuer.Terms with { Purpose = ProofTerms.Authentication, Challenge = Asked.Challenge, Domain = Asked.Domain }, _issuer.Key),
            ["challenge"] = Asked.Challenge,
            ["domain"] = Asked.Domain,
            ["credential"] = badge.DeepClone(),
            ["json"] = Texts([.. Numbers()]),
        };
        return input;
    }

    /// <summary>The context of Open Badges from the shared data, our document of did:web with its first method alone, and our status list.</summary>
    private JsonObject Documents(string house)
    {
        const string context = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
        var list = new BitstringStatusList { [42] = true, [131_071] = true }.ToBeSigned(List, _issuer.Did, "revocation", Issuing.Now.AddHours(-1), Issuing.Now.AddHours(1));
        var method = Issuing.Node(house)["verificationMethod"].ShouldNotBeNull()[0].ShouldNotBeNull().DeepClone();
        method["@context"] = "https://w3id.org/security/multikey/v1";
        return new()
        {
            [context] = JsonNode.Parse(File.ReadAllText(SharedData.Path("openbadges", "context-3.0.3.json"))),
            ["did:web:cluster.example"] = JsonNode.Parse(house),
            ["did:web:cluster.example#k1"] = method,
            [List] = JsonNode.Parse(_issuer.Signed(Issuing.Node(list))),
        };
    }

    private string WithNumbers()
    {
        var plain = _issuer.Plain();
        plain["@context"].ShouldNotBeNull().AsArray().Add("https://www.w3.org/ns/credentials/undefined-terms/v2");
        plain["credentialSubject"].ShouldNotBeNull()["measured"] = JsonNode.Parse("[1.0, 1e21, 1e-7, 0.1, -0.0, 333333333.33333329, 123456789012345678, 4.50, 2e-3]");
        return _issuer.Signed(plain);
    }

    private string OfHouse()
    {
        var badge = _issuer.Badge();
        badge["issuer"].ShouldNotBeNull()["id"] = "did:web:cluster.example";
        return EcdsaJcs2019.Sign(badge.ToJsonString(), _issuer.Terms with { VerificationMethod = "did:web:cluster.example#k1" }, _issuer.Key);
    }

    private JsonObject Jwt(string jwt, string type) => new() { ["jwt"] = jwt, ["typ"] = type, ["jwk"] = JsonNode.Parse(_issuer.Key.Public.Jwk) };

    private JsonObject Listed(string index, bool status)
    {
        var badge = _issuer.Badge();
        badge["credentialStatus"] = new JsonObject { ["type"] = "BitstringStatusListEntry", ["statusPurpose"] = "revocation", ["statusListIndex"] = index, ["statusListCredential"] = List };
        return new() { ["credential"] = _issuer.Signed(badge), ["status"] = new JsonArray(status) };
    }

    /// <summary>Numbers of every size with random bits, and texts with every kind of character.</summary>
    private static List<string> Numbers()
    {
        var random = new Random(135);
        var numbers = Enumerable.Range(0, 3000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)
            .Concat(Enumerable.Range(0, 1000).Select(i => random.NextDouble() * Math.Pow(10, i % 50 - 25)));
        return [JsonSerializer.Serialize(numbers), """{"\u20ac":"\u000f\u007f\u2028\u00e9","a":{"\ud83d\ude00":1,"\ufb33":2,"":3},"A":[true,null,{}]}"""];
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(Jcs.CanonicalDocument(JsonElement.Parse(json)).ShouldNotBeNull());

    private static JsonArray Texts(params string[] texts) => new([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]);

    private static string Text(JsonObject from, string name) => from[name].ShouldNotBeNull().GetValue<string>();
}
