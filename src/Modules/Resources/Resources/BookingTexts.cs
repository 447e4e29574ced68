namespace ClusterNet.Resources.Resources;

/// <summary>The texts of requests, series and own use: BookingTexts.resx (English), BookingTexts.de.resx, BookingTexts.fr.resx.</summary>
internal sealed class BookingTexts
{
    private BookingTexts()
    {
    }
}
