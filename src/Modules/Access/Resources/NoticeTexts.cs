namespace ClusterNet.Access.Resources;

/// <summary>The texts of notices, of mail about them and of their pages, NoticeTexts.resx (English), .de.resx and .fr.resx: in a notice {0} is a person’s name or "somebody", {1} the subject.</summary>
internal sealed class NoticeTexts
{
    private NoticeTexts()
    {
    }
}
