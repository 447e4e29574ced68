namespace ClusterNet.Clusters.Resources;

/// <summary>The texts of invitations, in mails and on pages: InvitationTexts.resx (English), .de.resx, .fr.resx.</summary>
internal sealed class InvitationTexts
{
    private InvitationTexts()
    {
    }
}
