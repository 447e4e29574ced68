using System.Text;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Firms;

internal sealed record FirmRow(
    Id<Firm> Id, string Name, string RegistrationNumber, string RegistrationKey, string Country, string Nuts, string City, string Nace,
    string? Website,
    int? HeadCount, long? TurnoverCents, long? BalanceSheetCents, DateOnly? ReportedOn, SizeClass? SizeClass, DateTimeOffset RegisteredAt,
    long Version)
{
    public FirmCard Card => new(Id, Name, City, Nuts, Nace, SizeClass);
}

/// <summary>All firms; also the guard that a firm is registered once.</summary>
internal sealed class FirmRows() : InlineProjection<FirmProfileEvent, FirmRow>(ClustersModule.Name, Table)
{
    public const string AlreadyRegistered = "firms_1";

    public static readonly Table<FirmRow> Table = new(ClustersModule.Name, "firms", nameof(FirmRow.Id))
    {
        Guard = true,
        Indexes = ["unique (registration_key)"],
    };

    protected override FirmRow? Apply(FirmRow? row, Recorded<FirmProfileEvent> recorded) => recorded.Fact switch
    {
        FirmRegistered e => new(
            new(recorded.Stream), e.Name, e.RegistrationNumber, RegistrationKeys.Of(e.Country, e.RegistrationNumber, e.City), e.Country,
            e.Nuts, e.City, e.Nace, e.Website, null, null, null, null, null, e.At, recorded.Version),
        FirmFiguresReported e when row is not null => row with
        {
            HeadCount = e.HeadCount,
            TurnoverCents = e.TurnoverCents,
            BalanceSheetCents = e.BalanceSheetCents,
            ReportedOn = e.ReportedOn,
            SizeClass = SizeClasses.Of(e.HeadCount, e.TurnoverCents, e.BalanceSheetCents),
            Version = recorded.Version,
        },
        _ when row is not null => row with { Version = recorded.Version },
        _ => row,
    };
}

/// <summary>
/// What tells firms apart: country, number in the register, and seat. The seat stands for the register's court, which lists do not name: two courts
/// give the same number to different firms.
/// </summary>
internal static class RegistrationKeys
{
    public static string Of(string country, string registrationNumber, string city) => $"{country}/{Bare(registrationNumber)}/{Bare(city)}";

    /// <summary>Letters and digits only, so that "HRB 4335" and "hrb-4335" are one number.</summary>
    private static string Bare(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsLetterOrDigit));
}
