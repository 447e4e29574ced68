namespace ClusterNet.Accreditation.Resources;

/// <summary>What each check of a credential means: CheckTexts.resx (English), CheckTexts.de.resx, CheckTexts.fr.resx.</summary>
internal sealed class CheckTexts
{
    private CheckTexts()
    {
    }
}
