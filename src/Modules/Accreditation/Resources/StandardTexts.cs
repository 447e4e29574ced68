namespace ClusterNet.Accreditation.Resources;

/// <summary>The texts of the pages of standards: StandardTexts.resx (English), StandardTexts.de.resx, StandardTexts.fr.resx.</summary>
internal sealed class StandardTexts
{
    private StandardTexts()
    {
    }
}
