using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Records;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Library;

internal abstract record LibraryEvent;

/// <param name="Text">Markdown; may be empty.</param>
/// <param name="Tags">Words of the community, in lower case: they stand by themselves and belong to nobody.</param>
/// <param name="Address">Of the file in the vault; null for a link.</param>
[StoredAs("library_item_added")]
internal sealed record LibraryItemAdded(
    Id<Community> Community, LibraryKind Kind, [PersonalData(nameof(LibraryItemAdded.By), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(LibraryItemAdded.By), KeyClass.FreeText)] Personal<string> Text, ValueList<string> Tags, ValueList<string> SkillUris,
    [property: VaultAddress] string? Address,
    [PersonalData(nameof(LibraryItemAdded.By), KeyClass.FreeText)] Personal<ItemContent> Content, Id<Person> By, PostStatus Status, DateTimeOffset At) : LibraryEvent;

/// <summary>A new version with other words and the same content.</summary>
[StoredAs("library_item_revised")]
internal sealed record LibraryItemRevised(
    [PersonalData(nameof(LibraryItemRevised.By), KeyClass.FreeText)] Personal<string> Title, [PersonalData(nameof(LibraryItemRevised.By), KeyClass.FreeText)] Personal<string> Text,
    ValueList<string> Tags, ValueList<string> SkillUris, [PersonalData(nameof(LibraryItemRevised.By), KeyClass.FreeText)] Personal<string> Note, Id<Person> By, PostStatus Status,
    DateTimeOffset At) : LibraryEvent;

/// <summary>A new version with another file or link under the same words.</summary>
/// <param name="Note">Why there is a new one.</param>
[StoredAs("library_item_renewed")]
internal sealed record LibraryItemRenewed(
    [property: VaultAddress] string? Address, [PersonalData(nameof(LibraryItemRenewed.By), KeyClass.FreeText)] Personal<ItemContent> Content,
    [PersonalData(nameof(LibraryItemRenewed.By), KeyClass.FreeText)] Personal<string> Note, Id<Person> By, PostStatus Status, DateTimeOffset At) : LibraryEvent;

/// <summary>An author has handed a version in, or a facilitator has let it through.</summary>
[StoredAs("library_item_published")]
internal sealed record LibraryItemPublished(int Number, PostStatus Status, Id<Person> By, DateTimeOffset At) : LibraryEvent;

[StoredAs("library_item_flagged")]
internal sealed record LibraryItemFlagged([PersonalData(nameof(LibraryItemFlagged.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : LibraryEvent;

[StoredAs("library_item_moderated")]
internal sealed record LibraryItemModerated(
    Moderation Step, [PersonalData(nameof(LibraryItemModerated.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : LibraryEvent;

/// <summary>A facilitator puts words of a version right; what stood there stays in the history.</summary>
[StoredAs("library_item_corrected")]
internal sealed record LibraryItemCorrected(
    int Number, [PersonalData(nameof(LibraryItemCorrected.By), KeyClass.FreeText)] Personal<string> Title,
    [PersonalData(nameof(LibraryItemCorrected.By), KeyClass.FreeText)] Personal<string> Text, ValueList<string> Tags,
    [PersonalData(nameof(LibraryItemCorrected.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : LibraryEvent;

[StoredAs("library_item_withdrawn")]
internal sealed record LibraryItemWithdrawn(Id<Person> By, DateTimeOffset At) : LibraryEvent;

/// <summary>What is behind an item: one of the two.</summary>
/// <param name="Link">Absolute, http or https.</param>
internal sealed record ItemContent(string? Link, FileFacts? File);

/// <summary>What an item is: told by what was sent, and the same for all its versions.</summary>
[JsonConverter(typeof(WireNameConverter<LibraryKind>))]
internal enum LibraryKind
{
    [JsonStringEnumMemberName("file")]
    File,

    [JsonStringEnumMemberName("link")]
    Link,

    [JsonStringEnumMemberName("video")]
    Video,
}
