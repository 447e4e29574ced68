using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClusterNet.Ledger;

public static partial class Jcs
{
    private static bool WriteDouble(JsonElement element, ArrayBufferWriter<byte> output)
    {
        if (!element.TryGetDouble(out var number) || !double.IsFinite(number)) return false;
        output.Write(Encoding.ASCII.GetBytes(Spell(number)));
        return true;
    }

    /// <summary>As Number::toString of ECMA-262: .NET finds the same shortest digits, but sets the point and the exponent by other rules.</summary>
    internal static string Spell(double number)
    {
        if (number == 0) return "0";
        if (number < 0) return $"-{Spell(-number)}";
        var (digits, point) = Shortest(number);
        return point switch
        {
            > 21 or <= -6 => Scientific(digits, point - 1),
            <= 0 => $"0.{new string('0', -point)}{digits}",
            _ when point >= digits.Length => digits.PadRight(point, '0'),
            _ => $"{digits[..point]}.{digits[point..]}",
        };
    }

    /// <summary>The fewest digits that read back as this number, and where the decimal point stands counted from the first of them.</summary>
    private static (string Digits, int Point) Shortest(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var plain = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = plain.TrimStart('0');
        return (digits.TrimEnd('0'), (dot < 0 ? plain.Length : dot) - (plain.Length - digits.Length) + exponent);
    }

    private static string Scientific(string digits, int exponent) => string.Create(
        CultureInfo.InvariantCulture, $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.AsSpan(1)}e{(exponent < 0 ? "" : "+")}{exponent}");
}
