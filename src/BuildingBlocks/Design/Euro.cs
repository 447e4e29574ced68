using System.Globalization;

namespace ClusterNet.Design;

/// <summary>Euro cents as the reader writes and reads them.</summary>
public static class Euro
{
    /// <summary>Such as 1,234.50 €, or 1.234,50 € for a German reader.</summary>
    public static string Of(long cents) => string.Create(CultureInfo.CurrentCulture, $"{cents / 100m:N2} €");

    /// <returns>Cents, rounded; null for a text that is no amount from zero to <paramref name="most"/> cents.</returns>
    public static long? Read(string? text, long most) =>
        decimal.TryParse(text?.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var euro) && euro >= 0 && euro <= most / 100m
            ? (long)decimal.Round(euro * 100)
            : null;
}
