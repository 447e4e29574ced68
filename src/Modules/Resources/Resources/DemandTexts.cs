namespace ClusterNet.Resources.Resources;

/// <summary>The texts of demand for training: DemandTexts.resx (English), DemandTexts.de.resx, DemandTexts.fr.resx.</summary>
internal sealed class DemandTexts
{
    private DemandTexts()
    {
    }
}
