namespace ClusterNet.Resources.Resources;

/// <summary>The texts of the pool's books: AccountTexts.resx (English), AccountTexts.de.resx, AccountTexts.fr.resx.</summary>
internal sealed class AccountTexts
{
    private AccountTexts()
    {
    }
}
