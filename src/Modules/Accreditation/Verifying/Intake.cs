using System.Text;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Issuing;
using ClusterNet.Credentials.Baking;
using ClusterNet.Credentials.Fetching;
using ClusterNet.Outgoing;
using ClusterNet.Pictures;
using Microsoft.AspNetCore.WebUtilities;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>Finds out what was shown: a number, a link, a credential as text, a badge with one baked in, a photo of a QR code.</summary>
internal sealed class Intake(GuardedHttp http, IOwnDocuments own, IssuerAddress address)
{
    /// <summary>A photo of a phone's camera.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    private const int MostLinked = 1024 * 1024, MostText = 2 * 1024 * 1024, MostNumber = 40;
    private const string Accept = "application/vc, application/vc+jwt, application/vp, application/json, application/ld+json, image/png, image/svg+xml, text/plain;q=0.5, */*;q=0.1";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public Task<Shown> OfText(string text, CancellationToken ct) => OfText(text, mayFollow: true, ct);

    public Task<Shown> OfBytes(ReadOnlyMemory<byte> bytes, CancellationToken ct) => OfBytes(bytes, mayFollow: true, ct);

    private async Task<Shown> OfText(string text, bool mayFollow, CancellationToken ct)
    {
        var trimmed = text.Trim().TrimStart('\uFEFF');
        if (trimmed.Length == 0) return new Shown.Nothing("nothing-shown");
        if (trimmed.Length > MostText) return new Shown.Nothing("too-large");
        if (trimmed.Length <= MostNumber && CredentialNumber.Read(trimmed) is { } number) return new Shown.Number(number);
        if (trimmed.Length <= MostNumber && trimmed.StartsWith("CN", StringComparison.OrdinalIgnoreCase)) return new Shown.Nothing("number-mistyped");
        if (trimmed[0] is '{' or '[' or '"' || IsJwt(trimmed)) return new Shown.Document(trimmed);
        if (Unbake.IsSvg(trimmed)) return Taken(Unbake.Svg(trimmed));
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) return new Shown.Nothing("not-recognised");
        return mayFollow ? await OfLink(url, ct) : new Shown.Nothing("link-to-link");
    }

    private async Task<Shown> OfBytes(ReadOnlyMemory<byte> bytes, bool mayFollow, CancellationToken ct)
    {
        if (bytes.Length > MostBytes) return new Shown.Nothing("too-large");
        if (!QrPhoto.IsPicture(bytes.Span)) return Decoded(bytes.Span) is { } text ? await OfText(text, mayFollow, ct) : new Shown.Nothing("not-recognised");
        if (Unbake.IsPng(bytes.Span) && Unbake.Png(bytes) is { Fault: not { Code: "picture-without-credential" } } baked) return Taken(baked);
        return await QrPhoto.Read(bytes, ct) is { } said ? await OfText(said, mayFollow, ct) : new Shown.Nothing("no-code-in-picture");
    }

    private async Task<Shown> OfLink(Uri url, CancellationToken ct)
    {
        if (address.PathOf(url.AbsoluteUri) is not null) return await OfOurs(url, ct);
        var plain = new UriBuilder(url) { Fragment = "" }.Uri;
        var got = await http.Get(plain, Accept, IsTaken, MostLinked, ct);
        return got.Bytes is { } bytes ? await OfBytes(bytes, mayFollow: false, ct) : new Shown.Nothing(CodeOf(got.Fault));
    }

    /// <summary>Links of this installation lead to our own books; nothing is fetched.</summary>
    private async Task<Shown> OfOurs(Uri url, CancellationToken ct)
    {
        var typed = url.AbsolutePath == "/verify" && QueryHelpers.ParseQuery(url.Query).TryGetValue("number", out var numbers) ? numbers.ToString() : Uri.UnescapeDataString(url.Segments[^1]);
        if (typed.Length <= MostNumber && CredentialNumber.Read(typed) is { } number) return new Shown.Number(number);
        return await own.Find(url.GetLeftPart(UriPartial.Query), ct) is { } document ? new Shown.Document(document) : new Shown.Nothing("link-not-ours");
    }

    private static Shown Taken(Unbaked baked) => baked.Text is { } text ? new Shown.Document(text.Trim()) : new Shown.Nothing(baked.Fault?.Code ?? "picture-text");

    private static bool IsJwt(string text) => text.Count(c => c == '.') == 2 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsTaken(string mediaType) => OthersDocuments.IsDocument(mediaType) || mediaType is "image/png" or "image/jpeg" or "image/svg+xml";

    private static string? Decoded(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string CodeOf(FetchFault? fault) => fault switch
    {
        FetchFault.Off => "link-off",
        FetchFault.AddressForm => "link-not-https",
        FetchFault.AddressInside => "link-inside",
        FetchFault.Redirected => "link-redirected",
        FetchFault.Absent => "link-absent",
        FetchFault.Status => "link-refused",
        FetchFault.TooLarge => "too-large",
        FetchFault.WrongType => "link-to-page",
        _ => "link-unreachable",
    };
}
