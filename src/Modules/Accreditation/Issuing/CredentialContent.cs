using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>Who the holder is, as far as a credential says it.</summary>
/// <param name="Email">Only its hash goes into the credential: who knows the address can compare it, nobody can read it.</param>
/// <param name="Name">null where the holder does not show it.</param>
internal sealed record HolderIdentity(string? Email, string? Salt, string? Name);

/// <summary>What the evidence came to, without saying what is in it or whose testimony it was.</summary>
internal sealed record EvidenceSummary(int Records, int Kinds, int Minutes, int Confirmed, int ByOtherFirms)
{
    public static EvidenceSummary Of(Dossier dossier) => new(
        dossier.Evidence.Count, dossier.Evidence.DistinctBy(e => e.Kind).Count(), dossier.Evidence.Sum(e => e.Minutes),
        dossier.Evidence.Count(e => e.IsConfirmed(dossier.Candidate)), dossier.Evidence.Count(e => e.IsConfirmedElsewhere(dossier.Candidate)));
}

/// <summary>
/// What a signed credential says: an AchievementCredential (Open Badges 3.0, section 8.1) on the W3C Verifiable Credentials Data Model 2.0. All
/// signed forms have this one content.
/// </summary>
internal static class CredentialContent
{
    private const string BadgeContext = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    private const string Schema = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    public static string Of(CredentialRow row, DateTimeOffset issuedAt, StatusPlace place, StandardTerms terms, EvidenceSummary evidence, HolderIdentity holder, IssuerAddress address) => new JsonObject
    {
        ["@context"] = new JsonArray(CredentialRules.BaseContext, BadgeContext),
        ["id"] = address.Credential(row),
        ["type"] = Types("VerifiableCredential", "OpenBadgeCredential"),
        ["name"] = row.Title,
        ["issuer"] = new JsonObject { ["id"] = address.Did, ["type"] = Types("Profile"), ["name"] = row.IssuingBody, ["url"] = address.Home },
        ["validFrom"] = Instant(issuedAt),
        ["validUntil"] = Instant(new(row.ValidUntil.ToDateTime(new(23, 59, 59)), TimeSpan.Zero)),
        ["credentialSubject"] = Subject(row, terms, holder, address),
        ["credentialStatus"] = new JsonArray([.. Enum.GetValues<StatusPurpose>().Select(p => Status(p, place, address))]),
        ["credentialSchema"] = new JsonArray(new JsonObject { ["id"] = Schema, ["type"] = "1EdTechJsonSchemaValidator2019" }),
        ["evidence"] = new JsonArray(Evidence(evidence)),
    }.ToJsonString();

    /// <summary>A hash by which whoever knows the address recognises it (Open Badges 3.0, section 4.4, IdentityObject).</summary>
    internal static string IdentityHash(string email, string salt) =>
        $"sha256${Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email + salt)))}";

    private static JsonObject Subject(CredentialRow row, StandardTerms terms, HolderIdentity holder, IssuerAddress address)
    {
        // A name of its own for each credential: two of one holder cannot be laid side by side by it.
        var subject = new JsonObject { ["id"] = $"urn:uuid:{NamedGuid.Of("credential-subject", row.Id.ToString())}", ["type"] = Types("AchievementSubject") };
        var identities = new JsonArray();
        if (holder is { Email: { } email, Salt: { } salt })
            identities.Add(new JsonObject { ["type"] = "IdentityObject", ["hashed"] = true, ["identityHash"] = IdentityHash(email, salt), ["identityType"] = "emailAddress", ["salt"] = salt });
        if (holder.Name is { } name)
            identities.Add(new JsonObject { ["type"] = "IdentityObject", ["hashed"] = false, ["identityHash"] = name, ["identityType"] = "name" });
        if (identities.Count > 0) subject["identifier"] = identities;
        subject["achievement"] = Achievement(row, terms, address);
        return subject;
    }

    private static JsonObject Achievement(CredentialRow row, StandardTerms terms, IssuerAddress address) => new()
    {
        ["id"] = address.Standard(row),
        ["type"] = Types("Achievement"),
        ["achievementType"] = "Certification",
        ["name"] = row.Title,
        ["version"] = row.StandardVersion.ToString(CultureInfo.InvariantCulture),
        ["description"] = string.Join("\n", terms.Outcomes.Select(o => o.Text)),
        ["criteria"] = new JsonObject { ["narrative"] = string.Join("\n", terms.Criteria.Select(c => $"{c.Code}: {c.Text}")) },
        ["image"] = new JsonObject { ["id"] = address.Badge, ["type"] = "Image" },
        ["alignment"] = new JsonArray(
            new JsonObject
            {
                ["type"] = Types("Alignment"),
                ["targetName"] = row.Title,
                ["targetUrl"] = row.Skill,
                ["targetFramework"] = "ESCO",
                ["targetType"] = "ceasn:Competency",
            },
            new JsonObject
            {
                ["type"] = Types("Alignment"),
                ["targetName"] = string.Create(CultureInfo.InvariantCulture, $"EQF level {row.EqfLevel}"),
                ["targetUrl"] = Eqf.Uri(row.EqfLevel),
                ["targetFramework"] = "European Qualifications Framework",
                ["targetType"] = "ext:EQFLevel",
            }),
    };

    private static JsonObject Status(StatusPurpose purpose, StatusPlace place, IssuerAddress address)
    {
        var (list, index) = (address.StatusList(purpose, place.List), place.Index.ToString(CultureInfo.InvariantCulture));
        return new()
        {
            ["id"] = $"{list}#{index}",
            ["type"] = "BitstringStatusListEntry",
            ["statusPurpose"] = WireNames.Of(purpose),
            ["statusListIndex"] = index,
            ["statusListCredential"] = list,
        };
    }

    private static JsonObject Evidence(EvidenceSummary e) => new()
    {
        ["type"] = Types("Evidence"),
        ["name"] = "Informal learning at work",
        ["narrative"] = string.Create(
            CultureInfo.InvariantCulture,
            $"Learning records: {e.Records}, of {e.Kinds} kinds, {e.Minutes / 60} h {e.Minutes % 60} min in all. Confirmed by others: {e.Confirmed}, of them by people of other firms: {e.ByOtherFirms}. The records stay with the holder."),
        ["genre"] = "informal learning",
    };

    private static JsonArray Types(params string[] types) => new([.. types.Select(t => JsonValue.Create(t))]);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
