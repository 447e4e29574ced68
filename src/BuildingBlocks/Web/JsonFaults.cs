using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClusterNet.Web;

/// <summary>A JSON exception as a fault with its place and in words of ours; the serializer's own text names types.</summary>
internal static partial class JsonFaults
{
    public static Fault Of(JsonException json)
    {
        var at = PointerOf(json.Path ?? "$");
        // Where the serializer itself meets half a surrogate pair, as in a map's key, it keeps this inner exception.
        if (json is UnstorableTextException || json.InnerException is InvalidOperationException { Message: var why } && IsUtf(why))
        {
            return new(at, UnstorableTextException.Code, UnstorableTextException.Text);
        }

        if (Unmapped().Match(json.Message) is { Success: true } unmapped) return Unknown(unmapped.Groups[1].Value, at);
        var (pointer, code, detail) = Describe(json.Message, at);
        return new(pointer, code, detail);
    }

    private static (string Pointer, string Code, string Detail) Describe(string message, string pointer) =>
        Duplicate().Match(message) is { Success: true } twice
            ? (pointer, "duplicate-member", $"The member '{twice.Groups[1].Value}' may stand once only.")
        : Missing().Match(message) is { Success: true } missing
            ? (pointer, "missing-member", $"Add the missing members: {missing.Groups[1].Value}.")
        : Converted().Match(message) is { Success: true } wrong
            ? (pointer, "wrong-type", $"Expected is {Expectations.OfName(wrong.Groups[1].Value)}.")
        : message.Contains("doesn't allow null", StringComparison.Ordinal) || message.Contains("disallows null", StringComparison.Ordinal)
            ? (pointer, "null-not-allowed", "A value is needed here; null is none.")
        : message.Contains("maximum configured depth", StringComparison.Ordinal)
            ? (pointer, "too-deep", $"Nest objects and lists at most {HttpJson.MaxDepth} deep.")
        : IsUtf(message)
            ? (pointer, UnstorableTextException.Code, UnstorableTextException.Text)
        // The serializer's own messages end with the position; one without comes from a converter of ours and is meant for the caller.
        : !message.Contains("LineNumber:", StringComparison.Ordinal) ? (pointer, "wrong-type", message)
        : (pointer, "malformed-json", "This is not valid JSON (RFC 8259).");

    private static bool IsUtf(string message) =>
        message.Contains("UTF-16", StringComparison.Ordinal) || message.Contains("UTF-8", StringComparison.Ordinal);

    // Whether the serializer's path ends with the unknown member or with its owner depends on where it stopped.
    internal static Fault Unknown(string member, string pointer)
    {
        var segment = "/" + Escape(member);
        var full = pointer.EndsWith(segment, StringComparison.Ordinal) ? pointer : pointer + segment;
        return new(full, "unknown-member", $"No member '{member}' is known here; leave it out, or correct its name and case.");
    }

    /// <summary><c>$.lines[0].title</c> or <c>$['odd name']</c> as <c>#/lines/0/title</c>.</summary>
    private static string PointerOf(string path)
    {
        var pointer = new StringBuilder("#");
        foreach (Match segment in Segment().Matches(path))
        {
            var name = segment.Groups["name"].Success ? segment.Groups["name"].Value : segment.Groups["index"].Value;
            pointer.Append('/').Append(Escape(name));
        }

        return pointer.ToString();
    }

    private static string Escape(string segment) =>
        Uri.EscapeDataString(segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\]|\[(?<index>\d+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Segment();

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Unmapped();

    [GeneratedRegex("^Duplicate property '(.*)' encountered", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Duplicate();

    [GeneratedRegex("missing required properties including: (.*?)\\.", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON value could not be converted to ([^ ]+?)\\. ", RegexOptions.CultureInvariant)]
    private static partial Regex Converted();
}
