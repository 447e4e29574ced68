namespace ClusterNet.Resources.Resources;

/// <summary>The texts of calendars and their links: CalendarTexts.resx (English), CalendarTexts.de.resx, CalendarTexts.fr.resx.</summary>
internal sealed class CalendarTexts
{
    private CalendarTexts()
    {
    }
}
