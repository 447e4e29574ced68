using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Ledger;

namespace ClusterNet.Auditing;

/// <summary>What a proof is about: an event's commitment, and its header where that is shown too.</summary>
/// <param name="Header">The event's canonical header; null where only the commitment is known.</param>
/// <param name="Position">Where the event is said to be in the log; null where nothing is said.</param>
public sealed record ProvenEntry(byte[] Commitment, string? Header, long? Position)
{
    public byte[] LeafHash => EventSeal.LeafHash(Commitment);

    public static ProvenEntry OfCommitment(string hex) => new(Hash("--commitment", hex), null, null);

    /// <param name="header">Exactly as the log sealed it; a newline after it is not part of it.</param>
    public static ProvenEntry OfHeader(string header, string salt)
    {
        var text = header.TrimEnd('\r', '\n');
        return new(EventSeal.Commitment(Hash("--salt", salt), Encoding.UTF8.GetBytes(text)), text, null);
    }

    /// <summary>Reads what <c>GET /api/v1/audit/events/{id}</c> answered; its members must belong together.</summary>
    /// <exception cref="LogFaultException">They do not.</exception>
    public static ProvenEntry OfEvent(string json)
    {
        try
        {
            var node = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("it is no object");
            var commitment = Hash("commitment", Text(node, "commitment") ?? throw new JsonException("it has no commitment"));
            var entry = new ProvenEntry(commitment, Text(node, "header"), (long?)node["position"]);
            if (Text(node, "leafHash") is { } leaf && !Hash("leafHash", leaf).AsSpan().SequenceEqual(entry.LeafHash)) throw new LogFaultException("The leaf hash is not that of the commitment.");
            if (entry.Header is not { } header || Text(node, "salt") is not { } salt) return entry with { Header = null };
            return OfHeader(header, salt).Commitment.AsSpan().SequenceEqual(commitment) ? entry : throw new LogFaultException("The commitment is not that of the header with this salt.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CannotAuditException($"The event's file is not what GET /api/v1/audit/events/{{id}} answers: {e.Message}", e);
        }
    }

    private static string? Text(JsonObject node, string member) => (string?)node[member];

    private static byte[] Hash(string what, string hex)
    {
        try
        {
            if (Convert.FromHexString(hex.Trim()) is { Length: 32 } bytes) return bytes;
        }
        catch (FormatException)
        {
            // Told below.
        }

        throw new CannotAuditException($"{what} takes 32 bytes as 64 hexadecimal digits.");
    }
}
