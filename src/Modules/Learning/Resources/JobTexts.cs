namespace ClusterNet.Learning.Resources;

/// <summary>The texts of learning tasks at work: JobTexts.resx (English), .de.resx and .fr.resx.</summary>
internal sealed class JobTexts
{
    private JobTexts()
    {
    }
}
