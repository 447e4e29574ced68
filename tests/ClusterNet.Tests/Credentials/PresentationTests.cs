using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

public class PresentationTests
{
    private static readonly PresentationTerms Asked = new("7d1c", "https://agency.example");
    private readonly Issuing _issuer = new();
    private readonly Issuing _holder = new();

    private ProofTerms Terms => _holder.Terms with { Purpose = ProofTerms.Authentication, Challenge = Asked.Challenge, Domain = Asked.Domain };

    private JsonNode Badge => Issuing.Node(_issuer.Signed(_issuer.Badge()));

    [Fact]
    public async Task A_holder_shows_credentials_of_others()
    {
        var enveloped = Issuing.Node($$"""{"@context":"https://www.w3.org/ns/credentials/v2","id":"data:application/vc+jwt,{{CredentialJwt.Sign(_issuer.Badge().ToJsonString(), _issuer.Method, _issuer.Key)}}","type":"EnvelopedVerifiableCredential"}""");
        var shown = await Show(EcdsaJcs2019.Sign(_holder.Presentation(Badge, enveloped).ToJsonString(), Terms, _holder.Key));
        shown.Presentation.Checks.Select(c => $"{c.Topic} {c.Outcome} {c.Code}").ShouldBe(["Format Passed form-good", "Signature Passed signature-holds", "Holder Passed holder-signed"]);
        shown.Credentials.Select(c => c.Verdict).ShouldBe([Verdict.Valid, Verdict.Valid]);
        shown.Verdict.ShouldBe(Verdict.Valid);
    }

    [Fact]
    public async Task A_jwt_shows_them_too()
    {
        var presentation = _holder.Presentation(Badge);
        (presentation["nonce"], presentation["aud"]) = ("7d1c", "https://agency.example");
        var jwt = CredentialJwt.SignPresentation(presentation.ToJsonString(), _holder.Method, _holder.Key);
        (await Show(jwt)).Verdict.ShouldBe(Verdict.Valid);
        (await Show($$"""{"@context":"https://www.w3.org/ns/credentials/v2","id":"data:application/vp+jwt,{{jwt}}","type":"EnvelopedVerifiablePresentation"}""")).Verdict.ShouldBe(Verdict.Valid);
        presentation["nonce"] = "other";
        (await Show(CredentialJwt.SignPresentation(presentation.ToJsonString(), _holder.Method, _holder.Key))).Presentation.On(CheckTopic.Signature).ShouldBe("Failed challenge-differs");
        // A credential is no presentation, nor the reverse.
        (await Show(CredentialJwt.Sign(presentation.ToJsonString(), _holder.Method, _holder.Key))).Presentation.On(CheckTopic.Signature).ShouldBe("Failed jwt-type");
        (await new Web().Verify(jwt)).On(CheckTopic.Signature).ShouldBe("Failed jwt-type");
    }

    [Fact]
    public async Task A_presentation_answers_this_question_to_this_verifier()
    {
        var presentation = _holder.Presentation(Badge).ToJsonString();
        async Task<string> Signed(ProofTerms terms) => (await Show(EcdsaJcs2019.Sign(presentation, terms, _holder.Key))).Presentation.On(CheckTopic.Signature);
        (await Signed(Terms with { Challenge = "old" })).ShouldBe("Failed challenge-differs");
        (await Signed(Terms with { Challenge = null })).ShouldBe("Failed challenge-differs");
        (await Signed(Terms with { Domain = "https://thief.example" })).ShouldBe("Failed domain-differs");
        (await Signed(Terms with { Domain = null })).ShouldBe("Failed domain-differs");
        (await Signed(Terms with { Purpose = ProofTerms.Assertion })).ShouldBe("Failed proof-purpose");
        var unasked = await new Web().Verifier().VerifyPresentation(EcdsaJcs2019.Sign(presentation, Terms, _holder.Key), new(null, null), TestContext.Current.CancellationToken);
        unasked.Presentation.On(CheckTopic.Other).ShouldBe("NotChecked challenge-not-asked, NotChecked domain-not-asked");
    }

    [Fact]
    public async Task Another_than_the_holder_does_not_show_it()
    {
        var other = new Issuing();
        var terms = Terms with { VerificationMethod = other.Method };
        (await Show(EcdsaJcs2019.Sign(_holder.Presentation(Badge).ToJsonString(), terms, other.Key))).Presentation.On(CheckTopic.Holder).ShouldBe("Failed holder-not-signer");
        var nameless = _holder.Presentation(Badge);
        nameless.Remove("holder");
        (await Show(EcdsaJcs2019.Sign(nameless.ToJsonString(), Terms, _holder.Key))).Presentation.On(CheckTopic.Holder).ShouldBe("Passed holder-not-named");
        (await Show(_holder.Presentation(Badge).ToJsonString())).Presentation.On(CheckTopic.Signature).ShouldBe("Failed proof-missing");
    }

    [Fact]
    public async Task One_bad_credential_spoils_it()
    {
        var forged = Badge.AsObject();
        forged["name"] = "Welding engineer";
        var shown = await Show(EcdsaJcs2019.Sign(_holder.Presentation(Badge, forged).ToJsonString(), Terms, _holder.Key));
        shown.Credentials.Select(c => c.Verdict).ShouldBe([Verdict.Valid, Verdict.Invalid]);
        (shown.Presentation.Verdict, shown.Verdict).ShouldBe((Verdict.Valid, Verdict.Invalid));
    }

    [Theory]
    [InlineData("verifiableCredential", "\"https://a.example/credential\"", "not-an-object")]
    [InlineData("verifiableCredential", "[\"eyJ\"]", "not-an-object")]
    [InlineData("verifiableCredential", "[{\"type\": \"VerifiableCredential\"}]", "context-missing")]
    [InlineData("holder", "\"nobody\"", "holder-not-url")]
    [InlineData("holder", "{}", "holder-not-url")]
    [InlineData("type", "[\"VerifiableCredential\"]", "type-required")]
    [InlineData("@context", "[\"https://a.example\"]", "context-first")]
    public async Task A_presentation_has_a_form(string member, string value, string code)
    {
        var presentation = _holder.Presentation(Badge);
        presentation[member] = JsonNode.Parse(value);
        (await Show(EcdsaJcs2019.Sign(presentation.ToJsonString(), Terms, _holder.Key))).Presentation.On(CheckTopic.Format).ShouldContain($"Failed {code}");
    }

    private static Task<PresentationVerification> Show(string text) => new Web().Verifier().VerifyPresentation(text, Asked, TestContext.Current.CancellationToken);
}
