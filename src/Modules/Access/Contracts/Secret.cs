using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ClusterNet.Access.Contracts;

/// <summary>
/// A random secret of 256 bits, shown once and kept as SHA-256: it needs no slow hash, because it cannot be guessed
/// (OWASP ASVS 5.0, 11.4: password hashing is for secrets with low entropy).
/// </summary>
public sealed record Secret(string Text, byte[] Hash)
{
    /// <param name="prefix">Says what the secret is for when one is found where it should not be.</param>
    public static Secret New(string prefix)
    {
        var text = prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new(text, HashOf(text));
    }

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
