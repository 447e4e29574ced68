using System.Globalization;
using System.Text;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace ClusterNet.Pdf;

/// <summary>Text on A4 pages, one part below the other: headings, paragraphs, facts. It breaks lines and pages, and numbers the pages at the end.</summary>
public sealed class PdfReport : IDisposable
{
    private const double Margin = 56, Foot = 30, LabelWidth = 150, Leading = 1.4; // points; 56 are two centimetres

    private static readonly XFont Text = Sans(10, XFontStyleEx.Regular), Bold = Sans(10, XFontStyleEx.Bold), Small = Sans(8, XFontStyleEx.Regular), Head = Sans(18, XFontStyleEx.Bold),
        Part = Sans(12, XFontStyleEx.Bold);

    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x17, 0x21, 0x1F)), Soft = new XSolidBrush(XColor.FromArgb(0x4B, 0x58, 0x55));

    private readonly PdfDocument _document = new();
    private readonly string _title;
    private XGraphics _page;
    private double _y;

    /// <param name="language">BCP 47, such as <c>de</c>.</param>
    public PdfReport(string title, string language)
    {
        _title = Clean(title);
        _document.Info.Title = _title;
        _document.Info.Creator = "ClusterNet";
        _document.Language = language;
        _page = NewPage();
        Write(_title, Head, Ink, Margin, Width);
        _y += 6;
    }

    private static double Width => PageSizeConverter.ToSize(PageSize.A4).Width - (2 * Margin);

    private static double Bottom => PageSizeConverter.ToSize(PageSize.A4).Height - Margin - Foot;

    /// <summary>It stands on the page of what follows.</summary>
    public PdfReport Heading(string text)
    {
        if (_y + 60 > Bottom) Turn();
        _y += 12;
        Write(Clean(text), Part, Ink, Margin, Width);
        _y += 2;
        return this;
    }

    public PdfReport Paragraph(string text)
    {
        foreach (var line in text.Split('\n')) Write(Clean(line), Text, Ink, Margin, Width);
        return this;
    }

    public PdfReport Note(string text)
    {
        Write(Clean(text), Small, Soft, Margin, Width);
        return this;
    }

    /// <summary>What something is called, and what it is.</summary>
    public PdfReport Fact(string label, string value)
    {
        if (_y + (Bold.Size * Leading) > Bottom) Turn();
        var top = _y;
        Write(Clean(label), Bold, Soft, Margin, LabelWidth - 8);
        var below = _y;
        _y = top;
        Write(Clean(value), Text, Ink, Margin + LabelWidth, Width - LabelWidth);
        _y = Math.Max(_y, below);
        return this;
    }

    /// <summary>A square picture of black squares, such as a QR code.</summary>
    /// <param name="rows">True where it is dark, from the top.</param>
    /// <param name="side">In points.</param>
    public PdfReport Squares(bool[][] rows, double side)
    {
        if (_y + side + 24 > Bottom) Turn();
        _y += 12;
        var one = side / rows.Length;
        for (var y = 0; y < rows.Length; y++)
            for (var x = 0; x < rows[y].Length; x++)
                if (rows[y][x]) _page.DrawRectangle(XBrushes.Black, Margin + (x * one), _y + (y * one), one, one);
        _y += side + 12;
        return this;
    }

    public byte[] Bytes()
    {
        _page.Dispose();
        for (var i = 0; i < _document.PageCount; i++)
        {
            using var page = XGraphics.FromPdfPage(_document.Pages[i], XGraphicsPdfPageOptions.Append);
            var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {_document.PageCount}");
            page.DrawString(number, Small, Soft, new XRect(Margin, Bottom + Foot, Width, Small.Size * Leading), XStringFormats.TopRight);
            page.DrawString(_title, Small, Soft, new XRect(Margin, Bottom + Foot, Width - 60, Small.Size * Leading), XStringFormats.TopLeft);
        }

        using var file = new MemoryStream();
        _document.Save(file, closeStream: false);
        return file.ToArray();
    }

    public void Dispose()
    {
        _page.Dispose();
        _document.Dispose();
    }

    private static XFont Sans(double size, XFontStyleEx style)
    {
        GlobalFontSettings.FontResolver ??= new PdfFonts();
        return new(PdfFonts.Family, size, style);
    }

    private void Write(string text, XFont font, XBrush brush, double left, double width)
    {
        foreach (var line in Lines(text, font, width))
        {
            if (_y + (font.Size * Leading) > Bottom) Turn();
            _page.DrawString(line, font, brush, new XPoint(left, _y + font.Size));
            _y += font.Size * Leading;
        }
    }

    /// <summary>Broken between words, and within a word that is longer than a line.</summary>
    private IEnumerable<string> Lines(string text, XFont font, double width)
    {
        var line = new StringBuilder();
        var used = 0.0;
        var space = _page.MeasureString(" ", font).Width;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Pieces(w, font, width)))
        {
            var wide = _page.MeasureString(word, font).Width;
            if (line.Length > 0 && used + space + wide > width)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            used += wide + (line.Length > 0 ? space : 0);
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0) yield return line.ToString();
    }

    private IEnumerable<string> Pieces(string word, XFont font, double width)
    {
        if (_page.MeasureString(word, font).Width <= width) return [word];
        var (pieces, piece) = (new List<string>(), "");
        var letters = StringInfo.GetTextElementEnumerator(word);
        while (letters.MoveNext())
        {
            var letter = letters.GetTextElement();
            if (piece.Length > 0 && _page.MeasureString(piece + letter, font).Width > width)
            {
                pieces.Add(piece);
                piece = "";
            }

            piece += letter;
        }

        return [.. pieces, piece];
    }

    private void Turn()
    {
        _page.Dispose();
        _page = NewPage();
    }

    private XGraphics NewPage()
    {
        var page = _document.AddPage();
        page.Size = PageSize.A4;
        _y = Margin;
        return XGraphics.FromPdfPage(page);
    }

    /// <summary>Without what no font shows: control characters and halves of characters.</summary>
    private static string Clean(string text) =>
        new([.. text.EnumerateRunes().Where(r => r != Rune.ReplacementChar && !Rune.IsControl(r)).SelectMany(r => r.ToString())]);
}
