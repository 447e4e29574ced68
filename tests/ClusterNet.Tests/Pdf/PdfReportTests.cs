using ClusterNet.Pdf;
using PdfSharp.Pdf.IO;
using Shouldly;

namespace ClusterNet.Tests.Pdf;

public sealed class PdfReportTests
{
    [Fact]
    public void A_report_is_a_PDF_with_its_title_and_language()
    {
        using var report = new PdfReport("Mein Lernen: Öztürk", "de");
        var bytes = report.Heading("Zahlen").Fact("Einträge", "3").Paragraph("Erste Zeile\nZweite Zeile").Note("klein").Bytes();

        bytes.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
        using var read = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);
        (read.Info.Title, read.Language, read.PageCount).ShouldBe(("Mein Lernen: Öztürk", "de", 1));
    }

    [Fact]
    public void What_is_long_goes_on_on_the_next_page()
    {
        using var report = new PdfReport("Long", "en");
        for (var i = 0; i < 200; i++) report.Heading($"Record {i}").Paragraph(string.Join(' ', Enumerable.Repeat("words", 40)));

        using var read = PdfReader.Open(new MemoryStream(report.Bytes()), PdfDocumentOpenMode.Import);
        read.PageCount.ShouldBeInRange(10, 40);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001\ttab\r\n\u2028")]
    [InlineData("\ud800 half a character")]
    [InlineData("👩‍🏭 العربية 中文 عברית")]
    [InlineData("%PDF-1.7 (parentheses) \\ <<dictionary>> endobj stream")]
    public void Odd_texts_are_written(string text)
    {
        using var report = new PdfReport(text, "en");
        var bytes = report.Heading(text).Fact(text, text).Paragraph(text).Note(text).Paragraph(new string('x', 5_000)).Bytes();

        using var read = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);
        read.PageCount.ShouldBeGreaterThan(0);
    }
}
