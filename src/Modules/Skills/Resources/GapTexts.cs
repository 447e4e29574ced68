namespace ClusterNet.Skills.Resources;

/// <summary>The texts of gaps and their pages: GapTexts.resx (English), .de.resx, .fr.resx.</summary>
internal sealed class GapTexts
{
    private GapTexts()
    {
    }
}
