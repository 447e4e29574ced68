namespace ClusterNet.Learning.Resources;

/// <summary>The texts of this module's pages: Texts.resx (English), Texts.de.resx, Texts.fr.resx.</summary>
internal sealed class Texts
{
    private Texts()
    {
    }
}
