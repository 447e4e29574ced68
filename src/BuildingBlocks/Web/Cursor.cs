using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterNet.Web;

/// <summary>
/// Where a page ends: the sort key of its last row, opaque to callers. The checksum ties it to the list's path and finds slips and
/// tampering; it is no secret, as a cursor grants nothing that the query itself would not.
/// </summary>
internal static class Cursor
{
    private const int ChecksumLength = 6;
    private const int LongestText = 2000;

    private static readonly JsonSerializerOptions _json = new()
    {
        IncludeFields = true, // value tuples have fields
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
        // Whoever makes up a cursor may write an instant in any zone.
        Converters = { new StorableTextConverter(), new InstantConverter() },
    };

    public static string Encode<TKey>(string path, TKey key)
        where TKey : struct
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(key, _json);
        return Base64Url.EncodeToString([.. Checksum(path, payload), .. payload]);
    }

    public static TKey Decode<TKey>(string path, string cursor)
        where TKey : struct
    {
        try
        {
            var bytes = cursor.Length > LongestText ? [] : Base64Url.DecodeFromChars(cursor);
            var payload = bytes.AsSpan(Math.Min(ChecksumLength, bytes.Length));
            if (payload.Length > 0 && bytes.AsSpan().StartsWith(Checksum(path, payload)))
            {
                return JsonSerializer.Deserialize<TKey>(payload, _json);
            }
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            // The same answer as to a wrong checksum.
        }

        throw new RefusedRequestException(
            400,
            "malformed-cursor",
            "This cursor is not one of this list; take it unchanged from 'next' or the Link header, or start without.");
    }

    private static byte[] Checksum(string path, ReadOnlySpan<byte> payload) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(path), 0, .. payload])[..ChecksumLength];
}
