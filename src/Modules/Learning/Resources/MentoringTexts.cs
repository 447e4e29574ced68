namespace ClusterNet.Learning.Resources;

/// <summary>The texts of mentoring: MentoringTexts.resx (English), .de.resx and .fr.resx.</summary>
internal sealed class MentoringTexts
{
    private MentoringTexts()
    {
    }
}
