using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>What a reader of a valid credential might take for checked, and we did not look at.</summary>
internal static class NotLookedAt
{
    private static readonly (string Member, string Code, string Message)[] Members =
    [
        ("credentialSchema", "schema-not-checked", "Whether it follows the schema that it names."),
        ("evidence", "evidence-not-checked", "Whether its evidence is there and shows what it is said to show."),
        ("relatedResource", "resources-not-checked", "Whether the documents that it links are unchanged."),
        ("termsOfUse", "terms-not-checked", "Whether this use of it is one that its terms allow."),
        ("refreshService", "refresh-not-checked", "Whether its issuer has a newer version of it."),
        ("endorsement", "endorsements-not-checked", "Whether others' endorsements within it are theirs."),
        ("endorsementJwt", "endorsements-not-checked", "Whether others' endorsements within it are theirs."),
    ];

    public static IEnumerable<Check> In(JsonElement credential)
    {
        foreach (var (member, code, message) in Members)
        {
            if (credential.Member(member) is not null) yield return Check.Open(CheckTopic.Other, code, message);
        }

        yield return Check.Open(CheckTopic.Other, "bearer-not-checked", "Whether the one who shows it is the one it is about.");
        yield return Check.Open(CheckTopic.Other, "issuer-standing-not-checked", "Whether its issuer may be believed.");
    }
}
