namespace ClusterNet.Learning.Resources;

/// <summary>The texts of insight: InsightTexts.resx (English), .de.resx and .fr.resx.</summary>
internal sealed class InsightTexts
{
    private InsightTexts()
    {
    }
}
