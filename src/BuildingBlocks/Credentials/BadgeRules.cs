using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>What Open Badges 3.0 asks of an AchievementCredential beyond the data model (section B.1 and the classes it names).</summary>
internal static class BadgeRules
{
    public static bool AreFor(JsonElement credential) => credential.HasType("AchievementCredential") || credential.HasType("OpenBadgeCredential");

    public static void Check(Faults faults, JsonElement badge)
    {
        if (!badge.Items("@context").Skip(1).Any(Contexts.IsBadges)) faults.Add("badge-context", "/@context", "A badge has a context of Open Badges 3.0 after the first one.");
        faults.Id(badge, "", required: true);
        faults.Text(badge, "name", "", required: false);
        if (badge.Member("validFrom") is null) faults.Add("badge-without-begin", "", "A badge says from when on it is valid: validFrom is missing.");
        if (badge.Member("issuer") is { ValueKind: JsonValueKind.Object } issuer && !issuer.HasType("Profile")) faults.Add("badge-type", "/issuer/type", "A badge's issuer is a Profile.");
        if (badge.Member("credentialSubject") is { ValueKind: JsonValueKind.Array }) faults.Add("badge-subjects", "/credentialSubject", "A badge has one subject.");
        else if (badge.Member("credentialSubject") is { ValueKind: JsonValueKind.Object } subject) Subject(faults, subject, "/credentialSubject");
        Image(faults, badge, "");
        foreach (var (evidence, at) in faults.Objects(badge, "evidence", "")) Typed(faults, evidence, at, "Evidence");
    }

    private static void Subject(Faults faults, JsonElement subject, string at)
    {
        Typed(faults, subject, at, "AchievementSubject");
        var identities = faults.Objects(subject, "identifier", at).ToList();
        if (subject.Member("id") is null && identities.Count == 0) faults.Add("badge-for-nobody", at, "A badge names its holder by an id or an identifier.");
        foreach (var (identity, place) in identities) Identity(faults, identity, place);
        if (subject.Member("achievement") is { ValueKind: JsonValueKind.Object } achievement) Achievement(faults, achievement, $"{at}/achievement");
        else faults.Add("badge-without-achievement", at, "A badge says for which achievement it is.");
    }

    private static void Identity(Faults faults, JsonElement identity, string at)
    {
        Typed(faults, identity, at, "IdentityObject");
        if (identity.Member("hashed") is not { ValueKind: JsonValueKind.True or JsonValueKind.False }) faults.Add("not-a-yes-or-no", $"{at}/hashed", "Whether the identity is hashed is true or false.");
        foreach (var name in new[] { "identityHash", "identityType" }) faults.Text(identity, name, at);
        faults.Text(identity, "salt", at, required: false);
    }

    private static void Achievement(Faults faults, JsonElement achievement, string at)
    {
        Typed(faults, achievement, at, "Achievement");
        faults.Id(achievement, at, required: true);
        foreach (var name in new[] { "name", "description" }) faults.Text(achievement, name, at);
        if (achievement.Member("criteria") is not { ValueKind: JsonValueKind.Object } criteria) faults.Add("badge-without-criteria", at, "An achievement says what one had to do for it: criteria is missing.");
        else
        {
            faults.Id(criteria, $"{at}/criteria");
            faults.Text(criteria, "narrative", $"{at}/criteria", required: false);
            if (criteria.Member("id") is null && criteria.Member("narrative") is null) faults.Add("badge-without-criteria", $"{at}/criteria", "Criteria are told in a narrative or linked by an id.");
        }

        Image(faults, achievement, at);
        foreach (var (alignment, place) in faults.Objects(achievement, "alignment", at))
        {
            Typed(faults, alignment, place, "Alignment");
            faults.Text(alignment, "targetName", place);
            faults.Url(alignment, "targetUrl", place);
        }
    }

    private static void Image(Faults faults, JsonElement of, string at)
    {
        foreach (var (image, place) in faults.Objects(of, "image", at))
        {
            Typed(faults, image, place, "Image");
            faults.Id(image, place, required: true);
        }
    }

    private static void Typed(Faults faults, JsonElement of, string at, string type)
    {
        faults.Id(of, at);
        if (!of.HasType(type)) faults.Add("badge-type", $"{at}/type", $"One of the types here has to be {type}.");
    }
}
