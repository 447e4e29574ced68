namespace ClusterNet.Skills.Resources;

/// <summary>The texts of clusters' own skills: OwnSkillTexts.resx (English), OwnSkillTexts.de.resx, OwnSkillTexts.fr.resx.</summary>
internal sealed class OwnSkillTexts
{
    private OwnSkillTexts()
    {
    }
}
