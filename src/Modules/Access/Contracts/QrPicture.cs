using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace ClusterNet.Access.Contracts;

/// <summary>A QR code as inline SVG: no style attributes, which the pages' content security policy forbids, and no request for a file.</summary>
public static class QrPicture
{
    private const int Margin = 4;

    /// <param name="label">What the picture is, for those who do not see it; plain text.</param>
    public static MarkupString Of(string text, string label)
    {
        var (path, squares) = (new StringBuilder(), Matrix(text));
        var side = squares.Length;
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                if (squares[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x + Margin} {y + Margin}h1v1h-1z");
        var size = side + (2 * Margin);
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" width=\"220\" height=\"220\" role=\"img\" aria-label=\"{System.Net.WebUtility.HtmlEncode(label)}\">" +
            $"<rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"));
    }

    /// <summary>The dark squares of a QR code, row by row from the top, without the quiet zone of four squares that has to be around it (ISO/IEC 18004, section 6.3.8).</summary>
    public static bool[][] Matrix(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return [.. data.ModuleMatrix.Skip(Margin).SkipLast(Margin).Select(row => row.Cast<bool>().Skip(Margin).SkipLast(Margin).ToArray())];
    }

    /// <summary>What authenticator apps read (Google Authenticator's key URI format).</summary>
    public static string Uri(string email, string secret) =>
        $"otpauth://totp/ClusterNet:{System.Uri.EscapeDataString(email)}?secret={secret}&issuer=ClusterNet&digits=6";
}
