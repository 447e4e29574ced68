namespace ClusterNet.Csv;

/// <summary>The header row held against the layout: where each known column stands, and what is wrong or unexpected.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> positions = [];

    internal CsvHeader(CsvLayout layout, IReadOnlyList<string> names, int line)
    {
        Layout = layout;
        Names = [.. names.Select(name => layout.Recognise(name) ?? name.Trim())];
        List<RowFault> faults = [];
        foreach (var twice in names.Select(CsvLayout.Key).Where(key => key != "").CountBy(key => key).Where(count => count.Value > 1))
            faults.Add(Duplicate(line, twice.Key));
        for (var i = Names.Count - 1; i >= 0; i--)
            positions[Names[i]] = i;
        var missing = layout.Required.Where(name => !positions.ContainsKey(name)).ToList();
        if (missing.Count > 0)
            faults.Add(Missing(line, missing));
        var unknown = Names.Where(name => name != "" && !layout.Knows(name)).Distinct().ToList();
        if (unknown.Count > 0)
            Notices = [new CsvNotice("csv-unknown-columns", $"Not read, because the layout does not know them: {Listed(unknown)}.")];
        Faults = faults;
    }

    internal CsvLayout Layout { get; }

    internal IReadOnlyList<string> Names { get; }

    internal IReadOnlyList<RowFault> Faults { get; }

    internal IReadOnlyList<CsvNotice> Notices { get; } = [];

    internal string NameAt(int field) => field < Names.Count ? Names[field] : "";

    /// <returns>Where the column stands, or null for an optional one that is not in the file.</returns>
    /// <exception cref="ArgumentException">The layout does not know the column: a bug of the caller.</exception>
    internal int? PositionOf(string column)
    {
        if (!Layout.Knows(column))
            throw new ArgumentException($"The layout has no column {column}.", nameof(column));
        return positions.TryGetValue(column, out var position) ? position : null;
    }

    private RowFault Duplicate(int line, string key)
    {
        var name = Names.First(n => CsvLayout.Key(n) == key);
        return new RowFault(line, name, name, "csv-duplicate-column", $"The header names the column {name} more than once.",
            "Keep one column of that name; upper case, spaces, underscores and hyphens make no difference.");
    }

    private RowFault Missing(int line, List<string> missing) => new(
        line, string.Join(", ", missing), null, "csv-missing-columns",
        missing.Count == 1
            ? $"The required column {missing[0]} is missing."
            : $"These required columns are missing: {string.Join(", ", missing)}.",
        $"Add them to the header. Found there: {Listed(Names.Where(name => name != "").ToList())}.");

    private static string Listed(List<string> names) =>
        string.Join(", ", names.Take(30).Select(name => name.Length > 40 ? name[..40] + "…" : name)) + (names.Count > 30 ? ", …" : "");
}
