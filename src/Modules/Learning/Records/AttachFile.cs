using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal sealed record AttachFile(Id<Person> By, string Address, FileFacts Facts, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public const int Most = 10;

    public static readonly Refusal TooMany = new(
        "too-many-files", $"A learning record takes {Most} files. Take one away first, or put the others behind a link.", 422);

    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Kept k when k.Person != By => Rules.NotOwner,
        Entry.Kept { Files.Count: >= Most } => TooMany,
        Entry.Kept k => new LearningRecordFileAttached(k.Person, Address, Facts, Now),
        _ => Rules.Unknown,
    };
}

internal sealed record DetachFile(Id<Person> By, string Address, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Kept k when k.Person != By => Rules.NotOwner,
        Entry.Kept k when k.Files.All(f => f.Address != Address) => Decision<EntryEvent>.Nothing,
        Entry.Kept => new LearningRecordFileDetached(Address, Now),
        _ => Rules.Unknown,
    };
}

/// <summary>Photos, short videos and documents of a learning record.</summary>
internal static class RecordFilesEndpoint
{
    /// <summary>A photo, a few pages, a video of a minute or two.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    /// <summary>What a form offers to choose.</summary>
    public const string Accepted = "image/*,video/*,audio/*,.pdf,.txt,.docx,.xlsx,.pptx,.odt,.ods,.odp";

    /// <summary>The content tells what it is, whatever the sender says.</summary>
    private const string Any = "*/*";

    internal static void MapRecordFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/records/{id}/files", Attach)
            .WithName(nameof(AttachFile)).WithSummary("Attach a file to one's own record: the file is the body")
            .WithDescription(
                $"Photos, videos, sound, PDF, text and office files up to {MostBytes / 1024 / 1024} MB; what it is, is told by its content. The name goes into the parameter 'name'. " +
                "Where a photo was taken is removed from it. The file is kept sealed under its owner's key.")
            .Accepts<string>(Any).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithBodyLimit(MostBytes).SignedInMayCall("the record's owner");
        routes.MapPost("/learning/records/{id}/files/{address}/removal", Detach)
            .WithName(nameof(DetachFile)).WithSummary("Take a file away from one's own record, for good").SignedInMayCall("the record's owner");
        routes.MapGet("/learning/records/{id}/files/{address}", Download)
            .WithName("ReadRecordFile").WithSummary("A file of a record; parts of it by Range").SignedInMayCall("those who may see the record");
    }

    private static Task<IResult> Attach(
        Id<LearningRecord> id, HttpRequest request, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader, Uploads uploads, Commands commands,
        TimeProvider clock, CancellationToken ct, string? name = null) => Take(id, request.Body, name, caller, entries, reader, uploads, commands, clock, ct);

    internal static async Task<IResult> Take(
        Id<LearningRecord> id, Stream content, string? name, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader, Uploads uploads, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        if (seen.State.Person != caller.Person) return Problems.From(Rules.NotOwner);
        if (seen.State.Files.Count >= AttachFile.Most) return Problems.From(AttachFile.TooMany);
        return await uploads.Take(content, MostBytes, file => commands.Run(
            entries, id.Value, new AttachFile(caller.Person, file.Address, FileFacts.Of(file, name), clock.GetUtcNow()),
            Reply.Created($"/api/v1/learning/records/{id}/files/{file.Address}", id, ("address", file.Address)), ct), ct);
    }

    internal static async Task<IResult> Detach(
        Id<LearningRecord> id, string address, IfMatch ifMatch, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader, IFileVault vault, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        var result = await commands.Run(
            entries, id.Value, new DetachFile(caller.Person, address, clock.GetUtcNow()), Reply.Changed($"/api/v1/learning/records/{id}", id), ct);
        if (PageForms.Read(result).Done && seen.State.Files.Any(f => f.Address == address)) vault.Delete(address);
        return result;
    }

    private static async Task<IResult> Download(
        Id<LearningRecord> id, string address, Caller caller, RecordReader reader, IFileVault vault, HttpContext http, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        return seen.State.Files.FirstOrDefault(f => f.Address == address) is { } file && file.Facts.TryGet(out var facts) && ServedFile.Of(http, vault, address, facts) is { } served
            ? served
            : Problems.Of(404, "file-unknown", "The record has no such file any more. Look at the record again.");
    }
}
