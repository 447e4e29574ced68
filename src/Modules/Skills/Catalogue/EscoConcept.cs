namespace ClusterNet.Skills.Catalogue;

/// <summary>One skill or piece of knowledge as ESCO has it.</summary>
/// <param name="SkillType"><c>skill/competence</c>, <c>knowledge</c>, or empty: ESCO 1.1.1 leaves a few blank.</param>
/// <param name="ReuseLevel"><c>transversal</c>, <c>cross-sector</c>, <c>sector-specific</c>, <c>occupation-specific</c> or empty.</param>
/// <param name="Status"><c>released</c> or another word of ESCO's; empty where the file has no such column, as in ESCO 1.0.</param>
/// <param name="PreferredLabels">By language, such as <c>en</c>. Every concept has one in the archive's main language.</param>
/// <param name="AltLabels">By language, without the preferred one, which ESCO often repeats here. A language without any is absent.</param>
/// <param name="BroaderUris">In ESCO's order. Many are skill groups or fields of education, not skills.</param>
internal sealed record EscoConcept(
    string Uri,
    string SkillType,
    string ReuseLevel,
    string Status,
    IReadOnlyDictionary<string, string> PreferredLabels,
    IReadOnlyDictionary<string, IReadOnlyList<string>> AltLabels,
    IReadOnlyList<string> BroaderUris);
