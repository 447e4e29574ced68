namespace ClusterNet.Skills.Resources;

/// <summary>The texts of the scale, role profiles, skills audits and levels: AuditTexts.resx (English), AuditTexts.de.resx, AuditTexts.fr.resx.</summary>
internal sealed class AuditTexts
{
    private AuditTexts()
    {
    }
}
