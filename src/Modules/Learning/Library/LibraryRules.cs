using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Web;

namespace ClusterNet.Learning.Library;

/// <summary>What every item of a library keeps to, and how it says no.</summary>
internal static partial class LibraryRules
{
    public const int MaxTitle = 150, MaxText = 4_000, MaxTags = 10, MaxTag = 40, MaxSkills = 5, MaxNote = 300, MaxVersions = 100, MaxStars = 5;

    /// <summary>From so many on a mean says something of the item, and nothing of one of those who rated it.</summary>
    public const int FewestForMean = 5;

    public const long MostBytes = RecordFilesEndpoint.MostBytes;

    public static readonly Refusal Unknown = new(
        "library-item-unknown", "There is no such item for you. Look at a community's library with GET /api/v1/learning/communities/{id}/library.", 404);

    public static readonly Refusal VersionUnknown = new("library-version-unknown", "The item has no such version for you. Read its versions to see their numbers.", 404);

    public static readonly Refusal OtherKind = new(
        "library-kind-differs", "A new version is of the same kind: a link follows a link, a video a video, a document a document. Add what you have as an item of its own.", 422);

    public static readonly Refusal TooManyVersions = new("too-many-versions", $"An item has {MaxVersions} versions at most. Add it anew, with a link to this one in its description.", 422);

    public static readonly Refusal NotShown = new("library-item-not-shown", "This is not shown to everybody now, so nothing can be said of it. Wait until it is published.");

    public static readonly Refusal Own = new("own-library-item", "You have added this or a version of it, so others rate and flag it. Write a new version, or take it back.", 422);

    public static readonly Refusal NotYours = new(
        "not-your-library-item", "Only who added it, and alone made all its versions, takes it back. Flag it with a reason: a facilitator can hide it.", 403);

    public static readonly Refusal NotAuthor = new("not-the-author", "Only who made this version hands it in. Make a version of your own.", 403);

    public static readonly Refusal FileGone = new("file-unknown", "The item has no such file any more. Look at the item again.", 404);

    private const string PrivateText = "This address leads into a private network or to the reader's own machine, so others cannot open it. Use an address that works on the internet, or send the file.";

    private static readonly string[] PrivateEndings = [".localhost", ".localdomain", ".local", ".internal", ".lan", ".home", ".corp", ".home.arpa", ".intranet", ".private", ".test", ".invalid", ".onion"];

    /// <summary>A link that others can follow. Nothing is ever fetched from it here, so no server can be led anywhere by it; this keeps readers from being led into their own networks.</summary>
    public static Faults Link(this Faults faults, string member, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return faults.Add(member, "required", "An address such as https://example.org/course is needed here.");
        var before = faults.All.Count;
        return faults.Url(member, value).All.Count > before ? faults : faults.Check(!LeadsInside(new Uri(value)), member, "private-address", PrivateText);
    }

    /// <summary>Tags as they are kept and compared: in lower case, without # and doubled blanks, each once.</summary>
    public static ValueList<string> Tidy(IEnumerable<string>? tags) =>
        [.. (tags ?? []).Select(t => Blanks().Replace(t.Normalize(NormalizationForm.FormC), " ").Trim(' ', '#').ToLower(CultureInfo.InvariantCulture)).Where(t => t.Length > 0).Distinct()];

    /// <summary>Tags as a line of text holds them, separated by commas.</summary>
    public static IReadOnlyList<string> Split(string? typed) => [.. (typed ?? "").Split(',', ';', '\n').Where(t => !string.IsNullOrWhiteSpace(t))];

    internal static bool LeadsInside(Uri link)
    {
        if (HostOf(link) is not { } host) return true;
        if (IPAddress.TryParse(host, out var address)) return !IsPublic(address);
        return !host.Contains('.', StringComparison.Ordinal) || PrivateEndings.Any(e => host.EndsWith(e, StringComparison.Ordinal));
    }

    /// <summary>As it is looked up; null for a name that is none.</summary>
    private static string? HostOf(Uri link)
    {
        try
        {
            return link.IdnHost.TrimEnd('.').ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Addresses of no private network, of no machine itself, and of no special use (RFC 6890, RFC 4193, RFC 4291).</summary>
    private static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return false;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? address.GetAddressBytes() is not ([0 or 10 or 127, ..] or [100, >= 64 and <= 127, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..]
                or [192, 0, 0, ..] or [198, 18 or 19, ..] or [>= 224, ..])
            // Global unicast only, and none of it that stands for an address of the old kind.
            : address.GetAddressBytes() is [>= 0x20 and <= 0x3F, ..] bytes && bytes is not [0x20, 0x02, ..] && !address.IsIPv6Teredo;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

/// <summary>What is said about an item, as it is sent.</summary>
/// <param name="Text">Markdown, without HTML.</param>
internal sealed record Said(string Title, string? Text, IReadOnlyList<string>? Tags, IReadOnlyList<string>? SkillUris) : IValidated
{
    public void Validate(Faults faults) => Check(faults);

    public Faults Check(Faults faults) => faults
        .Text("title", Title, 1, LibraryRules.MaxTitle).OptionalText("text", Text, LibraryRules.MaxText)
        .Count("tags", Tags, 0, LibraryRules.MaxTags).Each("tags", (Tags ?? []).Select(t => new Item(t)), (item, f) => f.Text("", item.Text, 1, LibraryRules.MaxTag))
        .Count("skillUris", SkillUris, 0, LibraryRules.MaxSkills).Each("skillUris", (SkillUris ?? []).Select(s => new Item(s)), (item, f) => f.Text("", item.Text, 1, 500));

    /// <summary>As it is kept.</summary>
    public ItemWords By(Id<Access.Contracts.Person> person) => new(
        Title.Trim(), (Text ?? "").Trim().ReplaceLineEndings("\n"), LibraryRules.Tidy(Tags), [.. (SkillUris ?? []).Distinct()], person);

    private sealed record Item(string Text);
}
