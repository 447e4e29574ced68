using ClusterNet.Clusters.Firms;
using ClusterNet.Csv;

namespace ClusterNet.Clusters.Imports;

/// <summary>A row of a list of member firms.</summary>
/// <param name="JoinedOn">Null when the list does not say: today then.</param>
internal sealed record FirmLine(FirmData Firm, FirmFigures? Figures, DateOnly? JoinedOn)
{
    public static readonly CsvLayout Layout = new(
        ["name", "registration_no", "country", "nuts", "city", "nace"],
        ["headcount", "turnover_eur", "balance_sheet_eur", "joined_on", "website"]);

    /// <summary>Reads a row to its end; look at <see cref="CsvRow.IsSound"/> before using the line.</summary>
    public static FirmLine Of(CsvRow row, DateOnly today)
    {
        var country = row.Text("country").ToUpperInvariant();
        var nuts = row.Text("nuts").ToUpperInvariant();
        var nace = row.Text("nace").ToUpperInvariant();
        var number = row.Text("registration_no", 50);
        if (number != "" && !number.Any(char.IsLetterOrDigit))
            row.Refuse("registration_no", "no-number", "There is no number in it.", "Write it as in the register, such as HRB 4335.");
        if (country != "" && !Codes.IsCountry(country))
            row.Refuse("country", "unknown-country", "This is no country of ISO 3166-1.", "Write the country's two letters, such as DE.");
        if (nuts != "" && !Codes.IsNuts(nuts))
            row.Refuse("nuts", "malformed-nuts", "This is no NUTS code.", "Write the country and up to three characters, such as DEA58.");
        else if (nuts != "" && Codes.IsCountry(country) && !Codes.IsNutsOf(country, nuts))
            row.Refuse("nuts", "nuts-not-in-country", $"This region does not lie in {country}.", "Correct the region or the country.");
        if (nace != "" && !Codes.IsNace(nace))
            row.Refuse("nace", "malformed-nace", "This is no NACE code.", "Write a division, group or class, such as 25.62.");
        var website = row.OptionalWebAddress("website")?.AbsoluteUri.TrimEnd('/');
        return new(new(row.Text("name"), number, country, nuts, row.Text("city", 100), nace, website), Reported(row, today), Joined(row, today));
    }

    private static DateOnly? Joined(CsvRow row, DateOnly today)
    {
        var joined = row.OptionalDate("joined_on");
        if (joined > today) row.Refuse("joined_on", "joined-in-the-future", "This day is still to come.", "Write the day on which the firm joined, or leave it empty.");
        return joined;
    }

    private static FirmFigures? Reported(CsvRow row, DateOnly today)
    {
        const long MaxEuro = ReportFiguresEndpoint.MaxCents / 100;
        var persons = row.OptionalWhole("headcount", 0, ReportFiguresEndpoint.MaxPersons);
        var turnover = row.OptionalLargeWhole("turnover_eur", 0, MaxEuro) * 100;
        var balanceSheet = row.OptionalLargeWhole("balance_sheet_eur", 0, MaxEuro) * 100;
        // A cell that is there but wrong has its fault already; the rest is about cells that are not there.
        if (!row.IsSound || (persons is null && turnover is null && balanceSheet is null)) return null;
        if (persons is null)
            row.Refuse("headcount", "figures-incomplete", "There are amounts but no head count.", "Write the number of persons, or leave all three figures empty.");
        else if (turnover is null && balanceSheet is null)
            row.Refuse("turnover_eur", "figures-incomplete", "There is a head count but no amount.", "Write turnover or balance sheet total, or leave all three empty.");
        return persons is { } count ? new(count, turnover, balanceSheet, today) : null;
    }
}
