using ClusterNet.EventStore;
using ClusterNet.Skills.Levels;
using ClusterNet.Skills.Scale;
using ClusterNet.Web;

namespace ClusterNet.Skills.Profiles;

/// <summary>What every profile keeps to.</summary>
internal static class ProfileRules
{
    /// <summary>Each rater answers every skill: more would not be answered on a phone.</summary>
    public const int MaxSkills = 40;

    public const int MaxTitle = 120;

    public const int MaxUri = 500;

    public static readonly Refusal Unknown = new("profile-unknown", "There is no such role profile. List those you can see with GET /api/v1/skills/profiles.", 404);

    public static readonly Refusal NotYours = new(
        "profile-not-yours", "This profile belongs to another firm or to the cluster. Copy it to your firm, then adapt the copy.", 403);

    public static readonly Refusal Retired = new("profile-retired", "This profile is retired. Take another one, or draw up a new one.");

    public sealed record SkillBody(string SkillUri, int Level);

    public static void Validate(Faults faults, string? title, IReadOnlyList<SkillBody>? skills)
    {
        faults.Text("title", title, 1, MaxTitle).Count("skills", skills, 1, MaxSkills);
        faults.Each("skills", skills, (s, f) => f.Text("skillUri", s.SkillUri, 1, MaxUri).Whole("level", s.Level, SkillScale.Lowest, SkillScale.Highest));
        var doubled = (skills ?? []).GroupBy(s => s.SkillUri).FirstOrDefault(g => g.Count() > 1);
        faults.Check(doubled is null, "skills", "doubled-skill", $"Each skill stands once; this one stands more often: {doubled?.Key}");
    }

    public static ValueList<RequiredSkill> Of(IEnumerable<SkillBody> skills) => [.. skills.Select(s => new RequiredSkill(s.SkillUri, s.Level))];
}
