using System.Text;
using System.Text.Json;
using ClusterNet.Csv;
using Shouldly;

namespace ClusterNet.Tests.Csv;

public class ImportReportTests
{
    private static readonly CsvLayout Layout = new(["name", "headcount"], ["city"]);

    [Fact]
    public async Task A_spreadsheet_with_a_third_of_bad_rows_yields_the_good_ones_and_a_fault_for_each_bad_one()
    {
        var text = new StringBuilder("Name;Head Count;City\r\n");
        for (var i = 0; i < 1_000; i++)
            text.Append(i % 10 < 3 ? $"\"Firma „Süd“ {i}\";viele;Köln\r\n" : $"\"Müller; Söhne {i}\";{i};Lüdenscheid\r\n");

        var file = await CsvTexts.Read(CsvTexts.Windows1252.GetBytes(text.ToString()), Layout);
        var tally = new ImportTally(dryRun: true);
        foreach (var row in file.Rows)
        {
            row.Text("name");
            row.Whole("headcount", 0, 10_000);
            if (row.IsSound)
                tally.Accept();
            else
                tally.Reject(row);
        }

        var report = tally.ToReport();
        (report.RowsRead, report.Accepted, report.Rejected, report.FaultCount).ShouldBe((1_000, 700, 300, 300));
        report.DryRun.ShouldBeTrue();
        report.Faults.ShouldAllBe(fault => fault.Column == "headcount" && fault.Value == "viele" && (fault.Line - 2) % 10 < 3);
        file.Rows[3].Raw("name").ShouldBe("Müller; Söhne 3");
    }

    [Fact]
    public void Faults_are_counted_to_the_last_and_kept_to_the_thousandth()
    {
        var tally = new ImportTally();
        for (var line = 2; line < 5_002; line++)
            tally.Reject(new RowFault(line, "a", null, "code", "Reason.", "Remedy."));
        tally.FindAlreadyThere();

        var report = tally.ToReport();

        (report.RowsRead, report.Rejected, report.AlreadyThere, report.FaultCount).ShouldBe((5_001, 5_000, 1, 5_000));
        report.Faults.Count.ShouldBe(ImportTally.FaultsKept);
        report.Faults[^1].Line.ShouldBe(1_001);
    }

    [Fact]
    public void A_report_reads_as_camel_case_JSON_and_back()
    {
        var tally = new ImportTally();
        tally.Fault(new RowFault(1, "name", "x", "csv-missing-columns", "Reason.", "Remedy."));
        tally.Notice(new CsvNotice("csv-unknown-columns", "Not read."));

        var json = JsonSerializer.Serialize(tally.ToReport(), JsonSerializerOptions.Web);

        json.ShouldStartWith("""{"rowsRead":0,"accepted":0,"alreadyThere":0,"rejected":0,"faults":[{"line":1,"column":"name",""");
        json.ShouldContain("\"value\":\"x\"");
        json.ShouldContain("\"faultCount\":1");
        var read = JsonSerializer.Deserialize<ImportReport>(json, JsonSerializerOptions.Web);
        read.ShouldNotBeNull().Faults.ShouldBe(tally.ToReport().Faults);
    }
}
