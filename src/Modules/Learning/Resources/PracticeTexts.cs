namespace ClusterNet.Learning.Resources;

/// <summary>The texts of practices and of their notices: PracticeTexts.resx (English), .de.resx, .fr.resx.</summary>
internal sealed class PracticeTexts
{
    private PracticeTexts()
    {
    }
}
