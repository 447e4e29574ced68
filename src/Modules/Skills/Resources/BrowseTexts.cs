namespace ClusterNet.Skills.Resources;

/// <summary>The texts of pages of the catalogue: BrowseTexts.resx (English), BrowseTexts.de.resx, BrowseTexts.fr.resx.</summary>
internal sealed class BrowseTexts
{
    private BrowseTexts()
    {
    }
}
