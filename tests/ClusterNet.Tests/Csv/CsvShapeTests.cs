using ClusterNet.Csv;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class CsvShapeTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task The_delimiter_is_found_in_the_header(char delimiter)
    {
        var file = await CsvTexts.Read($"name{delimiter}city\nA{delimiter}B\n");

        file.Delimiter.ShouldBe(delimiter);
        file.Column("city").ShouldBe(["B"]);
    }

    [Fact]
    public async Task Delimiters_inside_a_quoted_header_name_do_not_count() =>
        (await CsvTexts.Read("\"note,a,b,c\";name;city\nx;A;B\n")).Delimiter.ShouldBe(';');

    [Fact]
    public async Task Known_names_outweigh_the_number_of_delimiters() =>
        (await CsvTexts.Read("name;city;remarks, if any, or none, at all\nA;B;C\n")).Delimiter.ShouldBe(';');

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_may_end_in_any_way_and_are_counted_physically(string end)
    {
        var text = string.Join(end, "name,city", "A,B", "", "\"C", "", "\"\"c\"\"\",D", " ", ",", "E,F", "");

        var file = await CsvTexts.Read(text);

        file.Rows.Select(row => row.Line).ShouldBe([2, 4, 9]);
        file.Column("name").ShouldBe(["A", $"C{end}{end}\"c\"", "E"]);
    }

    [Fact]
    public async Task Header_names_match_whatever_their_case_spaces_underscores_and_hyphens()
    {
        var layout = new CsvLayout(["registration_no", "joined_on"]);

        var file = await CsvTexts.Read("Registration No;JOINED-ON\nHRB 1;2026-01-31\n", layout);

        file.Faults.ShouldBeEmpty();
        file.Column("registration_no").ShouldBe(["HRB 1"]);
    }

    [Fact]
    public async Task A_column_named_twice_is_a_fault_and_no_row_is_read()
    {
        var file = await CsvTexts.Read("name,City,city\nA,B,C\n");

        var fault = file.Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Column, fault.Code).ShouldBe((1, "city", "csv-duplicate-column"));
        file.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_missing_columns_are_named_in_one_fault()
    {
        var file = await CsvTexts.Read("\n\nplace,note\nA,B\n");

        var fault = file.Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Column, fault.Code).ShouldBe((3, "name, city", "csv-missing-columns"));
        fault.Remedy.ShouldContain("place, note");
    }

    [Fact]
    public async Task Unknown_columns_are_noticed_and_left_alone()
    {
        var file = await CsvTexts.Read("name,city,shoe size\nA,B,42\n");

        var notice = file.Notices.ShouldHaveSingleItem();
        notice.Code.ShouldBe("csv-unknown-columns");
        notice.Text.ShouldContain("shoe size");
        file.Rows.ShouldHaveSingleItem().IsSound.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n \r\n")]
    public async Task An_empty_file_is_a_fault(string text) =>
        (await CsvTexts.Read(text)).Faults.ShouldHaveSingleItem().Code.ShouldBe("csv-empty");

    [Fact]
    public async Task A_row_with_too_many_or_too_few_cells_is_refused_and_the_next_one_is_read()
    {
        var file = await CsvTexts.Read("name,city\nA,B,C\nD\nE,F\n");

        file.Rows.Select(row => row.Faults.Select(fault => (fault.Line, fault.Code)).SingleOrDefault())
            .ShouldBe([(2, "csv-too-many-cells"), (3, "csv-too-few-cells"), default]);
        file.Rows[0].Whole("city", 1, 2).ShouldBe(0);
        file.Rows[0].Faults.Count.ShouldBe(1, "a row of broken shape shows that one fault, not what follows from it");
    }

    [Fact]
    public async Task An_unclosed_quote_is_reported_where_it_began()
    {
        var file = await CsvTexts.Read("name,city\nA,B\n\"C\nc\",\"D\nE,F\nG,H\n");

        file.Rows.Count.ShouldBe(2);
        var fault = file.Rows[1].Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Column, fault.Code).ShouldBe((4, "city", "csv-unclosed-quote"));
        file.Rows[1].Line.ShouldBe(3);
    }

    [Fact]
    public async Task An_unclosed_quote_in_the_header_is_a_fault_of_the_file() =>
        (await CsvTexts.Read("name,\"city\nA,B\n")).Faults.ShouldHaveSingleItem().Code.ShouldBe("csv-unclosed-quote");

    [Fact]
    public async Task Text_after_a_closing_quote_is_a_fault_of_its_row_only()
    {
        var file = await CsvTexts.Read("name,city\n\"A\"x\"y,B\nC,\"D\"\n");

        file.Rows[0].Faults.ShouldHaveSingleItem().Code.ShouldBe("csv-text-after-quote");
        file.Column("city").ShouldBe(["", "D"]);
    }

    [Fact]
    public async Task A_quote_in_the_middle_of_a_plain_cell_is_text() =>
        (await CsvTexts.Read("name,city\nrod 5\" long,a\"\"b\n")).Column("name").ShouldBe(["rod 5\" long"]);

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    public async Task A_cell_beyond_64_KB_is_a_fault_of_its_row_only(string quote)
    {
        var allowed = new string('x', RecordGuard.MaxFieldChars - 2);

        var file = await CsvTexts.Read($"name,city\n{quote}{allowed}{quote},B\nC,{quote}{allowed}yyyyyy{quote}\nE,F\n");

        file.Rows[0].Raw("name").Length.ShouldBe(allowed.Length);
        var fault = file.Rows[1].Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Column, fault.Code).ShouldBe((3, "city", "csv-too-long"));
        file.Rows[2].Raw("city").ShouldBe("F");
    }

    [Fact]
    public async Task A_column_the_layout_does_not_know_is_a_bug_of_the_caller() =>
        Should.Throw<ArgumentException>(async () => (await CsvTexts.Row("name", "A")).Text("nmae"));
}
