using ClusterNet.Csv;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class CsvPropertyTests
{
    private static readonly CsvLayout Layout = new(["key", "left", "right"]);

    // Plain text would seldom hit what matters: quotes, delimiters and line breaks next to each other.
    private static readonly Gen<string> Cell = Gen.OneOf(
            Gen.Elements("\"", "\"\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", " ", ""),
            Gen.Elements("a", "ß", "€", "😀", "=1+1", "\uFEFF", "\u0085", "\u2028"),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => Readable(text.Get)))
        .ListOf().Select(string.Concat);

    public static TheoryData<char> Delimiters => new(',', ';', '\t', '|');

    [Theory]
    [MemberData(nameof(Delimiters))]
    public void Any_table_written_by_CsvHelper_reads_back_equal(char delimiter) =>
        Prop.ForAll(Arb.From(Cell.Two().ListOf()), table =>
        {
            var rows = table.Select((cells, i) => new[] { $"k{i}", cells.Item1, cells.Item2 }).ToList();

            var file = CsvTexts.Read(Written(rows, delimiter), Layout).GetAwaiter().GetResult();

            file.Faults.ShouldBeEmpty();
            file.Delimiter.ShouldBe(delimiter);
            file.Rows.Select(row => string.Join('\u0001', row.Raw("key"), row.Raw("left"), row.Raw("right"), row.IsSound))
                .ShouldBe(rows.Select(row => string.Join('\u0001', [.. row, true])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_garbage_throws_and_every_row_keeps_its_line() =>
        Prop.ForAll(Arb.From(Gen.Elements("\"", "\"", ",", "\n", "\r", "a", "b", " ", "\0").ListOf().Select(string.Concat)), garbage =>
        {
            var file = CsvTexts.Read("key,left,right\n" + garbage, Layout).GetAwaiter().GetResult();

            // Said otherwise: no line is both begun twice and none begins beyond the end.
            var lines = file.Rows.Select(row => row.Line).ToList();
            lines.ShouldBe(lines.Distinct().Order());
            var end = 2 + garbage.Count(c => c is '\r' or '\n');
            lines.ShouldAllBe(line => line >= 2 && line <= end);
            file.Rows.ShouldAllBe(row => row.Faults.Count <= 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static string Readable(string text) => string.Concat(
        text.EnumerateRunes().Where(rune => rune.Value is not (0 or 0xFFFD or 0xFFFE or 0xFFFF)).Select(rune => rune.ToString()));

    private static byte[] Written(List<string[]> rows, char delimiter)
    {
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions { Separator = delimiter }, leaveOpen: true))
        {
            writer.WriteRecord(["key", "left", "right"]);
            foreach (var row in rows)
                writer.WriteRecord(row);
        }

        return stream.ToArray();
    }
}
