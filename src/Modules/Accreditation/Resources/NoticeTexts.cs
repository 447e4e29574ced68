namespace ClusterNet.Accreditation.Resources;

/// <summary>The texts of this module’s notices, NoticeTexts.resx (English), .de.resx and .fr.resx: {0} is a person’s name or "somebody", {1} the subject.</summary>
internal sealed class NoticeTexts
{
    private NoticeTexts()
    {
    }
}
