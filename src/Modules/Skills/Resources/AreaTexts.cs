namespace ClusterNet.Skills.Resources;

/// <summary>The texts of areas: AreaTexts.resx (English), AreaTexts.de.resx, AreaTexts.fr.resx.</summary>
internal sealed class AreaTexts
{
    private AreaTexts()
    {
    }
}
