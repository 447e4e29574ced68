namespace ClusterNet.Clusters.Resources;

/// <summary>The questions of both checks, what they come to, and their pages: CheckTexts.resx (English), .de.resx, .fr.resx.</summary>
internal sealed class CheckTexts
{
    private CheckTexts()
    {
    }
}
