using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Wiki;

internal abstract record WikiEvent;

/// <param name="Text">Markdown.</param>
[StoredAs("wiki_page_written")]
internal sealed record WikiPageWritten(
    Id<Community> Community, WikiKind Kind, [PersonalData(nameof(WikiPageWritten.Author), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(WikiPageWritten.Author), KeyClass.FreeText)] Personal<string> Text, Id<Person> Author, PostStatus Status, DateTimeOffset At) : WikiEvent;

/// <summary>The whole page as somebody left it; every version before it stays readable.</summary>
/// <param name="Note">What was changed, in the author's words; may be empty.</param>
[StoredAs("wiki_page_revised")]
internal sealed record WikiPageRevised(
    [PersonalData(nameof(WikiPageRevised.Author), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(WikiPageRevised.Author), KeyClass.FreeText)] Personal<string> Text,
    [PersonalData(nameof(WikiPageRevised.Author), KeyClass.FreeText)] Personal<string> Note, Id<Person> Author, PostStatus Status, DateTimeOffset At) : WikiEvent;

/// <param name="Number">The version that a facilitator has let through, from 1.</param>
[StoredAs("wiki_page_published")]
internal sealed record WikiPagePublished(int Number, Id<Person> By, DateTimeOffset At) : WikiEvent;

[StoredAs("wiki_page_flagged")]
internal sealed record WikiPageFlagged([PersonalData(nameof(WikiPageFlagged.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : WikiEvent;

[StoredAs("wiki_page_moderated")]
internal sealed record WikiPageModerated(
    Moderation Step, [PersonalData(nameof(WikiPageModerated.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : WikiEvent;

/// <summary>What a page is.</summary>
[JsonConverter(typeof(WireNameConverter<WikiKind>))]
internal enum WikiKind
{
    [JsonStringEnumMemberName("page")]
    Page,

    /// <summary>A question that comes up often, with its answer.</summary>
    [JsonStringEnumMemberName("faq")]
    Faq,
}
