using System.Security.Cryptography;
using System.Text;

namespace ClusterNet.EventStore;

/// <summary>Identities computed from names (RFC 9562 section 5.8, version 8 over SHA-256): the same names always give the same stream.</summary>
public static class NamedGuid
{
    /// <param name="kind">What is named, such as <c>membership</c>; keeps equal names of different kinds apart.</param>
    /// <param name="parts">The natural key, in a fixed order.</param>
    public static Guid Of(string kind, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder(kind);
        foreach (var part in parts) text.Append('\u001f').Append(part);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
