using System.Text;
using ClusterNet.Csv;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class SheetTableTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("negotiate", "negotiate")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＠SUM(1)", "'＠SUM(1)")]
    [InlineData("bars;=1+1;+2; -3", "bars;'=1+1;'+2; -3")]
    [InlineData("two lines:\n- one", "two lines:\n- one")]
    public void A_text_that_looks_like_a_formula_stays_a_text(string text, string safe) => SheetTable.Safe(text).ShouldBe(safe);

    [Fact]
    public void Csv_quotes_what_needs_it_and_leaves_numbers_alone() =>
        Encoding.UTF8.GetString(new SheetTable("gaps", ["label", "gap"], [["a \"b\", c", -1], ["=cmd", null]]).Csv())
            .ShouldBe("\uFEFFlabel,gap\r\n\"a \"\"b\"\", c\",-1\r\n\"'=cmd\",\r\n");

    [Fact]
    public void A_sheet_holds_texts_as_strings_and_numbers_as_numbers()
    {
        using var file = SpreadsheetDocument.Open(new MemoryStream(new SheetTable("gaps", ["label", "gap"], [["=1+1 & <b>\u0001", 2], [null, -1]]).Xlsx()), isEditable: false);

        new OpenXmlValidator().Validate(file, TestContext.Current.CancellationToken).Select(e => e.Description).ShouldBeEmpty();
        var book = file.WorkbookPart.ShouldNotBeNull();
        book.Workbook.ShouldNotBeNull().Descendants<Sheet>().ShouldHaveSingleItem().Name?.Value.ShouldBe("gaps");
        var cells = book.WorksheetParts.ShouldHaveSingleItem().Worksheet.ShouldNotBeNull().Descendants<Cell>().ToList();
        cells.Select(c => (c.DataType?.Value == CellValues.InlineString, c.InnerText))
            .ShouldBe([(true, "label"), (true, "gap"), (true, "=1+1 & <b>"), (false, "2"), (false, ""), (false, "-1")]);
        cells.ShouldAllBe(c => c.CellFormula == null);
    }
}
