namespace ClusterNet.Resources.Resources;

/// <summary>The texts of the rules of pools: RuleTexts.resx (English), RuleTexts.de.resx, RuleTexts.fr.resx.</summary>
internal sealed class RuleTexts
{
    private RuleTexts()
    {
    }
}
