namespace ClusterNet.Learning.Resources;

/// <summary>The texts of communities and of their notices: CommunityTexts.resx (English), .de.resx, .fr.resx.</summary>
internal sealed class CommunityTexts
{
    private CommunityTexts()
    {
    }
}
