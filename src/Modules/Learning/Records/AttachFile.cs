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
        Id<LearningRecord> id, HttpRequest request, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader, IFileVault vault, Commands commands,
        TimeProvider clock, CancellationToken ct, string? name = null) => Take(id, request.Body, name, caller, entries, reader, vault, commands, clock, ct);

    internal static async Task<IResult> Take(
        Id<LearningRecord> id, Stream content, string? name, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader, IFileVault vault, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        if (seen.State.Person != caller.Person) return Problems.From(Rules.NotOwner);
        if (seen.State.Files.Count >= AttachFile.Most) return Problems.From(AttachFile.TooMany);
        var taken = await vault.Take(content, MostBytes, ct);
        if (taken.File is not { } file) return Problems.From(RefusalOf(taken.Fault));
        var attached = false;
        try
        {
            var result = await commands.Run(
                entries, id.Value, new AttachFile(caller.Person, file.Address, FileFacts.Of(file, name), clock.GetUtcNow()),
                Reply.Created($"/api/v1/learning/records/{id}/files/{file.Address}", id, ("address", file.Address)), ct);
            attached = PageForms.Read(result).Done;
            return result;
        }
        finally
        {
            if (!attached) vault.Delete(file.Address);
        }
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
        if (seen.State.Files.FirstOrDefault(f => f.Address == address) is not { } file || !file.Facts.TryGet(out var facts)
            || vault.Open(address, Convert.FromBase64String(facts.Key)) is not { } stream)
            return Problems.Of(404, "file-unknown", "The record has no such file any more. Look at the record again.");
        // Whatever a file holds, it runs nothing here.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue(FileTypes.Of(facts.MediaType).Inline ? "inline" : "attachment")
        {
            FileNameStar = facts.Name,
        }.ToString();
        return TypedResults.Stream(stream, facts.MediaType, entityTag: new($"\"{address[..16]}\""), enableRangeProcessing: true);
    }

    private static Refusal RefusalOf(FileFault? fault) => fault switch
    {
        FileFault.TooLarge => new("file-too-large", $"The file is larger than {MostBytes / 1024 / 1024} MB. Send a smaller one, or put it where you can link to it.", 413),
        FileFault.Empty => new("file-empty", "There is nothing in the file. Choose it again.", 422),
        FileFault.Bomb => new("file-unpacks-too-far", "The file unpacks to far more than it holds. Save it anew in the program that it comes from.", 422),
        FileFault.Harmful => new("file-harmful", "The scan found something harmful in the file. Do not send it again; ask whoever made it.", 422),
        FileFault.NotScanned => new("file-not-scanned", "Files cannot be scanned now, and none is taken without that. Try again later, or tell the operator.", 503),
        _ => new(
            "file-type-not-taken", "By its content the file is none of those that are taken: photos, videos, sound, PDF, text, and office files without macros.", 415),
    };
}
