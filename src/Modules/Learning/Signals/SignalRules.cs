using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;

namespace ClusterNet.Learning.Signals;

/// <summary>What every signal keeps to, and how it says no.</summary>
internal static class SignalRules
{
    public const int MaxWhat = 500, MaxSoWhat = 1_000, MaxReason = 500, MaxLearnt = 2_000, MaxTags = 6, MaxChanges = 10;

    public static readonly Refusal Unknown = new("signal-unknown", "There is no such signal for you. Look at GET /api/v1/learning/signals.", 404);

    public static readonly Refusal NotAuthor = new("not-your-signal", "Only who shared it changes a signal. Add what it means for your firm instead.", 403);

    public static readonly Refusal Withdrawn = new("signal-withdrawn", "Its author has withdrawn this signal. Share a new one if it still matters.");

    public static readonly Refusal Hidden = new("signal-hidden", "A coordinator has hidden this signal. Who shared it corrects what is wrong; then a coordinator can show it again.");

    public static readonly Refusal OwnView = new("own-signal", "What it means for your firm stands in the signal itself: correct it there.", 422);

    public static readonly Refusal OwnMark = new("own-signal-mark", "Others say whether a signal helped. Mark what helped you.", 422);

    public static readonly Refusal TooOften = new("mark-changed-often", "You have changed this mark often enough; it stays as it is.");

    public static readonly Refusal Narrower = new(
        "signal-narrower", "The community has readers to whom this signal is not shown. Its author can show it to more people; or choose a community of the cluster.", 422);

    public static Faults Validate(Faults faults, string what, string? link, string? soWhat, IReadOnlyList<SignalTag>? tags, Visibility visibility) => faults
        .Text("what", what, 1, MaxWhat).OptionalText("soWhat", soWhat, MaxSoWhat).Url("link", string.IsNullOrWhiteSpace(link) ? null : link.Trim())
        .Count("tags", tags, 1, MaxTags)
        .Check(visibility != Visibility.Private, "visibility", "signal-private", "A signal is shown to the firm at least. What is for you alone is a learning record.");

    public static Noticed Said(string what, string? link, string? soWhat, IReadOnlyList<SignalTag>? tags, Visibility visibility) => new(
        what.Trim(), (link ?? "").Trim(), (soWhat ?? "").Trim(), [.. (tags ?? []).Distinct().Order().Select(WireNames.Of)], visibility);
}
