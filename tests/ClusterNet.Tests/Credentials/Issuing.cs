using System.Text.Json.Nodes;
using ClusterNet.Credentials;

namespace ClusterNet.Tests.Credentials;

/// <summary>Somebody who issues credentials under a did:key, and documents to issue.</summary>
internal sealed class Issuing
{
    public static readonly DateTimeOffset Now = new(2027, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public CredentialKey Key { get; } = CredentialKey.Make();

    public string Did => Key.Public.DidKey;

    public string Method => Key.Public.DidKeyMethod;

    public ProofTerms Terms => new(Method, Now.AddDays(-1));

    /// <summary>A badge with everything that ours have.</summary>
    public JsonObject Badge() => Node($$"""
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
          "id": "https://cluster.example/credentials/0197c1f2",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "name": "Schweißen, MAG 135",
          "issuer": { "id": "{{Did}}", "type": ["Profile"], "name": "Prüfstelle \"Süd\"" },
          "validFrom": "2027-05-01T10:00:00Z",
          "validUntil": "2030-05-01T10:00:00Z",
          "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{ "type": "IdentityObject", "hashed": true, "identityHash": "sha256$7b1e", "identityType": "name", "salt": "4f2a" }],
            "achievement": {
              "id": "https://cluster.example/standards/mag-135/3",
              "type": ["Achievement"],
              "name": "MAG 135",
              "description": "Welds fillet seams in every position.",
              "criteria": { "narrative": "Three pieces by ISO 9606-1." },
              "alignment": [{ "type": ["Alignment"], "targetName": "weld metal", "targetUrl": "http://data.europa.eu/esco/skill/1", "targetType": "ext:ESCO" }]
            }
          },
          "evidence": [{ "type": ["Evidence"], "name": "Three test pieces" }]
        }
        """);

    /// <summary>The least that is a credential.</summary>
    public JsonObject Plain() => Node($$"""
        {
          "@context": ["https://www.w3.org/ns/credentials/v2"],
          "type": ["VerifiableCredential"],
          "issuer": "{{Did}}",
          "credentialSubject": { "id": "did:example:anna" }
        }
        """);

    public JsonObject Presentation(params JsonNode[] credentials)
    {
        var presentation = Node($$"""{ "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"], "holder": "{{Did}}" }""");
        presentation["verifiableCredential"] = new JsonArray(credentials);
        return presentation;
    }

    public string Signed(JsonObject document) => EcdsaJcs2019.Sign(document.ToJsonString(), Terms, Key);

    public static JsonObject Node(string json) => JsonNode.Parse(json)?.AsObject() ?? throw new InvalidOperationException("No object.");
}

/// <summary>The servers of others: what stands at an address, and which do not answer.</summary>
internal sealed class Web : IDidDocuments, IStatusLists
{
    public Dictionary<string, string> Pages { get; } = [];

    public HashSet<string> Down { get; } = [];

    public List<string> Asked { get; } = [];

    public Task<Fetched> Document(Uri url, CancellationToken ct) => Task.FromResult(Page(url));

    public Task<Fetched> List(Uri url, CancellationToken ct) => Task.FromResult(Page(url));

    public CredentialVerifier Verifier(DateTimeOffset? now = null) => new(this, this, new StoppedClock(now ?? Issuing.Now));

    public Task<Verification> Verify(string text, DateTimeOffset? now = null) => Verifier(now).Verify(text, TestContext.Current.CancellationToken);

    private Fetched Page(Uri url)
    {
        Asked.Add(url.AbsoluteUri);
        if (Down.Contains(url.AbsoluteUri)) throw new HttpRequestException("No route to host.");
        return Pages.TryGetValue(url.AbsoluteUri, out var page) ? new Fetched.Text(page) : new Fetched.Absent();
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

internal static class Found
{
    /// <summary>What was found on a topic, as "outcome code".</summary>
    public static string On(this Verification verification, CheckTopic topic) =>
        string.Join(", ", verification.Checks.Where(c => c.Topic == topic).Select(c => $"{c.Outcome} {c.Code}"));

    public static string Everything(this Verification verification) => string.Join('\n', verification.Checks);
}
