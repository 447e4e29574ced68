namespace ClusterNet.Csv;

/// <summary>
/// The columns a file may have. Header names match ignoring case, spaces, underscores and hyphens:
/// <c>Registration No</c> is <c>registration_no</c>.
/// </summary>
public sealed class CsvLayout
{
    private readonly Dictionary<string, string> namesByKey = [];

    /// <param name="required">Columns without which the file is refused.</param>
    /// <param name="optional">Columns read if there; a cell of an absent one is empty.</param>
    public CsvLayout(IReadOnlyList<string> required, IReadOnlyList<string>? optional = null)
    {
        Required = required;
        Optional = optional ?? [];
        foreach (var name in Required.Concat(Optional))
        {
            if (!namesByKey.TryAdd(Key(name), name))
                throw new ArgumentException($"The column {name} is named twice in the layout.", nameof(required));
        }
    }

    public IReadOnlyList<string> Required { get; }

    public IReadOnlyList<string> Optional { get; }

    /// <summary>The layout's own spelling of a header name, or null for a column it does not know.</summary>
    internal string? Recognise(string header) => namesByKey.GetValueOrDefault(Key(header));

    internal bool Knows(string column) => namesByKey.TryGetValue(Key(column), out var name) && name == column;

    internal static string Key(string header) =>
        string.Concat(header.Where(c => c is not ('_' or '-') && !char.IsWhiteSpace(c))).ToUpperInvariant();
}
