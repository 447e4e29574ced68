namespace ClusterNet.Csv;

/// <summary>Finds the delimiter from the first line that says anything.</summary>
internal static class CsvDelimiter
{
    internal static readonly IReadOnlyList<char> Supported = [',', ';', '\t', '|'];

    /// <summary>
    /// The delimiter under which most header names are known; if that is a draw, the one that stands most often outside quotes; if that is
    /// a draw too, the first of <see cref="Supported"/>.
    /// </summary>
    internal static char Detect(ReadOnlySpan<char> text, CsvLayout layout)
    {
        var header = FirstLine(text);
        return Supported
            .Select(delimiter => (delimiter, names: Split(header, delimiter)))
            .OrderByDescending(c => c.names.Count(name => layout.Recognise(name) is not null))
            .ThenByDescending(c => c.names.Count)
            .First().delimiter;
    }

    private static string FirstLine(ReadOnlySpan<char> text)
    {
        var start = 0;
        var inQuotes = false;
        for (var i = 0; i < text.Length; i++)
        {
            inQuotes ^= text[i] == '"';
            if (inQuotes || text[i] is not ('\r' or '\n'))
                continue;
            if (!IsBlank(text[start..i]))
                return text[start..i].ToString();
            start = i + 1;
        }

        return text[start..].ToString();
    }

    private static bool IsBlank(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if (!char.IsWhiteSpace(c) && !Supported.Contains(c))
                return false;
        }

        return true;
    }

    private static List<string> Split(string header, char delimiter)
    {
        List<string> names = [];
        var start = 0;
        var inQuotes = false;
        for (var i = 0; i <= header.Length; i++)
        {
            if (i < header.Length && (inQuotes ^= header[i] == '"'))
                continue;
            if (i < header.Length && header[i] != delimiter)
                continue;
            names.Add(header[start..i].Trim('"', ' '));
            start = i + 1;
        }

        return names;
    }
}
