using ClusterNet.EventStore;

namespace ClusterNet.Web;

/// <summary>What to send where a value of a type is expected, in words for the caller.</summary>
internal static class Expectations
{
    private const string Uuid = "a UUID such as 0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f";
    private const string Number = "a whole number";
    private const string Instant = "an instant with its offset such as 2026-05-31T09:30:00Z";

    private static readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal)
    {
        ["System.Guid"] = Uuid,
        ["System.Byte"] = Number,
        ["System.Int16"] = Number,
        ["System.Int32"] = Number,
        ["System.Int64"] = Number,
        ["System.Boolean"] = "true or false",
        ["System.String"] = "text",
        ["System.Uri"] = "a URL",
        ["System.DateOnly"] = "a day such as 2026-05-31",
        ["System.TimeOnly"] = "a time such as 09:30",
        ["System.DateTime"] = Instant,
        ["System.DateTimeOffset"] = Instant,
    };

    public static string Of(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsAssignableTo(typeof(IId)) ? Uuid
            : bare.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(bare))}"
            : OfName(bare.FullName ?? bare.Name);
    }

    /// <summary>By the name in a JSON exception, which may be <c>System.Nullable`1[System.Int32]</c>.</summary>
    public static string OfName(string fullName)
    {
        const string nullable = "System.Nullable`1[";
        var bare = fullName.StartsWith(nullable, StringComparison.Ordinal) ? fullName[nullable.Length..].TrimEnd(']') : fullName;
        return _byName.TryGetValue(bare, out var known) ? known
            : bare.EndsWith("[]", StringComparison.Ordinal) || bare.StartsWith("System.Collections.", StringComparison.Ordinal)
                ? "a list or map"
            : "another kind of value";
    }
}
