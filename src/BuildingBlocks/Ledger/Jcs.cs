using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClusterNet.Ledger;

/// <summary>
/// JSON in its one canonical spelling (RFC 8785). Events hold strings, integers below 2^53, booleans, nulls, arrays and objects: among them a
/// floating-point number, which only a foreign writer stores, has no canonical form. Documents of others may hold any number.
/// </summary>
public static partial class Jcs
{
    private const long MaxInteger = (1L << 53) - 1;
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <returns>null where the JSON is not well formed, names a member twice, or holds a number that is no such integer.</returns>
    public static byte[]? Canonical(ReadOnlyMemory<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(1, json.Length));
        return TryWrite(json, output) ? output.WrittenSpan.ToArray() : null;
    }

    /// <summary>A document in which any number of JSON may stand, written as ECMAScript writes it (RFC 8785 section 3.2.2.3).</summary>
    /// <returns>null where it names a member twice, or holds a lone surrogate or a number beyond the range of a double.</returns>
    public static byte[]? CanonicalDocument(JsonElement document)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            return Write(document, output, WriteDouble) ? output.WrittenSpan.ToArray() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    internal static bool TryWrite(ReadOnlyMemory<byte> json, ArrayBufferWriter<byte> output)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            return Write(document.RootElement, output, WriteInteger);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a lone surrogate.
            return false;
        }
    }

    /// <summary>Writes one string with its quotes (RFC 8785 section 3.2.2.2).</summary>
    internal static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        while (bytes.IndexOfAny(Escaped) is >= 0 and var at)
        {
            output.Write(bytes[..at]);
            output.Write(Escape(bytes[at]));
            bytes = bytes[(at + 1)..];
        }

        output.Write(bytes);
        output.Write("\""u8);
    }

    private static ReadOnlySpan<byte> Escape(byte b) => b switch
    {
        (byte)'"' => "\\\""u8,
        (byte)'\\' => "\\\\"u8,
        (byte)'\b' => "\\b"u8,
        (byte)'\t' => "\\t"u8,
        (byte)'\n' => "\\n"u8,
        (byte)'\f' => "\\f"u8,
        (byte)'\r' => "\\r"u8,
        _ => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{b:x4}")),
    };

    private static bool Write(JsonElement element, ArrayBufferWriter<byte> output, Func<JsonElement, ArrayBufferWriter<byte>, bool> number)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(element, output, number);
            case JsonValueKind.Array:
                return WriteArray(element, output, number);
            case JsonValueKind.String:
                WriteString(element.GetString()!, output); // a string, not null
                return true;
            case JsonValueKind.Number:
                return number(element, output);
            default:
                output.Write(element.ValueKind switch { JsonValueKind.True => "true"u8, JsonValueKind.False => "false"u8, _ => "null"u8 });
                return true;
        }
    }

    private static bool WriteObject(JsonElement element, ArrayBufferWriter<byte> output, Func<JsonElement, ArrayBufferWriter<byte>, bool> number)
    {
        // By UTF-16 code units (RFC 8785 section 3.2.3), which is the ordinal order of .NET's strings.
        var members = element.EnumerateObject().Select(m => (m.Name, m.Value)).ToArray();
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name) return false;
            if (i > 0) output.Write(","u8);
            WriteString(members[i].Name, output);
            output.Write(":"u8);
            if (!Write(members[i].Value, output, number)) return false;
        }

        output.Write("}"u8);
        return true;
    }

    private static bool WriteArray(JsonElement element, ArrayBufferWriter<byte> output, Func<JsonElement, ArrayBufferWriter<byte>, bool> number)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in element.EnumerateArray())
        {
            if (!first) output.Write(","u8);
            first = false;
            if (!Write(item, output, number)) return false;
        }

        output.Write("]"u8);
        return true;
    }

    private static bool WriteInteger(JsonElement element, ArrayBufferWriter<byte> output)
    {
        // 1.0 and 1e2 are integers too, but not to every reader: only plain digits count as one.
        if (element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0 || !element.TryGetInt64(out var number) || number is < -MaxInteger or > MaxInteger) return false;
        output.Write(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        return true;
    }
}
