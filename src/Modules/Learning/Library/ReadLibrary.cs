using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Records;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Library;

internal static class ReadLibraryEndpoint
{
    private const string Who = "everybody who may see the community; drafts their author, what waits or is hidden its author and the facilitators";

    private const int MostTags = 100;

    private static readonly Refusal KindUnknown = new("library-kind-unknown", "The parameter 'kind' is file, link or video; leave it out for all.", 400);

    private static readonly Refusal SortUnknown = new("library-sort-unknown", "The parameter 'sort' is newest, rating or used.", 400);

    /// <param name="Waits">For facilitators: a version waits.</param>
    /// <param name="Versions">How many versions everybody sees.</param>
    internal sealed record Summary(
        Id<LibraryItem> Id, LibraryKind Kind, Personal<string> Title, IReadOnlyList<string> Tags, IReadOnlyList<string> SkillUris, Id<Person> AddedBy, PostStatus Status, bool Waits,
        int Versions, Figures Figures, DateTimeOffset ChangedAt);

    /// <param name="Mine">What the caller has said.</param>
    internal sealed record ItemAnswer(
        Id<LibraryItem> Id, Id<Community> Community, LibraryKind Kind, Id<Person> AddedBy, bool Hidden, VersionAnswer Shown, Figures Figures, OwnOpinion Mine, long Version);

    /// <param name="Number">From 1.</param>
    /// <param name="Link">Null for a file, and where its author's words are erased.</param>
    /// <param name="File">Null for a link, and where the file is erased.</param>
    /// <param name="Note">Why there is this version.</param>
    /// <param name="Before">What stood there before a facilitator corrected it: for its author and the facilitators.</param>
    internal sealed record VersionAnswer(
        int Number, Personal<string> Title, Personal<string> Text, IReadOnlyList<string> Tags, IReadOnlyList<string> SkillUris, string? Link, FileAnswer? File, Personal<string> Note,
        Id<Person> By, PostStatus Status, DateTimeOffset At, IReadOnlyList<CorrectionAnswer> Before);

    /// <param name="Length">In bytes.</param>
    internal sealed record FileAnswer(string Name, string MediaType, long Length, string Address, string Href);

    internal sealed record CorrectionAnswer(Personal<string> Title, Personal<string> Text, Personal<string> Reason, Id<Person> By, DateTimeOffset At);

    internal static void MapReadLibrary(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/communities/{id}/library", List)
            .WithName("ListLibrary").WithSummary("A community's library: files, links and short videos")
            .WithDescription("Narrowed by 'tag', 'skill' (a concept URI), 'kind' (file, link, video) and words ('q', names of skills among them); sorted by 'sort': newest, rating or used. A mean of ratings is there from five ratings on.")
            .Produces<Page<Summary>>().SignedInMayCall(Who);
        routes.MapGet("/learning/communities/{id}/library/tags", Tags)
            .WithName("ListLibraryTags").WithSummary("Tags of a community's library, the most frequent first").Produces<IReadOnlyList<TagCount>>().SignedInMayCall(Who);
        routes.MapGet("/learning/library/{id}", One).WithName("ReadLibraryItem").WithSummary("An item of a library, with what people think of it")
            .Produces<ItemAnswer>().SignedInMayCall(Who);
        routes.MapGet("/learning/library/{id}/versions", Versions)
            .WithName("ReadLibraryVersions").WithSummary("The versions of an item, the oldest first, each with its file or link").Produces<IReadOnlyList<VersionAnswer>>().SignedInMayCall(Who);
        routes.MapGet("/learning/library/{id}/files/{address}", Download)
            .WithName("ReadLibraryFile").WithSummary("A file of a library; parts of it by Range, as players ask for them").SignedInMayCall(Who);
    }

    private static async Task<IResult> List(
        Id<Community> id, PageRequest page, Caller caller, CommunityDesk communities, LibraryDesk library, CancellationToken ct, string? tag = null, string? skill = null, string? kind = null,
        string? q = null, string? sort = null)
    {
        if (await communities.Find(id, caller, ct) is not { } community) return Problems.From(CommunityRules.Unknown);
        var known = WireNames.TryParse<LibraryKind>(kind ?? "", out var one);
        if (!known && !string.IsNullOrEmpty(kind)) return Problems.From(KindUnknown);
        if (!string.IsNullOrEmpty(sort) && !LibraryFilter.Sorts.Contains(sort)) return Problems.From(SortUnknown);
        var found = await library.Of(community, LibraryFilter.Of(tag, skill, known ? one : null, q, sort), page.After<(long, Guid)>(), page.Fetch, ct);
        return page.Answer(found.ConvertAll(f => (Answer: SummaryOf(f), f.Rank)), f => (f.Rank, f.Answer.Id.Value), f => f.Answer);
    }

    private static async Task<IResult> Tags(Id<Community> id, Caller caller, CommunityDesk communities, LibraryDesk library, CancellationToken ct) =>
        await communities.Find(id, caller, ct) is not { } community
            ? Problems.From(CommunityRules.Unknown)
            : TypedResults.Ok(await library.Tags(community, MostTags, ct));

    private static async Task<IResult> One(Id<LibraryItem> id, Caller caller, LibraryDesk library, HttpContext http, CancellationToken ct)
    {
        if (await library.Find(id, caller, ct) is not { } seen) return Problems.From(LibraryRules.Unknown);
        ETags.Set(http, seen.Version);
        var (figures, mine) = await library.Said(seen, ct);
        return TypedResults.Ok(new ItemAnswer(
            id, seen.State.Community, seen.State.Kind, seen.State.AddedBy, seen.State.Hidden, AnswerOf(seen, seen.Shown), figures, mine, seen.Version));
    }

    private static async Task<IResult> Versions(Id<LibraryItem> id, Caller caller, LibraryDesk library, CancellationToken ct) =>
        await library.Find(id, caller, ct) is not { } seen
            ? Problems.From(LibraryRules.Unknown)
            : TypedResults.Ok(seen.Versions.Select(v => AnswerOf(seen, v)));

    private static async Task<IResult> Download(Id<LibraryItem> id, string address, Caller caller, LibraryDesk library, IFileVault vault, HttpContext http, CancellationToken ct)
    {
        if (await library.Find(id, caller, ct) is not { } seen) return Problems.From(LibraryRules.Unknown);
        return seen.Versions.FirstOrDefault(v => v.Source.Address == address) is { } version && FileOf(version) is { } facts && ServedFile.Of(http, vault, address, facts) is { } file
            ? file
            : Problems.From(LibraryRules.FileGone);
    }

    /// <summary>Where a file is read.</summary>
    internal static string HrefOf(Id<LibraryItem> id, string address) => $"{LibraryDesk.Address(id)}/files/{address}";

    internal static FileFacts? FileOf(ItemVersion version) => version.Source.Content.TryGet(out var content) ? content.File : null;

    internal static string? LinkOf(ItemVersion version) => version.Source.Content.TryGet(out var content) ? content.Link : null;

    private static Summary SummaryOf(ListedItem item) => new(
        item.Row.Item, item.Row.Kind, item.Row.Title, item.Row.Tags, item.Row.SkillUris, item.Row.AddedBy, item.Row.Hidden ? PostStatus.Hidden : item.Row.Status, item.Waits,
        item.Versions, item.Figures, item.Row.At);

    private static VersionAnswer AnswerOf(SeenItem seen, ItemVersion v) => new(
        v.Number, v.Words.Title, v.Words.Text, v.Words.Tags, v.Words.SkillUris, LinkOf(v),
        FileOf(v) is { } f && v.Source.Address is { } address ? new(f.Name, f.MediaType, f.Length, address, HrefOf(seen.Id, address)) : null,
        v.Note, v.By, v.Status, v.At, [.. seen.Before(v).Select(c => new CorrectionAnswer(c.Before.Title, c.Before.Text, c.Reason, c.By, c.At))]);
}
