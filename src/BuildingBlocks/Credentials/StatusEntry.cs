using System.Globalization;
using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>Where a credential's status stands (Bitstring Status List 1.0, section 2.1).</summary>
internal sealed record StatusEntry(string Purpose, long Index, Uri List, string ListText, bool HasSize)
{
    public const string Type = "BitstringStatusListEntry";

    /// <returns>null for an entry that <see cref="Check"/> finds fault with, and for one of another type.</returns>
    public static StatusEntry? Read(JsonElement entry) =>
        entry.HasType(Type) && entry.Text("statusPurpose") is { Length: > 0 } purpose && IndexOf(entry) is { } index
        && entry.Text("statusListCredential") is { } list && Urls.Https(list) is { } url
            ? new(purpose, index, url, list, entry.Member("statusSize") is { } size && !(size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var bits) && bits == 1))
            : null;

    public static void Check(Faults faults, JsonElement entry, string at)
    {
        faults.Text(entry, "statusPurpose", at);
        faults.Url(entry, "statusListCredential", at);
        if (IndexOf(entry) is null) faults.Add("status-index", $"{at}/statusListIndex", "The index is a whole number from 0 on, written as a text.");
        if (entry.Text("id") is { } id && id == entry.Text("statusListCredential")) faults.Add("status-id", $"{at}/id", "A status entry is not its list: the two have different ids.");
    }

    private static long? IndexOf(JsonElement entry) =>
        entry.Text("statusListIndex") is { Length: > 0 and <= 18 } text && text.All(char.IsAsciiDigit) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
