using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using ClusterNet.Web;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Csv;

/// <summary>Figures as a sheet, for other programs. A cell is a text, a number (int, long or decimal) or nothing.</summary>
public sealed partial record SheetTable(string Name, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    public const string CsvType = "text/csv", SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>JSON, CSV or XLSX, as <c>?format=</c> or Accept says.</summary>
    public static IResult Answer<T>(HttpContext http, string? format, T answer, Func<T, SheetTable> table)
    {
        if (format is not (null or "json" or "csv" or "xlsx"))
            return Problems.Of(400, "unknown-format", "The parameter 'format' takes json, csv or xlsx.", ("parameter", "format"));
        http.Response.Headers.Vary = "Accept, Accept-Language";
        return Wanted(http, format) switch
        {
            "csv" => File(table(answer), CsvType, "csv", t => t.Csv()),
            "xlsx" => File(table(answer), SheetType, "xlsx", t => t.Xlsx()),
            _ => TypedResults.Ok(answer),
        };
    }

    /// <summary>RFC 4180, in UTF-8 with a mark that spreadsheets know it by.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Prepend([.. Heads])) text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>One sheet: texts stand in the cells themselves as strings, so that no spreadsheet takes one for a formula.</summary>
    public byte[] Xlsx()
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var part = book.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(new SheetData(Rows.Prepend([.. Heads]).Select(row => new Row(row.Select(CellOf)))));
            book.Workbook = new Workbook(new Sheets(new Sheet { Name = Name, SheetId = 1, Id = book.GetIdOfPart(part) }));
        }

        return file.ToArray();
    }

    /// <summary>
    /// A text that a spreadsheet would take for a formula stands behind an apostrophe (OWASP, CSV Injection): it begins with one of = + - @, one of
    /// these in full width, a tab or a line end, or has one of the first behind a semicolon, where spreadsheets of many countries begin a cell. Numbers are
    /// written by us and stay as they are.
    /// </summary>
    public static string Safe(string text) => Formula().Replace(text, "$1'");

    [GeneratedRegex("^(?=[=+@＝＋－＠\\t\\r\\n-])|(;)(?=[=+@＝＋－＠-])", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();

    private static string Field(object? cell)
    {
        var text = cell switch { null => "", int or long or decimal => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture), _ => Safe(cell.ToString() ?? "") };
        return text.AsSpan().IndexOfAny(",\"\r\n'") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? Wanted(HttpContext http, string? format)
    {
        if (format is not null) return format;
        var accepted = http.Request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1);
        return accepted.Select(a => a.MediaType.Value switch { CsvType => "csv", SheetType => "xlsx", _ => "json" }).FirstOrDefault();
    }

    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult File(SheetTable table, string type, string extension, Func<SheetTable, byte[]> bytes) =>
        TypedResults.File(bytes(table), type, $"{table.Name}.{extension}");

    private static Cell CellOf(object? cell) => cell switch
    {
        null => new(),
        int or long or decimal => new() { CellValue = new(((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture)) },
        _ => new()
        {
            DataType = CellValues.InlineString,
            InlineString = new(new Text(string.Concat((cell.ToString() ?? "").Where(XmlConvert.IsXmlChar))) { Space = SpaceProcessingModeValues.Preserve }),
        },
    };
}
