namespace ClusterNet.Csv;

/// <summary>
/// One row. Its readers never throw for what the file says: they collect a fault and return an empty value, so that a row is read to
/// its end and all its faults are shown at once. Look at <see cref="IsSound"/> after the last reader. A row whose shape is broken
/// carries that one fault, and its readers return empty values and add nothing.
/// </summary>
public sealed partial class CsvRow
{
    private readonly CsvHeader header;
    private readonly string[] cells;
    private readonly List<RowFault> faults = [];
    private readonly bool isBroken;

    internal CsvRow(CsvHeader header, int line, string[] cells, RowFault? flaw)
    {
        (this.header, Line, this.cells, isBroken) = (header, line, cells, flaw is not null);
        if (flaw is not null)
            faults.Add(flaw);
    }

    /// <summary>The physical line, from 1, on which the row begins.</summary>
    public int Line { get; }

    public IReadOnlyList<RowFault> Faults => faults;

    public bool IsSound => faults.Count == 0;

    /// <summary>Whether the file has the column at all.</summary>
    public bool Has(string column) => header.PositionOf(column) is not null;

    /// <summary>The cell exactly as written, quotes undone. Empty for an optional column that is not there, and on a broken row.</summary>
    public string Raw(string column) => header.PositionOf(column) is { } at && !isBroken ? cells[at] : "";

    /// <summary>A fault the caller found, by rules this reader cannot know.</summary>
    public void Refuse(string column, string code, string reason, string remedy)
    {
        if (!isBroken)
            faults.Add(new RowFault(Line, column, Raw(column), code, reason, remedy));
    }

    /// <summary>The same for a value that should have been one of <paramref name="known"/>: the remedy names what was probably meant.</summary>
    public void RefuseUnknown(string column, string code, string reason, IReadOnlyCollection<string> known) =>
        Refuse(column, code, reason, NearMatches.Advice(Cell(column), known));

    // Composed and decomposed accents must compare equal; a broken row, which may hold half a character, never comes this far.
    private string Cell(string column) => Raw(column).Trim().Normalize();

    private T Faulty<T>(string column, T empty, string code, string reason, string remedy)
    {
        Refuse(column, code, reason, remedy);
        return empty;
    }

    private bool IsMissing(string column)
    {
        if (isBroken)
            return true;
        if (Cell(column).Length > 0)
            return false;
        Refuse(column, "cell-empty", $"The cell {column} is empty.", "Fill it in.");
        return true;
    }
}
