using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

public class CredentialVerifierTests
{
    private const string House = "did:web:cluster.example";
    private const string HouseDocument = "https://cluster.example/.well-known/did.json";

    [Fact]
    public async Task Every_question_has_its_own_answer()
    {
        var issuer = new Issuing();
        var found = await new Web().Verify(issuer.Signed(issuer.Badge()));
        found.Checks.Select(c => c.Topic).ShouldBeInOrder();
        found.Checks.Select(c => $"{c.Topic} {c.Outcome} {c.Code}").ShouldBe([
            "Format Passed form-good", "Signature Passed signature-holds", "Issuer Passed issuer-signed", "Validity Passed in-time", "Status Passed status-not-given",
            "Other NotChecked evidence-not-checked", "Other NotChecked bearer-not-checked", "Other NotChecked issuer-standing-not-checked",
        ]);
        found.Verdict.ShouldBe(Verdict.Valid);
    }

    [Fact]
    public async Task Validity_has_a_begin_and_an_end()
    {
        var issuer = new Issuing();
        var signed = issuer.Signed(issuer.Badge());
        (await new Web().Verify(signed, new DateTimeOffset(2030, 5, 1, 10, 0, 0, TimeSpan.Zero))).On(CheckTopic.Validity).ShouldBe("Passed in-time");
        (await new Web().Verify(signed, new DateTimeOffset(2030, 5, 1, 10, 0, 1, TimeSpan.Zero))).On(CheckTopic.Validity).ShouldBe("Failed expired");
        var early = EcdsaJcs2019.Sign(issuer.Badge().ToJsonString(), issuer.Terms with { Created = Issuing.Now.AddYears(-1) }, issuer.Key);
        (await new Web().Verify(early, new DateTimeOffset(2027, 5, 1, 9, 58, 0, TimeSpan.Zero))).On(CheckTopic.Validity).ShouldBe("Failed not-yet-valid");
        (await new Web().Verify(early, new DateTimeOffset(2027, 5, 1, 9, 59, 30, TimeSpan.Zero))).On(CheckTopic.Validity).ShouldBe("Passed in-time");
    }

    [Fact]
    public async Task A_key_that_was_replaced_still_verifies_and_a_lost_one_does_not()
    {
        using var before = CredentialKey.Make();
        using var now = CredentialKey.Make();
        var web = new Web();
        var signed = Signed(before, "k0");
        web.Pages[HouseDocument] = Dids.WebDocument(House, [new("k1", now.Public), new("k0", before.Public)]);
        (await web.Verify(signed)).Verdict.ShouldBe(Verdict.Valid);
        web.Pages[HouseDocument] = Dids.WebDocument(House, [new("k1", now.Public), new("k0", before.Public, Issuing.Now)]);
        (await web.Verify(signed)).On(CheckTopic.Signature).ShouldBe("Failed key-ended");
        web.Pages[HouseDocument] = Dids.WebDocument(House, [new("k1", now.Public)]);
        (await web.Verify(signed)).On(CheckTopic.Signature).ShouldBe("Failed key-not-named");
        web.Pages[HouseDocument] = Dids.WebDocument(House, [new("k0", now.Public)]);
        (await web.Verify(signed)).On(CheckTopic.Signature).ShouldBe("Failed signature-broken");
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_leaves_it_open_and_one_that_is_not_there_does_not()
    {
        using var key = CredentialKey.Make();
        var (web, signed) = (new Web(), Signed(key, "k1"));
        web.Down.Add(HouseDocument);
        var down = await web.Verify(signed);
        (down.On(CheckTopic.Signature), down.Verdict).ShouldBe(("NotChecked issuer-unreachable", Verdict.Undecided));
        web.Down.Clear();
        (await web.Verify(signed)).On(CheckTopic.Signature).ShouldBe("Failed issuer-absent");
        foreach (var page in new[] { "", "{}", "<html>", Dids.WebDocument("did:web:other.example", [new("k1", key.Public)]), $"{{\"id\":\"{House}\",\"id\":\"{House}\"}}" })
        {
            web.Pages[HouseDocument] = page;
            (await web.Verify(signed)).On(CheckTopic.Signature).ShouldBe("Failed issuer-document");
        }
    }

    [Theory]
    [InlineData("assertionMethod", "authentication", "Failed key-purpose")] // the key is for something else
    [InlineData("\"controller\":\"did:web:cluster.example\"", "\"controller\":\"did:web:other.example\"", "Failed key-not-named")]
    [InlineData("\"Multikey\"", "\"Ed25519VerificationKey2020\"", "NotChecked key-kind-unknown")]
    [InlineData("\"controller\"", "\"expires\":\"2027-01-01T00:00:00Z\",\"controller\"", "Failed key-ended")]
    [InlineData("\"controller\"", "\"revoked\":\"soon\",\"controller\"", "Failed key-ended")]
    [InlineData("\"controller\"", "\"revoked\":\"2029-01-01T00:00:00Z\",\"controller\"", "Passed signature-holds")]
    public async Task What_a_document_says_of_a_key_counts(string part, string other, string outcome)
    {
        using var key = CredentialKey.Make();
        var web = new Web();
        web.Pages[HouseDocument] = Dids.WebDocument(House, [new("k1", key.Public)]).Replace(part, other, StringComparison.Ordinal);
        (await web.Verify(Signed(key, "k1"))).On(CheckTopic.Signature).ShouldBe(outcome);
    }

    [Fact]
    public async Task A_good_signature_does_not_mend_a_bad_form()
    {
        var issuer = new Issuing();
        var badge = issuer.Badge();
        badge["credentialSubject"].ShouldNotBeNull().AsObject().Remove("achievement");
        var found = await new Web().Verify(issuer.Signed(badge));
        found.On(CheckTopic.Format).ShouldBe("Failed badge-without-achievement");
        found.On(CheckTopic.Signature).ShouldBe("Passed signature-holds");
        found.Verdict.ShouldBe(Verdict.Invalid);
    }

    [Fact]
    public async Task An_unsigned_credential_is_nobodys()
    {
        var found = await new Web().Verify(new Issuing().Badge().ToJsonString());
        found.On(CheckTopic.Signature).ShouldBe("Failed proof-missing");
        found.On(CheckTopic.Issuer).ShouldBe("NotChecked issuer-open");
    }

    [Fact]
    public async Task A_document_fetches_only_so_much()
    {
        var issuer = new Issuing();
        var badge = issuer.Badge();
        badge["proof"] = new JsonArray([.. Enumerable.Range(0, 17).Select(_ => Issuing.Node(issuer.Signed(issuer.Badge()))["proof"]?.DeepClone())]);
        (await new Web().Verify(badge.ToJsonString())).On(CheckTopic.Signature).ShouldBe("Failed proof-too-many");

        var web = new Web();
        var many = issuer.Presentation([.. Enumerable.Range(0, 31).Select(i => Issuing.Node(Signed(issuer.Key, "k1", $"did:web:host{i}.example")))]);
        await web.Verifier().VerifyPresentation(issuer.Signed(many), new(null, null), TestContext.Current.CancellationToken);
        web.Asked.Count.ShouldBe(24);

        var listed = issuer.Presentation([.. Enumerable.Range(0, 31).Select(i => Issuing.Node(issuer.Signed(WithStatus(issuer.Badge(), i))))]);
        web.Asked.Clear();
        var shown = await web.Verifier().VerifyPresentation(issuer.Signed(listed), new(null, null), TestContext.Current.CancellationToken);
        web.Asked.Count.ShouldBe(24);
        shown.Credentials.ShouldAllBe(c => c.Verdict == Verdict.Undecided);
    }

    [Theory]
    [InlineData("data:application/vc+jwt;base64,")]
    [InlineData("data:application/vp+jwt,")]
    [InlineData("data:text/plain,")]
    [InlineData("https://evil.example/")]
    [InlineData("")]
    public async Task An_envelope_holds_a_signed_credential(string before)
    {
        var issuer = new Issuing();
        var jwt = CredentialJwt.Sign(issuer.Plain().ToJsonString(), issuer.Method, issuer.Key);
        var text = $$"""{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"{{before}}{{jwt}}","type":"EnvelopedVerifiableCredential"}""";
        var web = new Web();
        var found = await web.Verify(text);
        if (before.StartsWith("data:application/vc+jwt", StringComparison.Ordinal)) found.Verdict.ShouldBe(Verdict.Valid);
        else found.On(CheckTopic.Format).ShouldBe("Failed envelope-id");
        web.Asked.ShouldBeEmpty();
    }

    private static JsonObject WithStatus(JsonObject badge, int list)
    {
        badge["credentialStatus"] = new JsonArray([.. Enumerable.Range(0, 8).Select(i => Issuing.Node($$"""{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"{{i}}","statusListCredential":"https://host{{list}}.example/{{i}}"}"""))]);
        return badge;
    }

    private static string Signed(CredentialKey key, string name, string did = House)
    {
        var badge = new Issuing().Badge();
        badge["issuer"].ShouldNotBeNull()["id"] = did;
        return EcdsaJcs2019.Sign(badge.ToJsonString(), new($"{did}#{name}", Issuing.Now.AddDays(-1)), key);
    }
}
