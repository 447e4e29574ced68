using System.Diagnostics;
using System.Runtime.CompilerServices;
using CsvHelper;

namespace ClusterNet.Csv;

/// <summary>
/// A CSV file read as a stream. Encoding and delimiter are found out; rows come one by one, each with the physical line it begins on;
/// what is wrong with a row is a fault of that row and never ends the reading.
/// <code>
/// using var file = await CsvFile.OpenAsync(stream, new CsvLayout(["name", "email"], ["website"]), ct);
/// await foreach (var row in file.ReadAsync(ct)) { var name = row.Text("name"); … if (row.IsSound) … }
/// </code>
/// </summary>
public sealed class CsvFile : IDisposable
{
    private static readonly CsvHeader NoHeader = new(new CsvLayout([]), [], 1);

    private readonly DecodedText text;
    private readonly RecordGuard guard;
    private readonly CsvReader parser;
    private CsvHeader header = NoHeader;
    private bool isRead;

    private CsvFile(DecodedText text, RecordGuard guard)
    {
        (this.text, this.guard) = (text, guard);
        parser = CsvReader.Create(guard, new CsvReaderOptions
        {
            Separator = guard.Delimiter,
            // The header is held against the layout here; blank lines, sizes and quotes are the guard's affair.
            HasHeader = false,
            SkipEmptyLines = false,
            BufferSize = DecodedText.BufferBytes,
        });
    }

    /// <summary>What is wrong with the file as a whole. If there is anything, no rows are read.</summary>
    public IReadOnlyList<RowFault> Faults { get; private set; } = [];

    /// <summary>What was odd but harmless. Complete only after the last row: a late stray byte is noticed when it is met.</summary>
    public IReadOnlyList<CsvNotice> Notices => text.Repaired == 0
        ? header.Notices
        : [.. header.Notices, new CsvNotice("csv-mixed-encoding",
            $"Bytes that are not UTF-8 were read as Windows-1252, in {text.Repaired} places. Check the accented letters.")];

    public char Delimiter => guard.Delimiter;

    /// <summary>The encoding as first detected: <c>utf-8</c>, <c>utf-16</c>, <c>utf-16BE</c> or <c>windows-1252</c>.</summary>
    public string EncodingName => text.EncodingName;

    /// <summary>The header's columns in file order, in the layout's spelling where it knows them.</summary>
    public IReadOnlyList<string> Columns => header.Names;

    /// <summary>Reads the header. The stream stays the caller's to close; it need not be seekable.</summary>
    public static async Task<CsvFile> OpenAsync(Stream stream, CsvLayout layout, CancellationToken ct = default)
    {
        var text = await DecodedText.OpenAsync(stream, ct);
        var guard = new RecordGuard(text) { Cancellation = ct };
        guard.Delimiter = CsvDelimiter.Detect((await guard.PeekAsync(ct)).Span, layout);
        var file = new CsvFile(text, guard);
        await file.ReadHeaderAsync(layout, ct);
        return file;
    }

    /// <summary>The rows, once. Blank lines, and lines of nothing but delimiters, are skipped.</summary>
    public async IAsyncEnumerable<CsvRow> ReadAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        if (isRead)
            throw new InvalidOperationException("The rows of a CSV file are read once.");
        isRead = true;
        if (Faults.Count > 0)
            yield break;
        guard.Cancellation = ct;
        while (await parser.ReadAsync(ct))
        {
            var note = guard.Notes.Dequeue();
            var cells = parser.Current.ToArray();
            yield return new CsvRow(header, note.Line, cells, FlawOfRecord(note) ?? FlawOfShape(note.Line, cells.Length));
        }

        if (guard.Notes.Count > 0)
            throw new UnreachableException("The guard and the parser disagree on where a record ends.");
    }

    public void Dispose() => parser.Dispose();

    private async Task ReadHeaderAsync(CsvLayout layout, CancellationToken ct)
    {
        if (!await parser.ReadAsync(ct))
        {
            Faults = [new RowFault(1, "", null, "csv-empty", "The file holds no header.", "Write the column names on the first line.")];
            return;
        }

        var note = guard.Notes.Dequeue();
        header = new CsvHeader(layout, parser.Current.ToArray(), note.Line);
        Faults = FlawOfRecord(note) is { } flaw ? [flaw] : header.Faults;
    }

    private RowFault? FlawOfRecord(RecordNote note)
    {
        var (_, flaw, line, field) = note;
        var column = header.NameAt(field);
        return flaw switch
        {
            RecordFlaw.UnclosedQuote => new RowFault(line, column, null, "csv-unclosed-quote",
                "A quote opened on this line is never closed, so the rest of the file was taken as one cell.",
                "Close the quote, or write a quote inside a cell twice."),
            RecordFlaw.TextAfterQuote => new RowFault(line, column, null, "csv-text-after-quote",
                "There is text after a closing quote.",
                "Write a quote inside a cell twice, and put the closing quote right before the delimiter."),
            RecordFlaw.TooLong => new RowFault(line, column, null, "csv-too-long",
                $"A cell holds more than {RecordGuard.MaxFieldChars:N0} characters, or the row more than {RecordGuard.MaxRecordChars:N0}.",
                "Shorten the text, or look for a missing quote."),
            RecordFlaw.Unreadable => new RowFault(line, column, null, "csv-unreadable-character",
                "The row holds a NUL or half a character.", "Save the file as UTF-8 again, and remove characters that do not display."),
            _ => null,
        };
    }

    private RowFault? FlawOfShape(int line, int found)
    {
        var expected = header.Names.Count;
        if (found == expected)
            return null;
        return new RowFault(line, "", null, found > expected ? "csv-too-many-cells" : "csv-too-few-cells",
            $"The row has {found} cells, the header {expected}.",
            $"Put cells that hold {DelimiterName} in quotes, and give every row as many cells as the header.");
    }

    private string DelimiterName => Delimiter switch
    {
        ',' => "a comma",
        ';' => "a semicolon",
        '\t' => "a tab",
        _ => "a vertical bar",
    };
}
