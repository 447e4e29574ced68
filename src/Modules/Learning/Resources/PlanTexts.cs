namespace ClusterNet.Learning.Resources;

/// <summary>The texts of development plans: PlanTexts.resx (English), .de.resx and .fr.resx.</summary>
internal sealed class PlanTexts
{
    private PlanTexts()
    {
    }
}
