using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClusterNet.Tlog;

namespace ClusterNet.Ledger;

/// <summary>
/// What the log commits to for one event (frozen): <c>header</c> is JCS of every stored column, <c>commitment = HMAC-SHA256(salt, header)</c>,
/// <c>entry = "clusternet.event/v1\n" || commitment</c>, and the leaf is RFC 6962's. The header holds hashes of the data and of the envelopes,
/// never a key or a text of a person, so it outlives every erasure.
/// </summary>
public static class EventSeal
{
    public const int SaltSize = 32;
    private const string Raw = "raw:";
    private static readonly byte[] Prefix = "clusternet.event/v1\n"u8.ToArray();

    /// <summary>52 bytes: what the public log holds of an event.</summary>
    public static byte[] Entry(ReadOnlySpan<byte> commitment) => [.. Prefix, .. commitment];

    public static byte[] Commitment(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> header) => HMACSHA256.HashData(salt, header);

    public static byte[] LeafHash(ReadOnlySpan<byte> commitment) => MerkleTree.LeafHash(Entry(commitment));

    /// <summary>The header: members in JCS order (RFC 8785 section 3.2.3), nulls explicit.</summary>
    public static byte[] Header(StoredEvent e)
    {
        var json = new ArrayBufferWriter<byte>(640);
        Text(json, "{\"at\":", e.At);
        Text(json, ",\"bdata\":", e.Bdata is null ? null : Hash(e.Bdata));
        Text(json, ",\"data\":", DataHash(e.Data));
        Text(json, ",\"dotnet\":", e.DotnetType);
        Text(json, ",\"id\":", e.Id.ToString("D"));
        Text(json, ",\"meta\":", MetaHash(e));
        json.Write(",\"pii\":["u8);
        var first = true;
        foreach (var p in e.Envelopes.OrderBy(p => p.Subject.ToString("D"), StringComparer.Ordinal).ThenBy(p => p.KeyClass, StringComparer.Ordinal))
        {
            Text(json, first ? "{\"class\":" : ",{\"class\":", p.KeyClass);
            Text(json, ",\"ct\":", Convert.ToBase64String(p.Ct));
            Text(json, ",\"kc\":", Convert.ToBase64String(p.Kc));
            Text(json, ",\"sub\":", p.Subject.ToString("D"));
            json.Write("}"u8);
            first = false;
        }

        Text(json, "],\"stream\":", e.Stream?.ToString("D"));
        Text(json, ",\"type\":", e.Type);
        json.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"v\":1,\"ver\":{e.Version}}}")));
        return json.WrittenSpan.ToArray();
    }

    /// <summary>SHA-256 of the data's canonical form; of its text as stored, marked so, where a foreign writer's numbers have none.</summary>
    private static string DataHash(byte[] data) => Jcs.Canonical(data) is { } canonical ? Hash(canonical) : Raw + Hash(data);

    /// <summary>SHA-256 of JCS of the metadata columns; headers without a canonical form enter as a string of their text, and the hash is marked.</summary>
    private static string MetaHash(StoredEvent e)
    {
        var json = new ArrayBufferWriter<byte>(256);
        Text(json, "{\"causation_id\":", e.CausationId);
        Text(json, ",\"correlation_id\":", e.CorrelationId);
        json.Write(",\"headers\":"u8);
        var headers = e.Headers is null ? "null"u8.ToArray() : Jcs.Canonical(e.Headers);
        if (headers is not null) json.Write(headers);
        else Jcs.WriteString(Encoding.UTF8.GetString(e.Headers!), json); // only headers that are there can have no canonical form
        Text(json, ",\"tenant_id\":", e.TenantId);
        Text(json, ",\"user_name\":", e.UserName);
        json.Write("}"u8);
        return (headers is null ? Raw : "") + Hash(json.WrittenSpan);
    }

    private static void Text(ArrayBufferWriter<byte> json, string before, string? value)
    {
        var length = Encoding.UTF8.GetBytes(before, json.GetSpan(before.Length * 3));
        json.Advance(length);
        if (value is null) json.Write("null"u8);
        else Jcs.WriteString(value, json);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(SHA256.HashData(bytes));
}

/// <summary>All columns of a stored event that history consists of, and the commitments of its envelopes.</summary>
/// <param name="At">UTC with microseconds, such as <c>2026-03-01T09:30:00.000000Z</c>.</param>
/// <param name="Data">The jsonb as text, in UTF-8.</param>
public sealed record StoredEvent(
    long SeqId, Guid Id, Guid? Stream, long Version, byte[] Data, byte[]? Bdata, string Type, string At, string? TenantId, string? DotnetType,
    string? CorrelationId, string? CausationId, byte[]? Headers, string? UserName)
{
    public IReadOnlyList<EnvelopeCommitment> Envelopes { get; init; } = [];
}

/// <summary>What is known for ever of one person's members of one event: hashes of the ciphertext and of the key.</summary>
public sealed record EnvelopeCommitment(Guid Subject, string KeyClass, byte[] Ct, byte[] Kc);
