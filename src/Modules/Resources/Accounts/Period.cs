using System.Globalization;

namespace ClusterNet.Resources.Accounts;

/// <summary>A month of a pool's books, written as in ISO 8601: 2027-03.</summary>
internal static class Period
{
    private const int FirstYear = 2000, LastYear = 8999;

    public static string Of(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static bool IsOne(string text) => First(text) is not null;

    /// <summary>Its first day; null for a text that names no month of the years 2000 to 8999.</summary>
    public static DateOnly? First(string text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear ? day : null;

    /// <summary>The month after.</summary>
    public static string Next(string period) => Of((First(period) ?? throw new ArgumentException($"'{period}' is no month.", nameof(period))).AddMonths(1));

    /// <summary>The period for something that belongs to a day, when all up to <paramref name="closed"/> are closed (null: none is).</summary>
    public static string Open(DateOnly day, string? closed) =>
        closed is not null && string.CompareOrdinal(Of(day), closed) <= 0 ? Next(closed) : Of(day);
}
