namespace ClusterNet.Design.Resources;

/// <summary>The few words that components bring themselves: DesignTexts.resx (English), DesignTexts.de.resx, DesignTexts.fr.resx.</summary>
public sealed class DesignTexts
{
    private DesignTexts()
    {
    }
}
