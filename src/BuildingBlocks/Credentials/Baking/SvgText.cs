using System.Xml;
using System.Xml.Linq;

namespace ClusterNet.Credentials.Baking;

/// <summary>SVG files of others: no document type, so no entities; nothing is fetched.</summary>
internal static class SvgText
{
    public static readonly XNamespace Badges = "https://purl.imsglobal.org/ob/v3p0";

    /// <summary>What some programs write instead.</summary>
    private static readonly XNamespace Misspelt = "https://purl.imsglobal.org/spec/ob/v3p0";

    private const int MaxLength = 2 * 1024 * 1024, MaxDepth = 256;
    private const string Svg = "http://www.w3.org/2000/svg";

    public static bool LooksLike(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 4096)).TrimStart("\uFEFF \t\r\n");
        return head.StartsWith("<", StringComparison.Ordinal) && (head.Contains("<svg", StringComparison.Ordinal) || head.StartsWith("<?xml", StringComparison.Ordinal));
    }

    /// <returns>null for what is no SVG file.</returns>
    public static XDocument? Read(string text)
    {
        if (text.Length > MaxLength) return null;
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxLength };
            using (var walk = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), settings))
            {
                while (walk.Read())
                {
                    if (walk.Depth > MaxDepth) return null;
                }
            }

            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), settings);
            var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            return document.Root?.Name.LocalName == "svg" && document.Root.Name.NamespaceName is "" or Svg ? document : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static IEnumerable<XElement> In(XDocument document) => document.Descendants().Where(e => e.Name == Badges + "credential" || e.Name == Misspelt + "credential");

    /// <summary>JSON may hold characters that XML has not, and may write them otherwise (RFC 8259 section 7).</summary>
    public static string Writable(string json) => string.Concat(json.EnumerateRunes().Select(r =>
        r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? $"\\u{r.Value:x4}" : r.ToString()));

    /// <summary>A section of CDATA cannot hold its own end.</summary>
    public static IEnumerable<string> Cut(string text)
    {
        var from = 0;
        for (var at = text.IndexOf("]]>", StringComparison.Ordinal); at >= 0; at = text.IndexOf("]]>", from, StringComparison.Ordinal))
        {
            yield return text[from..(at + 2)];
            from = at + 2;
        }

        yield return text[from..];
    }
}
