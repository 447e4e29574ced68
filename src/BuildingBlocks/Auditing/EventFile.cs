using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClusterNet.Ledger;

namespace ClusterNet.Auditing;

/// <summary>What <c>GET /api/v1/audit/events/{id}</c> answered, held against the header that was sealed: whoever shows the file may have changed any member.</summary>
internal static class EventFile
{
    private const string Raw = "raw:";

    /// <summary>The file's members and the header's, where both say the same in clear.</summary>
    private static readonly (string Member, string InHeader, string Name)[] Clear =
        [("id", "id", "id"), ("stream", "stream", "stream"), ("version", "ver", "version"), ("type", "type", "type"), ("at", "at", "time")];

    /// <returns>The names of what the header proves of the file.</returns>
    /// <exception cref="LogFaultException">A member is not the header's.</exception>
    /// <exception cref="JsonException">One of the two is no such document.</exception>
    public static IReadOnlyList<string> Proved(JsonElement file, string header)
    {
        using var parsed = JsonDocument.Parse(header, new() { AllowDuplicateProperties = false });
        var sealedHeader = parsed.RootElement;
        foreach (var (member, inHeader, _) in Clear)
        {
            if (Text(file, member) is var said && Text(sealedHeader, inHeader) is var stands && said != stands)
                throw new LogFaultException($"The file's {member} is {said}, but the sealed header's is {stands}.");
        }

        var names = Clear.Select(c => c.Name);
        return [.. IsData(file, Text(sealedHeader, "data").Trim('"')) ? names.Append(ProvenEntry.Data) : names];
    }

    /// <returns>false where the data has no canonical form, so that its hash cannot be made from JSON.</returns>
    private static bool IsData(JsonElement file, string hash)
    {
        var canonical = file.TryGetProperty("data", out var data) ? Jcs.Canonical(Encoding.UTF8.GetBytes(data.GetRawText())) : [];
        if (canonical is null && hash.StartsWith(Raw, StringComparison.Ordinal)) return false;
        return canonical is not null && Convert.ToBase64String(SHA256.HashData(canonical)) == hash
            ? true
            : throw new LogFaultException("The file's data is not the data whose hash is in the sealed header.");
    }

    /// <summary>As it stands in the JSON, unescaped; a member that is missing says null.</summary>
    private static string Text(JsonElement node, string member)
    {
        if (!node.TryGetProperty(member, out var value)) return "null";
        return value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText();
    }
}
