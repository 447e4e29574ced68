using ClusterNet.Clusters.Contracts;

namespace ClusterNet.Clusters.Firms;

/// <summary>
/// The size class of a firm by Commission Recommendation 2003/361/EC, Annex, Article 2: fewer persons than the class's head count, and
/// a turnover or a balance sheet total that does not exceed its ceiling. One of the two is enough.
/// </summary>
internal static class SizeClasses
{
    private const long MillionEuro = 1_000_000_00;

    private static readonly (SizeClass Class, int Persons, long Turnover, long BalanceSheet)[] _ceilings =
    [
        (SizeClass.Micro, 10, 2 * MillionEuro, 2 * MillionEuro),
        (SizeClass.Small, 50, 10 * MillionEuro, 10 * MillionEuro),
        (SizeClass.Medium, 250, 50 * MillionEuro, 43 * MillionEuro),
    ];

    /// <summary>A figure that is missing is not within any ceiling.</summary>
    public static SizeClass Of(int headCount, long? turnoverCents, long? balanceSheetCents)
    {
        foreach (var (size, persons, turnover, balanceSheet) in _ceilings)
            if (headCount < persons && (turnoverCents <= turnover || balanceSheetCents <= balanceSheet)) return size;
        return SizeClass.Large;
    }
}
