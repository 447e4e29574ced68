using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ClusterNet.Tests.Access;

/// <summary>What an authenticator app shows (RFC 6238 with SHA-1, 30 seconds, six digits).</summary>
internal static class AppCodes
{
    private static readonly ConcurrentDictionary<string, long> Begun = new();

    /// <param name="steps">
    /// 0 for the code of when this secret's code was first asked for, -1 for the one before: half a minute may end in the middle of a test, and a code that
    /// was used must stay the one that was used.
    /// </param>
    public static string Of(string secret, int steps = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, Begun.GetOrAdd(secret, _ => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + steps);
#pragma warning disable CA5350 // RFC 6238's default, which the apps use
        var hash = HMACSHA1.HashData(Base32(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
