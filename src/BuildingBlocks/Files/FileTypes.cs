using System.IO.Compression;
using System.Text;

namespace ClusterNet.Files;

/// <summary>A kind of file that is taken.</summary>
/// <param name="MediaType">As it is served.</param>
/// <param name="Extension">Without a dot.</param>
/// <param name="Inline">Browsers show it beside other things; all else is downloaded.</param>
public sealed record FileType(string MediaType, string Extension, bool Inline);

/// <summary>
/// Tells what a file is by its content, whatever its name or sender says. What can carry scripts that browsers run (HTML, SVG, XML) is none of them, nor
/// are programs and bare archives.
/// </summary>
public static class FileTypes
{
    /// <summary>So much of the beginning tells it.</summary>
    public const int HeadLength = 4096;

    private const string Office = "application/vnd.openxmlformats-officedocument.", OpenDocument = "application/vnd.oasis.opendocument.";

    /// <summary>An office file that unpacks to more is none that people wrote.</summary>
    private const long MostUnpacked = 512 * 1024 * 1024;

    private const int MostEntries = 10_000, MostRatio = 200, SmallestZip = 22;

    private static readonly FileType Jpeg = new("image/jpeg", "jpg", true), Png = new("image/png", "png", true), WebP = new("image/webp", "webp", true),
        Gif = new("image/gif", "gif", true), Pdf = new("application/pdf", "pdf", true), Mp4 = new("video/mp4", "mp4", true),
        WebM = new("video/webm", "webm", true), M4A = new("audio/mp4", "m4a", true), Mp3 = new("audio/mpeg", "mp3", true), Ogg = new("audio/ogg", "ogg", true),
        Text = new("text/plain; charset=utf-8", "txt", false),
        Docx = new(Office + "wordprocessingml.document", "docx", false), Xlsx = new(Office + "spreadsheetml.sheet", "xlsx", false),
        Pptx = new(Office + "presentationml.presentation", "pptx", false),
        Odt = new(OpenDocument + "text", "odt", false), Ods = new(OpenDocument + "spreadsheet", "ods", false), Odp = new(OpenDocument + "presentation", "odp", false);

    public static IReadOnlyList<FileType> All { get; } = [Jpeg, Png, WebP, Gif, Pdf, Mp4, WebM, M4A, Mp3, Ogg, Text, Docx, Xlsx, Pptx, Odt, Ods, Odp];

    /// <summary>A type that was kept by its media type.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static FileType Of(string mediaType) => All.Single(t => t.MediaType == mediaType);

    /// <param name="content">Read from its beginning; it can seek.</param>
    public static (FileType? Type, FileFault? Fault) Tell(Stream content)
    {
        var head = new byte[HeadLength];
        content.Position = 0;
        var read = content.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        content.Position = 0;
        if (read == 0) return (null, FileFault.Empty);
        var known = head.AsSpan(0, read);
        if (known.StartsWith("PK\x03\x04"u8)) return OfZip(content);
        var type = ByBeginning(known) ?? (IsText(content) && !LooksLikeMarkup(known) ? Text : null);
        return (type, type is null ? FileFault.UnknownType : null);
    }

    private static FileType? ByBeginning(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        _ when head.StartsWith("RIFF"u8) && head.Length > 12 && head[8..].StartsWith("WEBP"u8) => WebP,
        _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => Gif,
        _ when head.StartsWith("%PDF-"u8) => Pdf,
        [0x1A, 0x45, 0xDF, 0xA3, ..] => head[..Math.Min(head.Length, 64)].IndexOf("webm"u8) > 0 ? WebM : null,
        _ when head.StartsWith("ID3"u8) => Mp3,
        [0xFF, 0xFB or 0xF3 or 0xF2, ..] => Mp3,
        _ when head.StartsWith("OggS"u8) => Ogg,
        _ when head.Length > 12 && head[4..].StartsWith("ftyp"u8) => OfBox(Encoding.ASCII.GetString(head[8..12])),
        _ => null,
    };

    /// <summary>The brand of an ISO base media file (ISO/IEC 14496-12, 4.3).</summary>
    private static FileType? OfBox(string brand) => brand switch
    {
        "M4A " or "M4B " => M4A,
        "isom" or "iso2" or "iso4" or "iso5" or "iso6" or "mp41" or "mp42" or "avc1" or "M4V " or "dash" or "qt  " or "3gp4" or "3gp5" or "3gp6" => Mp4,
        _ => null,
    };

    private static (FileType?, FileFault?) OfZip(Stream content)
    {
        if (content.Length < SmallestZip) return (null, FileFault.UnknownType);
        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostEntries || zip.Entries.Sum(e => (decimal)e.Length) is var all && (all > MostUnpacked || all / content.Length > MostRatio))
                return (null, FileFault.Bomb);
            var type = zip.GetEntry("[Content_Types].xml") is not null
                ? zip.GetEntry("word/document.xml") is not null ? Docx : zip.GetEntry("xl/workbook.xml") is not null ? Xlsx : zip.GetEntry("ppt/presentation.xml") is not null ? Pptx : null
                : zip.GetEntry("mimetype") is { Length: < 100 } named ? OfOpenDocument(named) : null;
            return type is null || zip.Entries.Any(IsMacro) ? (null, FileFault.UnknownType) : (type, null);
        }
        catch (InvalidDataException)
        {
            return (null, FileFault.UnknownType);
        }
        finally
        {
            content.Position = 0;
        }
    }

    /// <summary>Macros are programs: those of Microsoft's formats, of Excel 4.0, and of OpenDocument.</summary>
    private static bool IsMacro(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || entry.FullName.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase)
        || entry.FullName.StartsWith("Basic/", StringComparison.Ordinal) || entry.FullName.StartsWith("Scripts/", StringComparison.Ordinal);

    private static FileType? OfOpenDocument(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open(), Encoding.ASCII);
        var type = reader.ReadToEnd();
        return type == Odt.MediaType ? Odt : type == Ods.MediaType ? Ods : type == Odp.MediaType ? Odp : null;
    }

    /// <summary>All of it is UTF-8 without control characters.</summary>
    private static bool IsText(Stream content)
    {
        try
        {
            using var reader = new StreamReader(content, new UTF8Encoding(false, throwOnInvalidBytes: true), false, HeadLength, leaveOpen: true);
            var buffer = new char[HeadLength];
            for (int read; (read = reader.Read(buffer)) > 0;)
                if (buffer.AsSpan(0, read).ContainsAny(Controls)) return false;
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            content.Position = 0;
        }
    }

    private static readonly System.Buffers.SearchValues<char> Controls =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i).Except(['\t', '\n', '\r', '\f']), '\u007f']);

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith('<') || text.Contains("<script", StringComparison.OrdinalIgnoreCase) || text.Contains("<svg", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("#!", StringComparison.Ordinal);
    }
}
