using System.Xml.Linq;

namespace ClusterNet.Credentials.Baking;

/// <summary>Puts a credential into the picture of its badge (Open Badges 3.0, section 5.3).</summary>
public static class Bake
{
    internal const string Keyword = "openbadgecredential";

    /// <summary>Into a PNG file, directly before its end; a credential that was in it before is replaced.</summary>
    /// <param name="credential">JSON with its proof, or a JWT.</param>
    /// <exception cref="ArgumentException">It is no whole PNG file.</exception>
    public static byte[] Png(ReadOnlyMemory<byte> png, string credential)
    {
        var chunks = PngChunks.Read(png) ?? throw new ArgumentException("This is no whole PNG file.", nameof(png));
        chunks.RemoveAll(c => PngText.Has(c, Keyword));
        chunks.Insert(chunks.Count - 1, PngText.Write(Keyword, credential));
        return PngChunks.Write(chunks);
    }

    /// <summary>Into an SVG file, as the first thing in it; a credential that was in it before is replaced.</summary>
    /// <inheritdoc cref="Png"/>
    public static string Svg(string svg, string credential)
    {
        var document = SvgText.Read(svg) ?? throw new ArgumentException("This is no SVG file without document type and entities.", nameof(svg));
        var root = document.Root ?? throw new ArgumentException("This is no SVG file.", nameof(svg));
        SvgText.In(document).Remove();
        var element = new XElement(SvgText.Badges + "credential");
        if (CompactJws.LooksLike(credential)) element.SetAttributeValue("verify", credential);
        else element.Add(SvgText.Cut(SvgText.Writable(credential)).Select(part => new XCData(part)));
        root.SetAttributeValue(XNamespace.Xmlns + "openbadges", SvgText.Badges.NamespaceName);
        root.AddFirst(element);
        return document.Declaration is { } declaration ? declaration + "\n" + document.ToString(SaveOptions.DisableFormatting) : document.ToString(SaveOptions.DisableFormatting);
    }
}

/// <summary>What came of looking for a credential in a picture.</summary>
/// <param name="Fault">null where one was found.</param>
public readonly record struct Unbaked(string? Text, CredentialFault? Fault);

/// <summary>Takes the credential out of the picture of its badge.</summary>
public static class Unbake
{
    /// <summary>A JWT is a third longer than what it signs.</summary>
    private const int MaxText = CredentialText.MaxSize / 3 * 4 + 16 * 1024;

    private static readonly Unbaked Broken = Wrong("picture-broken", "The picture's file is damaged or cut off, or holds more than a picture does.");
    private static readonly Unbaked None = Wrong("picture-without-credential", "The picture has no credential in it.");
    private static readonly Unbaked Several = Wrong("picture-with-several", "The picture has more than one credential in it, so that it does not say which one counts.");
    private static readonly Unbaked Unreadable = Wrong("picture-text", "The credential in the picture cannot be read, or is too large.");

    public static bool IsPng(ReadOnlySpan<byte> bytes) => PngChunks.LooksLike(bytes);

    /// <summary>Whether a text is an SVG file, by how it begins.</summary>
    public static bool IsSvg(string text) => SvgText.LooksLike(text);

    public static Unbaked Png(ReadOnlyMemory<byte> png)
    {
        if (PngChunks.Read(png) is not { } chunks) return Broken;
        var found = chunks.Where(c => PngText.Has(c, Bake.Keyword)).Take(2).ToList();
        return found.Count switch
        {
            0 => None,
            1 => PngText.Read(found[0], Bake.Keyword, MaxText) is { } text ? new(text, null) : Unreadable,
            _ => Several,
        };
    }

    public static Unbaked Svg(string svg)
    {
        if (SvgText.Read(svg) is not { } document) return Broken;
        var found = SvgText.In(document).Take(2).ToList();
        return found.Count switch
        {
            0 => None,
            1 => (found[0].Attribute("verify")?.Value is { Length: > 0 } jwt ? jwt : found[0].Value.Trim()) is { Length: > 0 } text ? new(text, null) : Unreadable,
            _ => Several,
        };
    }

    private static Unbaked Wrong(string code, string message) => new(null, new(code, "", message));
}
