namespace ClusterNet.Host.Resources;

/// <summary>The texts of the Host's pages: Texts.resx (English), Texts.de.resx, Texts.fr.resx.</summary>
public sealed class Texts
{
    private Texts()
    {
    }
}
