using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Library;

internal sealed record ReviseItem(ItemWords Words, string Note, PostStatus Status, DateTimeOffset Now) : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) => state switch
    {
        LibraryLife.Kept k when k.BaseFor(Words.By).Words with { By = Words.By } == Words => Decision<LibraryEvent>.Nothing,
        LibraryLife.Kept { Versions.Count: >= LibraryRules.MaxVersions } => LibraryRules.TooManyVersions,
        LibraryLife.Kept => new LibraryItemRevised(Words.Title, Words.Text, Words.Tags, Words.SkillUris, Note, Words.By, Status, Now),
        _ => LibraryRules.Unknown,
    };
}

internal sealed record RenewItem(LibraryKind Kind, ItemSource Source, string Note, PostStatus Status, DateTimeOffset Now) : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) => state switch
    {
        LibraryLife.Kept k when k.Kind != Kind => LibraryRules.OtherKind,
        LibraryLife.Kept k when Kind == LibraryKind.Link && k.BaseFor(Source.By).Source.Content == Source.Content => Decision<LibraryEvent>.Nothing,
        LibraryLife.Kept { Versions.Count: >= LibraryRules.MaxVersions } => LibraryRules.TooManyVersions,
        LibraryLife.Kept => new LibraryItemRenewed(Source.Address, Source.Content, Note, Source.By, Status, Now),
        _ => LibraryRules.Unknown,
    };
}

internal static class ReviseItemEndpoint
{
    private const string Who = "members of the community", Any = "*/*";

    /// <param name="Note">What was changed and why, in a few words.</param>
    internal sealed record Body(
        string Title, string? Text = null, IReadOnlyList<string>? Tags = null, IReadOnlyList<string>? SkillUris = null, string? Note = null) : IValidated
    {
        public Said Says() => new(Title, Text, Tags, SkillUris);

        public void Validate(Faults faults) => Says().Check(faults).OptionalText("note", Note, LibraryRules.MaxNote);
    }

    /// <param name="Note">Why there is a new version.</param>
    internal sealed record LinkBody(string Url, string Note) : IValidated
    {
        public void Validate(Faults faults) => faults.Link("url", Url).Text("note", Note, 1, LibraryRules.MaxNote);
    }

    internal static void MapReviseItem(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/learning/library/{id}", Words)
            .WithName(nameof(ReviseItem)).WithSummary("Say something else about an item: a new version with other words and the same content; send the ETag as If-Match")
            .WithExample(new Body("How to sharpen drills", "From minute *three* on.", ["drills", "sharpening"], Note: "Where to begin")).SignedInMayCall(Who);
        routes.MapPut("/learning/library/{id}/link", Link)
            .WithName("RenewLibraryLink").WithSummary("A new version of a link; the earlier ones stay").WithExample(new LinkBody("https://example.org/sharpening-2", "The page has moved"))
            .SignedInMayCall(Who);
        routes.MapPost("/learning/library/{id}/files", File)
            .WithName("RenewLibraryFile").WithSummary("A new version of a file or video: the file is the body; the earlier ones stay")
            .WithDescription($"Of the same kind, up to {LibraryRules.MostBytes / 1024 / 1024} MB. The parameter 'name' is the file's name, 'note' says why there is a new version.")
            .Accepts<string>(Any).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithBodyLimit(LibraryRules.MostBytes).SignedInMayCall(Who);
    }

    internal static async Task<IResult> Words(
        Id<LibraryItem> id, Body body, IfMatch ifMatch, HttpRequest request, Caller caller, LibraryDesk library, ISkillCatalogue skills, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await library.Run(
            seen.State.Community, id, new ReviseItem(body.Says().By(caller.Person), body.Note?.Trim() ?? "", StatusFor(seen), library.Now), ct);
    }

    internal static async Task<IResult> Link(Id<LibraryItem> id, LinkBody body, IfMatch ifMatch, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // as above
        var source = new ItemSource(null, new ItemContent(body.Url.Trim(), null), caller.Person);
        return await library.Run(seen.State.Community, id, new RenewItem(LibraryKind.Link, source, body.Note.Trim(), StatusFor(seen), library.Now), ct);
    }

    private static Task<IResult> File(
        Id<LibraryItem> id, HttpRequest request, IfMatch ifMatch, Caller caller, LibraryDesk library, Uploads uploads, CancellationToken ct, string? name = null, string? note = null) =>
        Take(id, request.Body, name, note, caller, library, uploads, ct);

    internal static async Task<IResult> Take(
        Id<LibraryItem> id, Stream content, string? name, string? note, Caller caller, LibraryDesk library, Uploads uploads, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // as above
        var faults = new Faults().OptionalText("note", note, LibraryRules.MaxNote);
        if (faults.All.Count > 0) return Problems.Invalid(faults.All);
        if (seen.State.Kind == LibraryKind.Link) return Problems.From(LibraryRules.OtherKind);
        if (seen.State.Versions.Count >= LibraryRules.MaxVersions) return Problems.From(LibraryRules.TooManyVersions);
        return await uploads.Take(content, LibraryRules.MostBytes, file => library.Run(
            seen.State.Community, id,
            new RenewItem(AddItemEndpoint.KindOf(file), new(file.Address, new ItemContent(null, FileFacts.Of(file, name)), caller.Person), note?.Trim() ?? "", StatusFor(seen), library.Now),
            ct), ct);
    }

    private static PostStatus StatusFor(SeenItem seen) => seen.Base is { Status: PostStatus.Draft } mine && seen.State.Current is null && mine.By == seen.Community.Reader
        ? PostStatus.Draft
        : DiscussionRules.StatusOf(false, seen.Community);
}
