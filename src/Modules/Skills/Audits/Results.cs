using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Skills.Audits;

/// <summary>How results are made of what raters sent.</summary>
internal static class Results
{
    /// <summary>Peers' ratings are shown from so many raters on: with fewer, each could be told from the mean.</summary>
    public const int PeersNeeded = 3;

    /// <summary>A sheet under the names that skills go by now; of two answers for one skill the first.</summary>
    public static SheetRow Under(Succession names, SheetRow sheet) => sheet with
    {
        Answers = sheet.Answers.Select(all => (ValueList<SheetAnswer>)[.. all.Select(a => a with { SkillUri = names.Now(a.SkillUri) }).DistinctBy(a => a.SkillUri)]),
        Comments = sheet.Comments.Select(all => (ValueList<SheetComment>)[.. all.Select(c => c with { SkillUri = names.Now(c.SkillUri) })]),
    };

    public static SkillResult Of(Requirement asked, IEnumerable<SheetRow> sheets)
    {
        var said = sheets.Where(s => s.Firm == asked.Firm).SelectMany(
            s => s.Answers.Or([]).Where(a => a.SkillUri == asked.SkillUri && a.Level is not null).Select(a => (s.Kind, Level: a.Level!.Value))).ToList(); // filtered
        var peers = said.Where(a => a.Kind == RaterKind.Peer).Select(a => a.Level).ToList();
        return new(
            asked.Person, asked.Firm, asked.SkillUri, asked.Level, One(RaterKind.Self), One(RaterKind.Manager), MeanTenths(peers), peers.Count);

        int? One(RaterKind kind) => said.Where(a => a.Kind == kind).Select(a => (int?)a.Level).FirstOrDefault();
    }

    /// <summary>The mean in tenths, halves up; null while there are too few.</summary>
    public static int? MeanTenths(IReadOnlyCollection<int> levels) =>
        levels.Count < PeersNeeded ? null : ((levels.Sum() * 20) + levels.Count) / (levels.Count * 2);
}
