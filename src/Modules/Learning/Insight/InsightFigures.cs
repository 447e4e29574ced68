using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Own;

namespace ClusterNet.Learning.Insight;

/// <summary>How much was learnt in one way.</summary>
internal sealed record KindFigure(LearningKind Kind, long Records, long Minutes);

/// <summary>Help that people gave (peer help given, teaching) beside help that they got (peer help received, observing an expert, on-the-job training).</summary>
/// <param name="Ratio">Given for each received, two digits; null where nothing was received.</param>
internal sealed record HelpFigure(long Given, long Received, decimal? Ratio)
{
    private static readonly LearningKind[] Gives = [LearningKind.PeerHelpGiven, LearningKind.Teaching];
    private static readonly LearningKind[] Gets = [LearningKind.PeerHelpReceived, LearningKind.Observation, LearningKind.OnTheJob];

    public static HelpFigure Of(IReadOnlyList<KindFigure> kinds)
    {
        var (given, received) = (Sum(Gives), Sum(Gets));
        return new(given, received, received == 0 ? null : decimal.Round((decimal)given / received, 2));
        long Sum(LearningKind[] which) => kinds.Where(k => which.Contains(k.Kind)).Sum(k => k.Records);
    }
}

/// <summary>A quarter of a year, in UTC.</summary>
/// <param name="People">How many recorded something; null with the other figures where they are fewer than five.</param>
/// <param name="Density">Of the ties between firms in this quarter; null for a firm alone.</param>
internal sealed record QuarterFigure(int Year, int Quarter, long? People, long? Records, long? Minutes, long? OtherFirms, IReadOnlyList<PartShare>? Parts, decimal? Density);

/// <summary>A firm beside others of its cluster.</summary>
/// <param name="Employed">Who works there now.</param>
/// <param name="People">Who recorded something; null with the other figures where they are fewer than five.</param>
internal sealed record FirmFigure(Id<Firm> Firm, string Name, int? Employed, long? People, long? Records, long? Minutes, long? OtherFirms);

/// <summary>What the learning of a group adds up to in a time: only records that every reader of it may also read one by one, and nothing for fewer than five people.</summary>
/// <param name="AsOf">When it was counted.</param>
/// <param name="People">Who recorded something.</param>
/// <param name="Employed">Who works in the group's firms now.</param>
/// <param name="EngagedPerCent">Of a hundred employed, those who recorded something; null where nobody is employed.</param>
/// <param name="Confirmed">Records that somebody who was there confirmed, and nobody disputes.</param>
/// <param name="OtherFirms">Records with people of another firm.</param>
/// <param name="KindVariety">
/// The number of kinds that, equally frequent, would be as varied: the exponential of Shannon's entropy over records by kind (Hill number of order 1; Hill,
/// "Diversity and evenness", Ecology 54, 1973). 1 for one kind only, 11 at most.
/// </param>
internal sealed record GroupFigures(
    DateTimeOffset From, DateTimeOffset AsOf, long People, int Employed, int? EngagedPerCent, long Records, long Minutes, long Confirmed, long ConfirmedMinutes, long OtherFirms,
    IReadOnlyList<PartShare> Parts, IReadOnlyList<KindFigure> Kinds, decimal? KindVariety, HelpFigure Help, IReadOnlyList<QuarterFigure> Quarters)
{
    /// <summary>Variety of ways to learn, two digits.</summary>
    public static decimal? Variety(IEnumerable<KindFigure> kinds)
    {
        var counts = kinds.Select(k => k.Records).Where(c => c > 0).ToList();
        var total = (double)counts.Sum();
        return total == 0 ? null : decimal.Round((decimal)Math.Exp(-counts.Sum(c => c / total * Math.Log(c / total))), 2);
    }
}

/// <summary>A cluster's figures, the firms in it, and who learns with whom.</summary>
/// <param name="Figures">Null where fewer than five people recorded something.</param>
internal sealed record ClusterInsight(Id<Cluster> Cluster, GroupFigures? Figures, IReadOnlyList<FirmFigure> Firms, TieGraph Ties);

/// <summary>A firm's figures.</summary>
/// <param name="Figures">Null where fewer than five people recorded something.</param>
internal sealed record FirmInsight(Id<Firm> Firm, GroupFigures? Figures);
