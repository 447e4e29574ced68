namespace ClusterNet.Resources.Resources;

/// <summary>The texts around and after a session: AttendanceTexts.resx (English), AttendanceTexts.de.resx, AttendanceTexts.fr.resx.</summary>
internal sealed class AttendanceTexts
{
    private AttendanceTexts()
    {
    }
}
