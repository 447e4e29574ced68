namespace ClusterNet.Resources.Resources;

/// <summary>The texts of the figures of a pool: FigureTexts.resx (English), FigureTexts.de.resx, FigureTexts.fr.resx.</summary>
internal sealed class FigureTexts
{
    private FigureTexts()
    {
    }
}
