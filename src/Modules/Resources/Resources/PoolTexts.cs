namespace ClusterNet.Resources.Resources;

/// <summary>The texts of the pool and its resources: PoolTexts.resx (English), PoolTexts.de.resx, PoolTexts.fr.resx.</summary>
internal sealed class PoolTexts
{
    private PoolTexts()
    {
    }
}
