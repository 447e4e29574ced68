using System.Text.Json.Serialization;

namespace ClusterNet.Web;

/// <summary>One wrong member of a request.</summary>
/// <param name="At">JSON pointer as a URI fragment, such as <c>#/lines/0/title</c> (RFC 6901 section 6, RFC 9457 section 3).</param>
/// <param name="Code">Kebab-case and stable.</param>
/// <param name="Detail">What is expected.</param>
public sealed record Fault([property: JsonPropertyName("pointer")] string At, string Code, string Detail)
{
    /// <summary>What the detail names, such as the least and the most: for the same sentence in another language.</summary>
    [JsonIgnore]
    public IReadOnlyList<object?> Values { get; init; } = [];

    /// <summary>A member that nobody reads.</summary>
    public static Fault UnknownMember(string member) => JsonFaults.Unknown(member, "#");
}
