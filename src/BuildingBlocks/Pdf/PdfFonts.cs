using PdfSharp.Fonts;

namespace ClusterNet.Pdf;

/// <summary>DejaVu Sans, beside the program: Latin, Greek, Cyrillic and more, the same on every machine.</summary>
internal sealed class PdfFonts : IFontResolver
{
    public const string Family = "DejaVu Sans";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fonts");

    public byte[] GetFont(string faceName) => File.ReadAllBytes(Path.Combine(Folder, faceName + ".ttf"));

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "DejaVuSans-Bold" : "DejaVuSans");
}
