namespace ClusterNet.Resources.Resources;

/// <summary>The texts of sessions: SessionTexts.resx (English), SessionTexts.de.resx, SessionTexts.fr.resx.</summary>
internal sealed class SessionTexts
{
    private SessionTexts()
    {
    }
}
