using System.Globalization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Design;
using ClusterNet.EventStore;
using ClusterNet.Pdf;
using ClusterNet.Projections;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Accounts;

/// <summary>A statement on paper, in the reader's language.</summary>
internal sealed class StatementPaper(IFirmDirectory firms, IStringLocalizer<AccountTexts> text)
{
    public async Task<byte[]> Of(Id<Cluster> cluster, string name, AccountStatement statement, CancellationToken ct)
    {
        using var report = new PdfReport(text["StatementOf", name], CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        report.Note(text["StatementTime", await firms.ClusterName(cluster, ct) ?? "", Day(statement.From), Day(statement.To)]);
        report.Fact(text["Opening"], Euro.Of(statement.OpeningCents));
        foreach (var month in statement.Lines.GroupBy(l => (l.On.Year, l.On.Month)))
        {
            report.Heading(new DateOnly(month.Key.Year, month.Key.Month, 1).ToString("Y", CultureInfo.CurrentCulture));
            foreach (var line in month)
            {
                report.Fact(
                    line.On.ToString("d", CultureInfo.CurrentCulture),
                    text["StatementLine", Euro.Of(line.Cents), text["Entry-" + WireNames.Of(line.Kind)], line.Text.Or(""), Euro.Of(line.BalanceCents)]);
            }
        }

        return report.Heading(text["Closing"]).Fact(Day(statement.To), Euro.Of(statement.ClosingCents)).Note(text["StatementSign"]).Bytes();
    }

    private static string Day(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);
}
