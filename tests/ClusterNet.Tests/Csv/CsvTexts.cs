using System.Text;
using ClusterNet.Csv;
using Shouldly;

namespace ClusterNet.Tests.Csv;

/// <summary>A CSV file read to its end.</summary>
internal sealed record WholeFile(
    IReadOnlyList<CsvRow> Rows, IReadOnlyList<RowFault> Faults, IReadOnlyList<CsvNotice> Notices, char Delimiter, string EncodingName)
{
    internal IReadOnlyList<string> Column(string name) => [.. Rows.Select(row => row.Raw(name))];
}

internal static class CsvTexts
{
    internal static readonly CsvLayout NameAndCity = new(["name", "city"], ["note"]);

    internal static Encoding Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252).ShouldNotBeNull();

    internal static Task<WholeFile> Read(string text, CsvLayout? layout = null) => Read(Encoding.UTF8.GetBytes(text), layout);

    internal static Task<WholeFile> Read(byte[] bytes, CsvLayout? layout = null) => Read(new MemoryStream(bytes), layout);

    internal static async Task<WholeFile> Read(Stream stream, CsvLayout? layout = null)
    {
        var ct = TestContext.Current.CancellationToken;
        using var file = await CsvFile.OpenAsync(stream, layout ?? NameAndCity, ct);
        List<CsvRow> rows = [];
        await foreach (var row in file.ReadAsync(ct))
            rows.Add(row);
        return new WholeFile(rows, file.Faults, file.Notices, file.Delimiter, file.EncodingName);
    }

    internal static async Task<CsvRow> Row(string column, string cell)
    {
        var quoted = cell.Replace("\"", "\"\"", StringComparison.Ordinal);
        var file = await Read($"{column}\tother\n\"{quoted}\"\tx\n", new CsvLayout([column, "other"]));
        return file.Rows.ShouldHaveSingleItem();
    }
}
