namespace ClusterNet.Accreditation.Resources;

/// <summary>The texts of a credential's own pages and of its paper: CredentialTexts.resx (English), CredentialTexts.de.resx, CredentialTexts.fr.resx.</summary>
internal sealed class CredentialTexts
{
    private CredentialTexts()
    {
    }
}
