using System.Text;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class CsvEncodingTests
{
    private const string Text = "name;city\r\nJörg Weiß;Lüdenscheid\r\n";

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8", "utf-8" },
        { "utf-8 with mark", "utf-8" },
        { "utf-16 with mark", "utf-16" },
        { "utf-16BE with mark", "utf-16BE" },
        { "windows-1252", "windows-1252" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Umlauts_survive_in_every_encoding_a_spreadsheet_writes(string written, string detected)
    {
        byte[] bytes = written switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(Text),
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
            "utf-16 with mark" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            "utf-16BE with mark" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            _ => CsvTexts.Windows1252.GetBytes(Text),
        };

        var file = await CsvTexts.Read(bytes);

        file.EncodingName.ShouldBe(detected);
        file.Column("name").ShouldBe(["Jörg Weiß"]);
        file.Column("city").ShouldBe(["Lüdenscheid"]);
        file.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_first_umlaut_megabytes_into_a_Windows_1252_file_is_still_read_right()
    {
        var plain = string.Concat(Enumerable.Repeat("Anna;Hagen\n", 200_000));
        byte[] bytes = [.. Encoding.ASCII.GetBytes("name;city\n" + plain), .. CsvTexts.Windows1252.GetBytes("Jürgen;Köln\n")];

        var file = await CsvTexts.Read(bytes);

        file.Rows[^1].Raw("name").ShouldBe("Jürgen");
        file.Rows[^1].Raw("city").ShouldBe("Köln");
        file.Notices.ShouldHaveSingleItem().Code.ShouldBe("csv-mixed-encoding");
    }

    [Fact]
    public async Task A_first_umlaut_megabytes_into_a_UTF_8_file_is_still_read_right()
    {
        var plain = string.Concat(Enumerable.Repeat("Anna;Hagen\n", 200_000));

        var file = await CsvTexts.Read("name;city\n" + plain + "Jürgen;Köln\n");

        file.Rows[^1].Raw("name").ShouldBe("Jürgen");
        file.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_umlaut_as_the_very_last_byte_of_a_big_file_is_not_lost()
    {
        // 0xE4 is an umlaut in Windows-1252 and the beginning of three bytes in UTF-8, for which the decoder would wait.
        var plain = string.Concat(Enumerable.Repeat("Anna;Hagen\n", 5_000));
        byte[] bytes = [.. Encoding.ASCII.GetBytes("name;city\n" + plain + "Anna;Br"), 0xE4];

        var file = await CsvTexts.Read(bytes);

        file.Rows[^1].Raw("city").ShouldBe("Brä");
    }

    [Fact]
    public async Task A_stray_Windows_1252_line_in_a_UTF_8_file_is_mended_and_noticed()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("name;city\nJörg;Köln\n"), .. CsvTexts.Windows1252.GetBytes("Käthe;Münster\n")];

        var file = await CsvTexts.Read(bytes);

        file.Column("name").ShouldBe(["Jörg", "Käthe"]);
        file.Notices.ShouldHaveSingleItem().Text.ShouldContain("2 places");
    }

    [Theory]
    [InlineData("€ 5 – „gut“", "Ÿ")]
    [InlineData("äöüÄÖÜß", "äö")]
    [InlineData("çéèêñ", "é")]
    public async Task Typographic_characters_of_Windows_1252_are_read_right(string name, string city)
    {
        var file = await CsvTexts.Read(CsvTexts.Windows1252.GetBytes($"name;city\n{name};{city}"));

        file.Column("name").ShouldBe([name]);
        file.Column("city").ShouldBe([city]);
    }

    [Fact]
    public async Task Characters_cut_by_every_buffer_boundary_are_put_together_again()
    {
        // Odd lengths put multi-byte characters across every boundary of the 16 KiB buffers.
        var names = Enumerable.Range(0, 9_000).Select(i => $"ä€😀{new string('x', i % 7)}").ToList();

        var text = "name;city\n" + string.Join('\n', names.Select(name => name + ";Köln"));

        var file = await CsvTexts.Read(new Trickle(Encoding.UTF8.GetBytes(text)));

        file.Column("name").ShouldBe(names);
        file.Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\uD83D')]
    [InlineData('\uDE00')]
    public async Task A_NUL_or_half_a_character_is_a_fault_of_its_row_only(char bad)
    {
        var text = $"name,city\nA,B\nC{bad}x,D\nE,F\n";
        // The encoder would mend the text; the file is written code unit by code unit.
        byte[] raw = [.. Encoding.Unicode.Preamble, .. text.SelectMany(BitConverter.GetBytes)];

        var file = await CsvTexts.Read(raw);

        file.Rows.Count.ShouldBe(3);
        var fault = file.Rows[1].Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Column, fault.Code).ShouldBe((3, "name", "csv-unreadable-character"));
        file.Rows[1].Text("name").ShouldBe("");
        file.Rows[2].Raw("name").ShouldBe("E");
    }

    /// <summary>Gives at most seven bytes a read.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(7, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
    }
}
