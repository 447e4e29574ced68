using System.Text;
using System.Text.Json;
using ClusterNet.Ledger;

namespace ClusterNet.Auditing;

/// <summary>What a proof is about: an event's commitment, and its header where that is shown too.</summary>
/// <param name="Header">The event's canonical header; null where only the commitment is known.</param>
/// <param name="Position">Where the event is said to be in the log; null where nothing is said.</param>
public sealed record ProvenEntry(byte[] Commitment, string? Header, long? Position)
{
    /// <summary>The member that a proof of a whole event proves too, if it has a canonical form.</summary>
    public const string Data = "data";

    /// <summary>What of the event's file the header proves; null where there is no such file.</summary>
    public IReadOnlyList<string>? Proved { get; private init; }

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
    /// <exception cref="CannotAuditException">It is no such answer, or has no header or salt: then it says nothing that can be proved of the event.</exception>
    public static ProvenEntry OfEvent(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
            var file = document.RootElement;
            var (header, salt, commitment) = (Text(file, "header"), Text(file, "salt"), Hash("commitment", Text(file, "commitment")));
            var entry = OfHeader(header, salt) with { Position = file.TryGetProperty("position", out var position) ? position.GetInt64() : null };
            if (!entry.Commitment.AsSpan().SequenceEqual(commitment)) throw new LogFaultException("The commitment is not that of the header with this salt.");
            if (file.TryGetProperty("leafHash", out var leaf) && !Hash("leafHash", leaf.GetString() ?? "").AsSpan().SequenceEqual(entry.LeafHash))
                throw new LogFaultException("The leaf hash is not that of the commitment.");
            return entry with { Proved = EventFile.Proved(file, header) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new CannotAuditException($"The event's file is not what GET /api/v1/audit/events/{{id}} answers: {e.Message}", e);
        }
    }

    private static string Text(JsonElement file, string member) => file.TryGetProperty(member, out var value) && value.GetString() is { } text
        ? text
        : throw new CannotAuditException($"The event's file has no {member}, so nothing of the event can be proved. Ask for the whole file; --commitment proves the place of a commitment alone.");

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
