using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Records;

/// <summary>A file on its way into the vault and then into the event that names it. One that is refused leaves nothing; of one whose fate a crash hides, the collector takes care.</summary>
internal sealed class Uploads(IFileVault vault)
{
    /// <param name="most">How many bytes are taken.</param>
    /// <param name="name">The command that names the file.</param>
    public async Task<IResult> Take(Stream content, long most, Func<StoredFile, Task<IResult>> name, CancellationToken ct)
    {
        var taken = await vault.Take(content, most, ct);
        if (taken.File is not { } file) return Problems.From(RefusalOf(taken.Fault, most));
        var result = await name(file);
        // Sent again, the first sending's file is the one that counts.
        if (PageForms.Read(result) is not { Done: true, Repeated: false }) vault.Delete(file.Address);
        return result;
    }

    private static Refusal RefusalOf(FileFault? fault, long most) => fault switch
    {
        FileFault.TooLarge => new("file-too-large", $"The file is larger than {most / 1024 / 1024} MB. Send a smaller one, or put it where you can link to it.", 413),
        FileFault.Empty => new("file-empty", "There is nothing in the file. Choose it again.", 422),
        FileFault.Bomb => new("file-unpacks-too-far", "The file unpacks to far more than it holds. Save it anew in the program that it comes from.", 422),
        FileFault.Harmful => new("file-harmful", "The scan found something harmful in the file. Do not send it again; ask whoever made it.", 422),
        FileFault.NotScanned => new("file-not-scanned", "Files cannot be scanned now, and none is taken without that. Try again later, or tell the operator.", 503),
        _ => new(
            "file-type-not-taken", "By its content the file is none of those that are taken: photos, videos, sound, PDF, text, and office files without macros.", 415),
    };
}

/// <summary>A file of the vault as an answer: whole or in parts, as players ask for them. Whatever it holds, it runs nothing here.</summary>
internal static class ServedFile
{
    /// <returns>Null when the file is gone.</returns>
    public static IResult? Of(HttpContext http, IFileVault vault, string address, FileFacts facts)
    {
        if (vault.Open(address, Convert.FromBase64String(facts.Key)) is not { } stream) return null;
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue(FileTypes.Of(facts.MediaType).Inline ? "inline" : "attachment")
        {
            FileNameStar = facts.Name,
        }.ToString();
        return TypedResults.Stream(stream, facts.MediaType, entityTag: new($"\"{address[..16]}\""), enableRangeProcessing: true);
    }
}
