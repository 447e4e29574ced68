using System.Runtime.InteropServices;

namespace ClusterNet.Csv;

/// <summary>
/// Stands between the text and CsvHelper's parser and hands it record after record, each ended by a line feed, with a note on each.
/// The parser splits and unquotes; the guard counts lines and makes hostile input harmless: what exceeds the limits or follows a
/// closing quote is flagged and dropped rather than buffered, and a quote still open at the end is flagged and closed. So the parser
/// only ever sees well-formed records, and the notes stay in step with its rows.
/// </summary>
internal sealed class RecordGuard(DecodedText text) : TextReader
{
    internal const int MaxFieldChars = 64 * 1024;
    internal const int MaxRecordChars = 1024 * 1024;

    private readonly char[] input = new char[DecodedText.BufferBytes];
    private readonly List<char> record = [];
    private int at;
    private int end;
    private int sent;
    private int line = 1;
    private int field;
    private RecordNote note;
    private char previous;
    private bool swallowLineFeed;
    private bool isBlank;
    private int fieldChars;
    private bool isQuoted;
    private bool inQuotes;
    private bool isBad;
    private bool isCut;
    private int quoteLine;

    internal char Delimiter { get; set; } = ',';

    internal CancellationToken Cancellation { get; set; }

    /// <summary>The notes on the records handed out and not yet asked for: as many as fit the parser's buffer.</summary>
    internal Queue<RecordNote> Notes { get; } = [];

    /// <summary>The first buffer of text, for finding the delimiter before anything is parsed.</summary>
    internal async ValueTask<ReadOnlyMemory<char>> PeekAsync(CancellationToken ct)
    {
        end = await text.ReadAsync(input, ct);
        return input.AsMemory(0, end);
    }

    public override int Read(char[] buffer, int index, int count) =>
        throw new NotSupportedException("The guard reads asynchronously only.");

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (sent == record.Count && !await NextAsync())
            return 0;
        var length = Math.Min(buffer.Length, record.Count - sent);
        CollectionsMarshal.AsSpan(record).Slice(sent, length).CopyTo(buffer.Span);
        sent += length;
        return length;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    private async ValueTask<bool> NextAsync()
    {
        Begin();
        while (true)
        {
            while (at < end)
            {
                if (Take(input[at++]))
                    return true;
            }

            (at, end) = (0, await text.ReadAsync(input, Cancellation));
            if (end == 0)
                return Finish();
        }
    }

    private void Begin()
    {
        record.Clear();
        (sent, isBlank, field, note) = (0, true, 0, new RecordNote(line, RecordFlaw.None, line, 0));
        BeginField();
    }

    private void BeginField()
    {
        (previous, fieldChars, isQuoted, inQuotes, isBad, isCut) = ('\0', 0, false, false, false, record.Count >= MaxRecordChars);
    }

    /// <returns>True when the record is complete.</returns>
    private bool Take(char c)
    {
        if (swallowLineFeed)
        {
            swallowLineFeed = false;
            if (c == '\n')
                return false;
        }

        if (c is '\0' or '\uFFFE' or '\uFFFF' || char.IsLowSurrogate(c) != char.IsHighSurrogate(previous))
            Mark(RecordFlaw.Unreadable);
        if (!inQuotes && (c is '\r' or '\n'))
            return EndLine(c);
        if (inQuotes && (c == '\r' || (c == '\n' && previous != '\r')))
            line++;
        if (!inQuotes && c == Delimiter)
            EndField();
        else
            TakeInField(c);
        return false;
    }

    private bool EndLine(char c)
    {
        swallowLineFeed = c == '\r';
        line++;
        if (Finish())
            return true;
        Begin();
        return false;
    }

    private void EndField()
    {
        if (record.Count < MaxRecordChars)
            record.Add(Delimiter);
        else
            Mark(RecordFlaw.TooLong);
        field++;
        BeginField();
    }

    private void TakeInField(char c)
    {
        var wasInQuotes = inQuotes;
        if (c == '"')
            TakeQuote();
        else if (isQuoted && !inQuotes)
            isBad = true;
        isBlank &= char.IsWhiteSpace(c);
        fieldChars++;
        if (isBad)
            Mark(RecordFlaw.TextAfterQuote);
        else if (fieldChars > MaxFieldChars || record.Count >= MaxRecordChars)
            Drop(wasInQuotes);
        else
            record.Add(c);
        previous = c;
    }

    private void Drop(bool wasInQuotes)
    {
        Mark(RecordFlaw.TooLong);
        if (wasInQuotes && !isCut)
            record.Add('"');
        isCut = true;
    }

    // A quote counts only where a field begins, and inside quotes: there it closes, and a second one right after it opens again.
    private void TakeQuote()
    {
        if (fieldChars == 0)
            (isQuoted, inQuotes, quoteLine) = (true, true, line);
        else if (isQuoted && !isBad)
            inQuotes = !inQuotes;
    }

    /// <returns>False for a blank record: nothing but white space and delimiters, as spreadsheets leave below a table.</returns>
    private bool Finish()
    {
        if (char.IsHighSurrogate(previous))
            Mark(RecordFlaw.Unreadable);
        if (inQuotes)
        {
            if (!isCut)
                record.Add('"');
            // Whatever else the swallowed rest of the file looked like, this is the cause.
            note = note with { Flaw = RecordFlaw.UnclosedQuote, FlawLine = quoteLine, FlawField = field };
        }

        if (isBlank)
        {
            record.Clear();
            return false;
        }

        record.Add('\n');
        Notes.Enqueue(note);
        return true;
    }

    // The first flaw is reported; later ones are often its consequence.
    private void Mark(RecordFlaw flaw)
    {
        if (note.Flaw == RecordFlaw.None)
            note = note with { Flaw = flaw, FlawField = field };
    }
}
