using System.Globalization;

namespace ClusterNet.Csv;

public sealed partial class CsvRow
{
    private const int ListMax = 1_000;

    /// <summary>A text that must be there, trimmed and in Unicode normal form C.</summary>
    public string Text(string column, int max = 200) => IsMissing(column) ? "" : OptionalText(column, max) ?? "";

    /// <summary>A text, or null if the cell is empty.</summary>
    public string? OptionalText(string column, int max = 200)
    {
        var text = Cell(column);
        return text.Length switch
        {
            0 => null,
            var length when length > max => Faulty<string?>(column, null, "cell-too-long",
                $"The text has {length} characters; {max} are allowed.", "Shorten it."),
            _ => text,
        };
    }

    /// <summary>One of the allowed values, in the spelling of <paramref name="allowed"/>; case does not matter.</summary>
    public string OneOf(string column, IReadOnlyCollection<string> allowed) =>
        IsMissing(column) ? "" : OptionalOneOf(column, allowed) ?? "";

    /// <summary>One of the allowed values, or null if the cell is empty.</summary>
    public string? OptionalOneOf(string column, IReadOnlyCollection<string> allowed)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return null;
        return allowed.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? Faulty<string?>(
                column, null, "cell-not-allowed", $"The value is none of those allowed for {column}.", NearMatches.Advice(text, allowed));
    }

    /// <summary>An e-mail address, in lower case: two spellings of one address must not become two people.</summary>
    public string Email(string column) => IsMissing(column) ? "" : OptionalEmail(column) ?? "";

    /// <summary>An e-mail address, or null if the cell is empty.</summary>
    public string? OptionalEmail(string column)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return null;
        return IsEmail(text)
            ? text.ToLowerInvariant()
            : Faulty<string?>(column, null, "cell-not-an-email", "This is not an e-mail address.", "Write it like name@firm.example.");
    }

    /// <summary>The parts of a cell, trimmed, without empty and repeated ones.</summary>
    public IReadOnlyList<string> List(string column, char separator = ';')
    {
        var parts = Cell(column)
            .Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .ToList();
        return parts.Count <= ListMax
            ? parts
            : Faulty<IReadOnlyList<string>>(
                column, [], "cell-list-too-long", $"The list has {parts.Count} entries; {ListMax} are allowed.", "Shorten it.");
    }

    /// <summary>A list of e-mail addresses, in lower case. One bad address faults the cell; the good ones are returned.</summary>
    public IReadOnlyList<string> EmailList(string column, char separator = ';')
    {
        var parts = List(column, separator);
        foreach (var bad in parts.Where(part => !IsEmail(part)).Take(1))
        {
            faults.Add(new RowFault(Line, column, bad, "cell-not-an-email", "One entry of the list is not an e-mail address.",
                $"Write each like name@firm.example, with {separator} between them."));
        }

        return [.. parts.Where(IsEmail).Select(part => part.ToLowerInvariant()).Distinct()];
    }

    /// <summary>An absolute http or https address, or null if the cell is empty.</summary>
    public Uri? OptionalWebAddress(string column)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : Faulty<Uri?>(
                column, null, "cell-not-a-web-address", "This is not a web address.", "Write it in full, like https://firm.example.");
    }

    // Who may receive mail is known only by sending some. This keeps out what is no address at all; letters beyond ASCII are allowed.
    private static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at is < 1 or > 64 || text.Length > 254 || text.IndexOf('@') != at)
            return false;
        var labels = text[(at + 1)..].Split('.');
        return labels.Length > 1
            && labels.All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsLetterOrDigit(c) || c == '-'))
            && !text[..at].StartsWith('.') && text[at - 1] != '.' && !text.Contains("..", StringComparison.Ordinal)
            && text[..at].All(IsLocalPart);
    }

    private static bool IsLocalPart(char c) =>
        char.IsLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
