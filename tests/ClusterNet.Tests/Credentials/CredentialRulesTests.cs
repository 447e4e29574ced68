using System.Text.Json.Nodes;
using ClusterNet.Credentials;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

public class CredentialRulesTests
{
    private static readonly Issuing Issuer = new();

    [Fact]
    public void Good_documents_have_no_fault()
    {
        CredentialRules.Faults(Issuer.Badge().ToJsonString()).ShouldBeEmpty();
        CredentialRules.Faults(Issuer.Plain().ToJsonString()).ShouldBeEmpty();
    }

    /// <summary>What W3C's test suite of the data model sends, good documents and bad: a member, its value, and the fault at its place.</summary>
    [Theory]
    [InlineData("@context", null, "context-missing", "")]
    [InlineData("@context", "\"https://www.w3.org/ns/credentials/v2\"", "context-not-a-list", "/@context")]
    [InlineData("@context", "[]", "context-first", "/@context/0")]
    [InlineData("@context", """["https://www.w3.org/2018/credentials/v1"]""", "context-first", "/@context/0")]
    [InlineData("@context", """["https://www.w3.org/ns/credentials/v2", "https ://not-a-url"]""", "context-not-url", "/@context/1")]
    [InlineData("@context", """["https://www.w3.org/ns/credentials/v2", 123192875]""", "context-not-url", "/@context/1")]
    [InlineData("@context", """["https://www.w3.org/ns/credentials/v2", {"VerifiableCredential": "https://example.org/#Bad"}]""", "context-redefines", "/@context/1/VerifiableCredential")]
    [InlineData("@context", """["https://www.w3.org/ns/credentials/v2", {"@protected": true, "A": "https://a.example/#1"}, {"A": "https://a.example/#2"}]""", "context-redefines", "/@context/2/A")]
    [InlineData("@context", """["https://www.w3.org/ns/credentials/v2", {"Own": "https://a.example/#Own"}]""", null, null)]
    [InlineData("id", "\"https://a.example/1\"", null, null)]
    [InlineData("id", "\"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33\"", null, null)]
    [InlineData("id", "\"not-a-url\"", "id-not-url", "/id")]
    [InlineData("id", "null", "id-not-url", "/id")]
    [InlineData("id", """["https://a.example/1", "https://a.example/2"]""", "id-not-url", "/id")]
    [InlineData("type", null, "type-missing", "")]
    [InlineData("type", """["Credential"]""", "type-required", "/type")]
    [InlineData("type", """["VerifiableCredential", 7]""", "type-not-text", "/type")]
    [InlineData("type", """["VerifiableCredential", "NobodysWord"]""", "type-unknown", "/type")]
    [InlineData("type", """["VerifiableCredential", "https://a.example/#T"]""", null, null)]
    [InlineData("issuer", null, "issuer-missing", "")]
    [InlineData("issuer", "\"none\"", "issuer-not-url", "/issuer")]
    [InlineData("issuer", "null", "issuer-not-url", "/issuer")]
    [InlineData("issuer", """{"name": "Nobody"}""", "issuer-not-url", "/issuer")]
    [InlineData("issuer", """{"id": null}""", "issuer-not-url", "/issuer")]
    [InlineData("issuer", """{"id": "did:example:1", "name": {"@value": "Jobs", "@language": "en", "url": "https://x.example"}}""", "not-a-language-text", "/issuer/name")]
    [InlineData("issuer", """{"id": "did:example:1", "name": [{"@value": "Jobs", "@language": "en"}, {"@value": "Stellen", "@language": "de", "@direction": "ltr"}]}""", null, null)]
    [InlineData("name", "7", "not-a-language-text", "/name")]
    [InlineData("description", """{"@language": "en"}""", "not-a-language-text", "/description")]
    [InlineData("credentialSubject", null, "subject-missing", "")]
    [InlineData("credentialSubject", "{}", "subject-empty", "/credentialSubject")]
    [InlineData("credentialSubject", """[{"id": "did:example:1"}, {}]""", "subject-empty", "/credentialSubject/1")]
    [InlineData("credentialSubject", "[]", "empty", "/credentialSubject")]
    [InlineData("credentialSubject", "\"did:example:1\"", "not-an-object", "/credentialSubject")]
    [InlineData("credentialSubject", """{"id": ["did:example:1", "did:example:2"]}""", "id-not-url", "/credentialSubject/id")]
    [InlineData("validFrom", "\"2020-03-10T04:24:12.164Z\"", null, null)]
    [InlineData("validFrom", "\"2020-03-10T04:24:12-08:00\"", null, null)]
    [InlineData("validFrom", "\"Sat 25 Feb 2023 07:16:31 PM CST\"", "not-a-time", "/validFrom")]
    [InlineData("validFrom", "\"2023-02-30T00:00:00Z\"", "not-a-time", "/validFrom")]
    [InlineData("validFrom", "1676376000", "not-a-time", "/validFrom")]
    [InlineData("credentialStatus", """{"id": "https://a.example/s#1"}""", "type-missing", "/credentialStatus")]
    [InlineData("credentialStatus", """{"id": "not-a-url", "type": "https://a.example/#S"}""", "id-not-url", "/credentialStatus/id")]
    [InlineData("credentialStatus", """{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://a.example/s"}""", null, null)]
    [InlineData("credentialStatus", """{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": 7, "statusListCredential": "https://a.example/s"}""", "status-index", "/credentialStatus/statusListIndex")]
    [InlineData("credentialStatus", """{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "-7", "statusListCredential": "https://a.example/s"}""", "status-index", "/credentialStatus/statusListIndex")]
    [InlineData("credentialStatus", """{"type": "BitstringStatusListEntry", "statusListIndex": "7", "statusListCredential": "https://a.example/s"}""", "text-missing", "/credentialStatus")]
    [InlineData("credentialStatus", """{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "s"}""", "not-a-url", "/credentialStatus/statusListCredential")]
    [InlineData("credentialSchema", """{"id": "https://a.example/schema"}""", "type-missing", "/credentialSchema")]
    [InlineData("credentialSchema", """{"type": "JsonSchema"}""", "id-missing", "/credentialSchema")]
    [InlineData("credentialSchema", """[{"type": "JsonSchema", "id": 7}]""", "id-not-url", "/credentialSchema/0/id")]
    [InlineData("refreshService", """{"id": "https://a.example/r"}""", "type-missing", "/refreshService")]
    [InlineData("termsOfUse", """[{"type": "P"}, {}]""", "type-missing", "/termsOfUse/1")]
    [InlineData("evidence", """[{"type": ["E"]}, {"id": "https://a.example/e"}]""", "type-missing", "/evidence/1")]
    [InlineData("evidence", "\"seen\"", "not-an-object", "/evidence")]
    [InlineData("renderMethod", "{}", "type-missing", "/renderMethod")]
    [InlineData("proof", """{"proofValue": "z"}""", "type-missing", "/proof")]
    [InlineData("relatedResource", """[{"id": "https://a.example/r", "digestSRI": "sha256-A"}, {"id": "https://a.example/r", "digestSRI": "sha256-A"}]""", "resource-twice", "/relatedResource/1")]
    [InlineData("relatedResource", """{"id": "https://a.example/r"}""", "resource-without-hash", "/relatedResource")]
    [InlineData("relatedResource", """["https://a.example/r"]""", "not-an-object", "/relatedResource/0")]
    public void Each_fault_has_a_name_and_a_place(string member, string? value, string? code, string? place) => Check(Issuer.Plain(), member, value, code, place);

    [Theory]
    [InlineData("@context", """["https://www.w3.org/ns/credentials/v2", "https://a.example/other"]""", "badge-context", "/@context")]
    [InlineData("id", null, "id-missing", "")]
    [InlineData("validFrom", null, "badge-without-begin", "")]
    [InlineData("validUntil", "\"2001-01-01T00:00:00Z\"", "ends-before-it-begins", "/validUntil")]
    [InlineData("issuer", """{"id": "did:example:1"}""", "badge-type", "/issuer/type")]
    [InlineData("name", """{"@value": "A", "@language": "en"}""", "not-a-text", "/name")]
    [InlineData("credentialSubject", """[{"id": "did:example:1"}]""", "badge-subjects", "/credentialSubject")]
    [InlineData("credentialSubject", """{"type": "AchievementSubject", "achievement": {}}""", "badge-for-nobody", "/credentialSubject")]
    [InlineData("credentialSubject", """{"id": "did:example:1", "type": "AchievementSubject"}""", "badge-without-achievement", "/credentialSubject")]
    [InlineData("credentialSubject", """{"id": "did:example:1", "achievement": {}}""", "badge-type", "/credentialSubject/type")]
    [InlineData("credentialSubject", """{"id": "did:example:1", "type": "AchievementSubject", "achievement": {"type": "Achievement", "id": "urn:a:1", "name": "A", "description": "B"}}""", "badge-without-criteria", "/credentialSubject/achievement")]
    [InlineData("credentialSubject", """{"id": "did:example:1", "type": "AchievementSubject", "achievement": {"type": "Achievement", "id": "urn:a:1", "name": "A", "description": "B", "criteria": {}}}""", "badge-without-criteria", "/credentialSubject/achievement/criteria")]
    [InlineData("credentialSubject", """{"id": "did:example:1", "type": "AchievementSubject", "achievement": {"type": "Achievement", "id": "urn:a:1", "name": "A", "description": "B", "criteria": {"narrative": "C"}, "alignment": [{"type": "Alignment", "targetName": "T"}]}}""", "url-missing", "/credentialSubject/achievement/alignment/0")]
    [InlineData("credentialSubject", """{"type": "AchievementSubject", "identifier": [{"type": "IdentityObject", "hashed": "yes", "identityHash": "a", "identityType": "name"}], "achievement": {}}""", "not-a-yes-or-no", "/credentialSubject/identifier/0/hashed")]
    [InlineData("image", """{"type": "Image"}""", "id-missing", "/image")]
    [InlineData("evidence", """[{"type": "Witness"}]""", "badge-type", "/evidence/0/type")]
    public void A_badge_has_rules_of_its_own(string member, string? value, string code, string place) => Check(Issuer.Badge(), member, value, code, place);

    [Theory]
    [InlineData("2027-01-01T00:00:00", "2027-01-01T00:00:00Z")] // without an offset it is UTC
    [InlineData("2027-01-01T24:00:00Z", "2027-01-02T00:00:00Z")]
    [InlineData("2027-01-01T00:00:00.1234567890+02:00", "2026-12-31T22:00:00Z")]
    [InlineData("2027-01-01T00:00:00-14:00", "2027-01-01T14:00:00Z")]
    [InlineData("12027-01-01T00:00:00Z", "9999-12-31T23:59:59Z")]
    [InlineData("-0044-03-15T12:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T24:00:00Z", "9999-12-31T23:59:59Z")]
    public void Times_are_those_of_xml_schema(string text, string instant) => XmlTime.Write(XmlTime.Read(text).ShouldNotBeNull()).ShouldBe(instant);

    [Theory]
    [InlineData("2027-01-01")]
    [InlineData("2027-01-01 00:00:00Z")]
    [InlineData("2027-01-01T00:00:60Z")]
    [InlineData("2027-01-01T24:00:01Z")]
    [InlineData("2027-13-01T00:00:00Z")]
    [InlineData("2027-01-01T00:00:00+15:00")]
    [InlineData("2027-01-01T00:00:00z")]
    [InlineData("2027-01-01T00:00:00Z\n")]
    [InlineData("٢٠٢٧-01-01T00:00:00Z")]
    public void Other_texts_are_no_times(string text) => XmlTime.Read(text).ShouldBeNull();

    private static void Check(JsonObject document, string member, string? value, string? code, string? place)
    {
        document.Remove(member);
        if (value is not null) document[member] = JsonNode.Parse(value);
        var faults = CredentialRules.Faults(document.ToJsonString());
        if (code is null) faults.ShouldBeEmpty();
        else faults.ShouldContain(f => f.Code == code && f.Place == place, string.Join('\n', faults));
        faults.ShouldAllBe(f => f.Message.EndsWith('.') || f.Message.Contains("http", StringComparison.Ordinal));
    }
}
