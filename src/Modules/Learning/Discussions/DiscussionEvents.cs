using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Discussions;

internal abstract record DiscussionEvent;

/// <param name="Post">What was written first has an id as all that follows.</param>
/// <param name="Question">It asks for an answer, of which one can be accepted.</param>
/// <param name="Text">Markdown; people are named by ids, so that an erased person's name stands nowhere.</param>
/// <param name="Firm">Where the author worked then; null for who works in no firm.</param>
[StoredAs("discussion_opened")]
internal sealed record DiscussionOpened(
    Id<Community> Community, Guid Post, bool Question, [PersonalData(nameof(DiscussionOpened.Author), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(DiscussionOpened.Author), KeyClass.FreeText)] Personal<string> Text, ValueList<string> SkillUris, ValueList<Id<Person>> Mentions,
    Id<Person> Author, Id<Firm>? Firm, PostStatus Status, DateTimeOffset At) : DiscussionEvent;

[StoredAs("discussion_answered")]
internal sealed record DiscussionAnswered(
    Guid Post, [PersonalData(nameof(DiscussionAnswered.Author), KeyClass.FreeText)] Personal<string> Text, ValueList<Id<Person>> Mentions, Id<Person> Author, Id<Firm>? Firm,
    PostStatus Status, DateTimeOffset At) : DiscussionEvent;

/// <summary>What the author says instead; what was said before stays in the history.</summary>
/// <param name="Title">Empty for an answer.</param>
[StoredAs("discussion_post_edited")]
internal sealed record DiscussionPostEdited(
    Guid Post, [PersonalData(nameof(DiscussionPostEdited.Author), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(DiscussionPostEdited.Author), KeyClass.FreeText)] Personal<string> Text, ValueList<Id<Person>> Mentions, Id<Person> Author, PostStatus Status,
    DateTimeOffset At) : DiscussionEvent;

[StoredAs("discussion_post_withdrawn")]
internal sealed record DiscussionPostWithdrawn(Guid Post, Id<Person> Author, DateTimeOffset At) : DiscussionEvent;

/// <summary>A draft is handed in, or a facilitator has read it.</summary>
[StoredAs("discussion_post_published")]
internal sealed record DiscussionPostPublished(Guid Post, PostStatus Status, Id<Person> By, DateTimeOffset At) : DiscussionEvent;

/// <param name="Post">Null when no answer is accepted any more.</param>
[StoredAs("discussion_answer_accepted")]
internal sealed record DiscussionAnswerAccepted(Guid? Post, Id<Person> By, DateTimeOffset At) : DiscussionEvent;

/// <summary>The asker asks somebody for help.</summary>
[StoredAs("discussion_help_asked")]
internal sealed record DiscussionHelpAsked(Id<Person> Person, Id<Person> By, DateTimeOffset At) : DiscussionEvent;

/// <summary>Somebody finds that a post should be looked at.</summary>
[StoredAs("discussion_post_flagged")]
internal sealed record DiscussionPostFlagged(
    Guid Post, [PersonalData(nameof(DiscussionPostFlagged.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : DiscussionEvent;

/// <summary>A facilitator hides a post, shows it again, sends it back to its author, or finds nothing wrong with it.</summary>
[StoredAs("discussion_post_moderated")]
internal sealed record DiscussionPostModerated(
    Guid Post, Moderation Step, [PersonalData(nameof(DiscussionPostModerated.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At)
    : DiscussionEvent;

/// <summary>A facilitator puts something in a post right; what the author said stays in the history.</summary>
[StoredAs("discussion_post_corrected")]
internal sealed record DiscussionPostCorrected(
    Guid Post, [PersonalData(nameof(DiscussionPostCorrected.By), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(DiscussionPostCorrected.By), KeyClass.FreeText)] Personal<string> Text, ValueList<Id<Person>> Mentions,
    [PersonalData(nameof(DiscussionPostCorrected.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : DiscussionEvent;

/// <summary>Who can read something that was written.</summary>
[JsonConverter(typeof(WireNameConverter<PostStatus>))]
internal enum PostStatus
{
    /// <summary>Its author.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>Its author and the facilitators, until one of them has read it.</summary>
    [JsonStringEnumMemberName("in-review")]
    InReview,

    /// <summary>Everybody who sees the community.</summary>
    [JsonStringEnumMemberName("shown")]
    Shown,

    /// <summary>A facilitator has hidden it: its author and the facilitators.</summary>
    [JsonStringEnumMemberName("hidden")]
    Hidden,

    /// <summary>Its author has taken it back: nobody.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>What a facilitator does about something that was written.</summary>
[JsonConverter(typeof(WireNameConverter<Moderation>))]
internal enum Moderation
{
    [JsonStringEnumMemberName("hide")]
    Hide,

    [JsonStringEnumMemberName("restore")]
    Restore,

    /// <summary>Back to the author, as a draft.</summary>
    [JsonStringEnumMemberName("return")]
    Return,

    /// <summary>Flags were looked at, and nothing is wrong.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,
}
