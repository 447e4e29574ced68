using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Library;

internal sealed record AddItem(Id<Community> Community, LibraryKind Kind, ItemWords Words, ItemSource Source, PostStatus Status, DateTimeOffset Now)
    : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) => state is LibraryLife.Absent
        ? new LibraryItemAdded(Community, Kind, Words.Title, Words.Text, Words.Tags, Words.SkillUris, Source.Address, Source.Content, Words.By, Status, Now)
        : Decision<LibraryEvent>.Nothing;
}

internal static class AddItemEndpoint
{
    private const string Who = "members of the community", Any = "*/*";

    /// <param name="Url">Absolute, http or https, of no private network. Nothing is fetched from it.</param>
    /// <param name="Text">Markdown, without HTML.</param>
    /// <param name="Draft">True to keep it to oneself for now.</param>
    internal sealed record Body(
        string Url, string Title, string? Text = null, IReadOnlyList<string>? Tags = null, IReadOnlyList<string>? SkillUris = null, bool Draft = false) : IValidated
    {
        public Said Says() => new(Title, Text, Tags, SkillUris);

        public void Validate(Faults faults) => Says().Check(faults.Link("url", Url));
    }

    internal static void MapAddItem(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/communities/{id}/library", Link)
            .WithName("AddLibraryLink").WithSummary("Add a link to a community's library; nothing is ever fetched from it")
            .WithExample(new Body("https://example.org/sharpening", "How to sharpen drills", "The *second half* is what matters.", ["drills", "sharpening"])).SignedInMayCall(Who);
        routes.MapPost("/learning/communities/{id}/library/files", File)
            .WithName("AddLibraryFile").WithSummary("Add a file or a short video to a community's library: the file is the body")
            .WithDescription(
                $"Videos (MP4, WebM), photos, sound, PDF, text and office files up to {LibraryRules.MostBytes / 1024 / 1024} MB; what it is, is told by its content. The parameter 'name' " +
                "is the file's name, 'title' what the library calls it (unless told, the name), 'text' a description in Markdown, 'tags' words separated by commas, 'skill' the concept URI of a skill " +
                "that it is about, once for each; with draft=true it stays with you. " +
                "It is kept sealed under the key of who sent it.")
            .Accepts<string>(Any).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithBodyLimit(LibraryRules.MostBytes).SignedInMayCall(Who);
    }

    internal static async Task<IResult> Link(
        Id<Community> id, Body body, HttpRequest request, Caller caller, CommunityDesk communities, LibraryDesk library, ISkillCatalogue skills, CancellationToken ct)
    {
        var (community, refusal) = await ForWriter(id, caller, communities, ct);
        if (community is null) return Problems.From(refusal!); // one of the two is given
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        var source = new ItemSource(null, new ItemContent(body.Url.Trim(), null), caller.Person);
        return await Add(library, community, LibraryKind.Link, body.Says().By(caller.Person), source, body.Draft, ct);
    }

    private static Task<IResult> File(
        Id<Community> id, HttpRequest request, Caller caller, CommunityDesk communities, LibraryDesk library, Uploads uploads, ISkillCatalogue skills, CancellationToken ct,
        string? name = null, string? title = null, string? text = null, string? tags = null, [FromQuery] string[]? skill = null, bool draft = false) =>
        Take(id, request.Body, name, new(title ?? "", text, LibraryRules.Split(tags), skill), draft, request, caller, communities, library, uploads, skills, ct);

    /// <param name="said">Without a title the file's name is one.</param>
    internal static async Task<IResult> Take(
        Id<Community> id, Stream content, string? name, Said said, bool draft, HttpRequest request, Caller caller, CommunityDesk communities, LibraryDesk library, Uploads uploads,
        ISkillCatalogue skills, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(said.Title)) said = said with { Title = FileFacts.Stem(name) };
        var (community, refusal) = await ForWriter(id, caller, communities, ct);
        if (community is null) return Problems.From(refusal!); // one of the two is given
        var faults = said.Check(new());
        if (faults.All.Count > 0) return Problems.Invalid(faults.All);
        if (await skills.Check(said.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await uploads.Take(content, LibraryRules.MostBytes, file => Add(
            library, community, KindOf(file), said.By(caller.Person), new(file.Address, new ItemContent(null, FileFacts.Of(file, name)), caller.Person), draft, ct), ct);
    }

    /// <summary>What plays is a video, whatever its sender calls it.</summary>
    internal static LibraryKind KindOf(StoredFile file) => file.Type.MediaType.StartsWith("video/", StringComparison.Ordinal) ? LibraryKind.Video : LibraryKind.File;

    private static async Task<(SeenCommunity? Seen, Refusal? Refusal)> ForWriter(Id<Community> id, Caller caller, CommunityDesk communities, CancellationToken ct) =>
        await communities.Find(id, caller, ct) is not { } seen ? (null, CommunityRules.Unknown)
        : !seen.IsMember ? (null, CommunityRules.NotMember)
        : seen.Row.IsOpen ? (seen, null) : (null, CommunityRules.Closed);

    private static Task<IResult> Add(LibraryDesk library, SeenCommunity community, LibraryKind kind, ItemWords words, ItemSource source, bool draft, CancellationToken ct)
    {
        var (item, status) = (library.NewId(), DiscussionRules.StatusOf(draft, community));
        return library.Run(
            community.Row.Id, item, new AddItem(community.Row.Id, kind, words, source, status, library.Now), ct,
            Reply.Created(LibraryDesk.Address(item), item, ("status", WireNames.Of(status)), ("kind", WireNames.Of(kind))));
    }
}
