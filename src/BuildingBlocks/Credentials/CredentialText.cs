using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>A document that was read, or the first thing that is wrong with its text.</summary>
internal readonly record struct TextReading(JsonElement Root, CredentialFault? Fault);

/// <summary>
/// JSON of others, read so that no two readers can see two documents in it: I-JSON (RFC 7493), which names no member twice and holds no lone
/// surrogate, of a bounded size and depth.
/// </summary>
internal static class CredentialText
{
    public const int MaxSize = 256 * 1024;
    public const int MaxDepth = 64;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static TextReading Read(string text)
    {
        if (text.Length > MaxSize || Encoding.UTF8.GetByteCount(text) > MaxSize) return Wrong("too-large", "", $"The document is larger than {MaxSize / 1024} KiB.");
        try
        {
            return Read(Strict.GetBytes(text));
        }
        catch (EncoderFallbackException)
        {
            return Wrong("not-unicode", "", "The text is no valid Unicode.");
        }
    }

    public static TextReading Read(byte[] utf8)
    {
        if (utf8.Length > MaxSize) return Wrong("too-large", "", $"The document is larger than {MaxSize / 1024} KiB.");
        var walk = new Walk();
        try
        {
            var fault = walk.FirstFault(utf8);
            if (fault is not null) return new(default, fault);
            var root = JsonElement.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return root.ValueKind == JsonValueKind.Object ? new(root, null) : Wrong("not-an-object", "", "The document is no JSON object.");
        }
        catch (JsonException)
        {
            return Wrong("not-json", walk.Pointer, "The text is no well-formed JSON from here on.");
        }
        catch (InvalidOperationException)
        {
            return Wrong("not-unicode", walk.Pointer, "A string here is no valid Unicode.");
        }
    }

    private static TextReading Wrong(string code, string pointer, string message) => new(default, new(code, pointer, message));

    /// <summary>Goes over the tokens, knowing where it is.</summary>
    private sealed class Walk
    {
        private readonly Stack<Level> _levels = [];

        public string Pointer => string.Concat(_levels.Reverse().Select(l => l.Step).OfType<string>()
            .Select(step => $"/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));

        public CredentialFault? FirstFault(byte[] utf8)
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth + 2 });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) _levels.Pop();
                else if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (!_levels.Peek().Enter(reader.GetString() ?? "")) return new("member-twice", Pointer, "A member with this name stands here twice.");
                }
                else if (Value(ref reader) is { } fault) return fault;
            }

            return null;
        }

        private CredentialFault? Value(ref Utf8JsonReader reader)
        {
            if (_levels.TryPeek(out var level)) level.Next();
            if (reader.TokenType == JsonTokenType.String) _ = reader.GetString(); // throws where it is no Unicode
            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject)) return null;
            if (_levels.Count == MaxDepth) return new("too-deep", Pointer, $"The document is nested deeper than {MaxDepth} levels.");
            _levels.Push(new(reader.TokenType == JsonTokenType.StartObject));
            return null;
        }
    }

    private sealed class Level(bool isObject)
    {
        private readonly HashSet<string>? _names = isObject ? new(StringComparer.Ordinal) : null;
        private int _index = -1;

        /// <summary>The member or item that the walk is in; null before the first.</summary>
        public string? Step { get; private set; }

        public bool Enter(string name)
        {
            Step = name;
            return _names?.Add(name) ?? true;
        }

        public void Next()
        {
            if (_names is null) Step = (++_index).ToString(CultureInfo.InvariantCulture);
        }
    }
}
