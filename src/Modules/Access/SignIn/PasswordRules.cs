using ClusterNet.Web;

namespace ClusterNet.Access.SignIn;

/// <summary>
/// Which passwords are too easy to guess: length counts, not the mix of characters (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5.0, 6.2). A pure check.
/// </summary>
internal static class PasswordRules
{
    public const int MinLength = 12, MaxLength = 200;

    private const int FewCharacters = 4, ShortestWord = 4;
    private const string Product = "clusternet";

    private static readonly string[] Rows = ["qwertzuiopü", "qwertyuiop", "azertyuiop", "asdfghjklöä", "yxcvbnm", "zxcvbnm", "01234567890", "1qaz2wsx3edc4rfv5tgb6zhn"];

    private static readonly Dictionary<char, char> Leet = new()
    {
        ['0'] = 'o',
        ['1'] = 'l',
        ['3'] = 'e',
        ['4'] = 'a',
        ['5'] = 's',
        ['7'] = 't',
        ['8'] = 'b',
        ['9'] = 'g',
        ['@'] = 'a',
        ['$'] = 's',
        ['!'] = 'i',
    };

    /// <summary>What is wrong with a password.</summary>
    /// <param name="Code">Stable; the pages' text for it is <c>Password-{Code}</c>.</param>
    internal sealed record Weakness(string Code, string Text);

    public static readonly Weakness
        Missing = new("required", "A password is needed here."),
        TooShort = new("too-short", $"At least {MinLength} characters are needed. Several words in a row are long and easy to keep in mind."),
        TooLong = new("too-long", $"At most {MaxLength} characters are possible."),
        Unstorable = new("unstorable-text", "This holds characters that cannot be stored, such as NUL. Leave them out."),
        Repeats = new("password-repeats", "The same few characters or the same word over and over are guessed at once. Take several different words."),
        Sequence = new("password-sequence", "Rows of the keyboard, of digits or of the alphabet are guessed at once. Take several different words."),
        Common = new("password-common", "This password, or one very much like it, is on lists of stolen passwords that are tried first. Take several words that do not belong together."),
        Personal = new("password-personal", "A password with your name, your address or this network's name in it is tried first. Take words that have nothing to do with you.");

    /// <param name="about">The person's address and name, where they are known.</param>
    public static Weakness? FaultOf(string? password, params IEnumerable<string?> about)
    {
        if (string.IsNullOrWhiteSpace(password)) return Missing;
        if (!StorableText.Is(password)) return Unstorable;
        var length = password.EnumerateRunes().Count();
        if (length is < MinLength or > MaxLength) return length < MinLength ? TooShort : TooLong;
        var plain = password.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();
        if (IsRepeated(plain)) return Repeats;
        if (IsSequence(plain)) return Sequence;
        if (Likenesses(plain).Any(CommonPasswords.Contain)) return Common;
        return WordsOf(about).Append(Product).Any(w => Likenesses(plain).Any(l => l.Contains(w, StringComparison.Ordinal))) ? Personal : null;
    }

    /// <summary>A handful of characters, or one short unit again and again.</summary>
    private static bool IsRepeated(string text)
    {
        if (text.Distinct().Count() <= FewCharacters) return true;
        return Enumerable.Range(1, text.Length / 2).Any(unit => Enumerable.Range(unit, text.Length - unit).All(i => text[i] == text[i - unit]));
    }

    /// <summary>Three of four steps go to a neighbour in the alphabet or on the keyboard, or stay.</summary>
    private static bool IsSequence(string text) => Enumerable.Range(1, text.Length - 1).Count(i => AreNeighbours(text[i - 1], text[i])) * 4 >= (text.Length - 1) * 3;

    private static bool AreNeighbours(char first, char second) => Math.Abs(first - second) <= 1
        || Rows.Any(row => row.IndexOf(first, StringComparison.Ordinal) is >= 0 and var at && ((at + 1 < row.Length && row[at + 1] == second) || (at > 0 && row[at - 1] == second)));

    /// <summary>The password as it is and with the usual disguises taken off: digits and signs around it, digits for letters, spaces between.</summary>
    private static IEnumerable<string> Likenesses(string plain)
    {
        var core = plain.Trim([.. plain.Where(c => !char.IsLetter(c)).Distinct()]);
        string[] forms = [plain, core, Unleet(plain), Unleet(core), Unleet(core).Replace('l', 'i')];
        return forms.Concat(forms.Select(f => string.Concat(f.Where(char.IsLetterOrDigit)))).Where(f => f.Length > 0).Distinct();
    }

    private static string Unleet(string text) => string.Concat(text.Select(c => Leet.GetValueOrDefault(c, c)));

    private static IEnumerable<string> WordsOf(IEnumerable<string?> about) => about.OfType<string>()
        .SelectMany(text => text.ToLowerInvariant().Split([' ', '.', '-', '_', '+', '@', ',', '\''], StringSplitOptions.RemoveEmptyEntries).Append(text.ToLowerInvariant()))
        .Where(word => word.Length >= ShortestWord);
}
