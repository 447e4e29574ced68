namespace ClusterNet.Host.Resources;

/// <summary>The texts of the page /design: GalleryTexts.resx (English), GalleryTexts.de.resx, GalleryTexts.fr.resx.</summary>
public sealed class GalleryTexts
{
    private GalleryTexts()
    {
    }
}
