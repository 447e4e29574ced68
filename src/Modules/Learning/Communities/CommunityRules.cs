using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Learning.Communities;

/// <summary>What every community keeps to, and how it says no.</summary>
internal static class CommunityRules
{
    public const int MaxName = 100, MaxObjective = 1_000, MaxTags = 10, MaxTag = 40, MaxSkills = 10, MaxGoals = 20, MaxGoal = 300, MaxReason = 500;

    public static readonly Refusal Unknown = new(
        "community-unknown", "There is no such community for you. Look at GET /api/v1/learning/communities.", 404);

    public static readonly Refusal NotMember = new("not-a-member", "Only members write here. Join the community first; it takes one step.", 403);

    public static readonly Refusal NotFacilitator = new(
        "not-a-facilitator", "Only the community's facilitators do this. Ask one of them; the community's page names them.", 403);

    public static readonly Refusal Closed = new("community-closed", "This community is closed: it can be read, and nothing is added. Found a new one to go on.");

    public static readonly Refusal NoPlace = new(
        "no-place-in-the-network", "Communities are for people who work in a firm or have a part in a cluster. Ask your firm's manager to add you.", 422);

    public static readonly Refusal NotYourCluster = new(
        "not-your-cluster", "You have no part in this cluster. Name one of yours, or leave it out for the whole network.", 422);

    public static readonly Refusal SponsorUnknown = new(
        "sponsor-unknown", "You cannot see this person, or the person cannot see the community. Choose somebody whom you find, or leave the sponsor out.", 422);

    public static readonly Refusal GoalUnknown = new("goal-unknown", "The community has no such goal. Read the community to see its goals.", 404);

    public static Faults Validate(
        Faults faults, string name, string objective, IReadOnlyList<string>? skillUris, IReadOnlyList<string>? tags) => faults
        .Text("name", name, 1, MaxName).Text("objective", objective, 1, MaxObjective)
        .Count("skillUris", skillUris, 0, MaxSkills).Each("skillUris", (skillUris ?? []).Select(s => new Item(s)), (item, f) => f.Text("", item.Text, 1, 500))
        .Count("tags", tags, 0, MaxTags).Each("tags", (tags ?? []).Select(t => new Item(t)), (item, f) => f.Text("", item.Text, 1, MaxTag));

    /// <summary>Blanks around tags, empty ones and repetitions are nobody's meaning.</summary>
    public static ValueList<string> Tidy(IEnumerable<string>? tags) =>
        [.. (tags ?? []).Select(t => t.Trim().TrimStart('#')).Where(t => t.Length > 0).DistinctBy(t => t.ToLowerInvariant())];

    private sealed record Item(string Text);
}
