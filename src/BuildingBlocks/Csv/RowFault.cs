namespace ClusterNet.Csv;

/// <summary>What is wrong with one row or one cell, where, and what to do about it.</summary>
/// <param name="Line">The physical line, from 1, on which the row begins, or on which a quote was opened that is never closed.</param>
/// <param name="Column">The column's name as the layout has it; several, with commas, when columns are missing; or empty.</param>
/// <param name="Value">What was found, at most 80 characters of it; null when there is nothing to show.</param>
/// <param name="Code">Kebab-case and stable: callers may branch on it.</param>
/// <param name="Reason">What is wrong, as a sentence.</param>
/// <param name="Remedy">What to do next, as a sentence.</param>
public sealed record RowFault(int Line, string Column, string? Value, string Code, string Reason, string Remedy)
{
    private const int LongestEcho = 80;

    public string? Value { get; init; } = Clip(Value);

    private static string? Clip(string? value)
    {
        if (value is null || value.Length <= LongestEcho)
            return value;
        // A surrogate pair is not cut in half: half a character is not valid JSON text.
        var end = char.IsHighSurrogate(value[LongestEcho - 2]) ? LongestEcho - 2 : LongestEcho - 1;
        return value[..end] + "…";
    }
}

/// <summary>Something a reader of the file should know that keeps no row out, such as a column nobody asked for.</summary>
public sealed record CsvNotice(string Code, string Text);
