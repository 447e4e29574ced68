using System.Globalization;
using System.Security.Cryptography;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>
/// A credential's number, such as <c>CN-2026-7F3K-9Q2M-X</c>: the year of issue, 40 random bits in Crockford's base 32, and a check
/// character.
/// </summary>
/// <remarks>
/// The check character makes the weighted sum of all characters zero in the field of 32 elements (x^5 + x^2 + 1), with the powers of a
/// generator as weights: no single wrong character and no two swapped neighbours (nor any other two) can go unnoticed.
/// </remarks>
internal sealed record CredentialNumber(string Text)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Prefix = "CN";
    private const int RandomLength = 8;
    private const int Polynomial = 0b100101;

    public static CredentialNumber New(DateTimeOffset issuedAt)
    {
        var year = issuedAt.UtcDateTime.Year.ToString("0000", CultureInfo.InvariantCulture);
        return Of(year + RandomNumberGenerator.GetString(Alphabet, RandomLength));
    }

    /// <summary>Reads what somebody typed: case, hyphens and blanks do not matter, O is 0, and I and L are 1.</summary>
    /// <returns>Null when it is no number of ours: a character is wrong, missing or misplaced.</returns>
    public static CredentialNumber? Read(string typed)
    {
        var text = typed.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (text.Length != Prefix.Length + 4 + RandomLength + 1 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var symbols = text[Prefix.Length..].Replace('O', '0').Replace('I', '1').Replace('L', '1');
        if (!symbols.All(Alphabet.Contains)) return null;
        var number = Of(symbols[..^1]);
        return number.Text[^1] == symbols[^1] ? number : null;
    }

    private static CredentialNumber Of(string symbols) =>
        new($"{Prefix}-{symbols[..4]}-{symbols[4..8]}-{symbols[8..]}-{Alphabet[Check(symbols)]}");

    // Horner's rule: the character before the check character weighs a, the one before that a squared, and so on; the check character
    // itself weighs 1.
    private static int Check(string symbols) => symbols.Aggregate(0, (sum, symbol) => TimesGenerator(sum ^ Alphabet.IndexOf(symbol)));

    private static int TimesGenerator(int value) => (value & 0b10000) == 0 ? value << 1 : (value << 1) ^ Polynomial;
}
