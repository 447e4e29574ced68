using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Learning.Discussions;

/// <summary>What everything that is written in communities keeps to, and how it says no.</summary>
internal static class DiscussionRules
{
    public const int MaxTitle = 150, MaxText = 10_000, MaxMentions = 20, MaxSkills = 5, MaxPosts = 2_000, MaxReason = 500, MaxAsked = 5;

    public static readonly Refusal Unknown = new(
        "discussion-unknown", "There is no such discussion for you. Look at the discussions of a community with GET /api/v1/learning/communities/{id}/discussions.", 404);

    public static readonly Refusal PostUnknown = new("post-unknown", "The discussion has no such post for you. Read the discussion to see what was written.", 404);

    public static readonly Refusal NotAuthor = new("not-the-author", "Only who wrote it does this. A facilitator can hide or correct what is wrong: flag it with a reason.", 403);

    public static readonly Refusal Withdrawn = new("post-withdrawn", "Its author has withdrawn this. Write it anew if it is needed.");

    public static readonly Refusal NotShown = new("post-not-shown", "This is not shown to everybody now, so nothing can be said of it. Wait until it is published.");

    public static Faults Validate(Faults faults, string text, string? title, bool titled) =>
        (titled ? faults.Text("title", title, 1, MaxTitle) : faults).Text("text", text, 1, MaxText);

    /// <summary>Where something new stands: with its author, with a facilitator, or before everybody.</summary>
    public static PostStatus StatusOf(bool draft, Communities.SeenCommunity community) => draft ? PostStatus.Draft
        : community.Row.Reviewed && !community.Facilitates ? PostStatus.InReview : PostStatus.Shown;
}
