using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Search;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Mentoring;

/// <summary>What somebody looks for.</summary>
/// <param name="HoursPerMonth">At least; 0 for no matter.</param>
/// <param name="Site">Where a peer coach is to be at hand; empty for no matter.</param>
internal sealed record Wish(
    Id<Person> Mentee, MentorKind? Kind, IReadOnlyList<string> SkillUris, IReadOnlyList<string> Interests, IReadOnlyList<string> Languages, int HoursPerMonth, string Site = "");

/// <summary>Why a mentor is listed.</summary>
[JsonConverter(typeof(WireNameConverter<ReasonKind>))]
internal enum ReasonKind
{
    [JsonStringEnumMemberName("skill")]
    Skill,

    [JsonStringEnumMemberName("interest")]
    Interest,

    [JsonStringEnumMemberName("language")]
    Language,

    [JsonStringEnumMemberName("site")]
    Site,

    [JsonStringEnumMemberName("time")]
    Time,

    [JsonStringEnumMemberName("place-free")]
    PlaceFree,
}

/// <param name="What">The skill, interest or language; the number of hours or places.</param>
/// <param name="Level">Of a skill, as it counts now; null where nothing is known.</param>
/// <param name="Source">Of the level: claimed, rated or evidenced.</param>
internal sealed record Reason(ReasonKind Kind, string What, int? Level = null, string? Source = null);

/// <param name="Code">own-manager, or what a module above says.</param>
/// <param name="Words">Null where the page has words for the code.</param>
internal sealed record Conflict(string Code, string? Words);

/// <summary>A mentor with what speaks for and what against; no score, for people choose.</summary>
internal sealed record Match(OfferRow Offer, int PlacesFree, IReadOnlyList<Reason> Reasons, IReadOnlyList<Conflict> Conflicts);

/// <summary>What is known of the mentors beside their offers.</summary>
internal sealed record MentorFacts(
    IReadOnlyDictionary<Id<Offer>, int> Taken, IReadOnlyDictionary<Id<Person>, IReadOnlyList<EmploymentCard>> WorksIn, IReadOnlyList<Id<Firm>> MenteeFirms,
    IReadOnlyList<SkillLevel> Levels, IReadOnlyList<(Id<Person> Mentor, Conflict Conflict)> Others);

/// <summary>Finds who could help whom and says why; pure.</summary>
internal static class Matching
{
    public const string OwnManager = "own-manager";

    /// <summary>Who shares the most with the wish comes first; equals in an order that is random, and the same each time for the same person.</summary>
    public static IReadOnlyList<Match> Of(Wish wish, IReadOnlyList<OfferRow> offers, MentorFacts facts) =>
    [
        .. offers.Where(o => o.Person != wish.Mentee && !o.Paused && (wish.Kind is null || o.Kind == wish.Kind))
            .Where(o => AskForMentoringEndpoint.Reaches(o.Reach, SharesFirm(o, facts)))
            .Where(o => wish.Site.Length == 0 || IsAt(o, wish.Site))
            .Select(o => Explain(wish, o, facts))
            .Where(m => wish.SkillUris.Count == 0 || m.Reasons.Any(r => r.Kind is ReasonKind.Skill or ReasonKind.Interest))
            .OrderByDescending(m => m.Reasons.Count).ThenBy(m => NamedGuid.Of("mentor-order", wish.Mentee.ToString(), m.Offer.Id.ToString())),
    ];

    private static Match Explain(Wish wish, OfferRow offer, MentorFacts facts)
    {
        var free = Math.Max(0, offer.Capacity - facts.Taken.GetValueOrDefault(offer.Id));
        List<Reason> reasons =
        [
            .. wish.SkillUris.Where(offer.SkillUris.Contains).Select(uri => SkillReason(uri, offer.Person, facts)),
            .. Shared(wish.Interests, offer.Interests.Or([])).Select(i => new Reason(ReasonKind.Interest, i)),
            .. wish.Languages.Where(offer.Languages.Contains).Select(l => new Reason(ReasonKind.Language, l)),
        ];
        if (wish.Site.Length > 0 && offer.Site.Or("") is { Length: > 0 } site) reasons.Add(new(ReasonKind.Site, site));
        if (wish.HoursPerMonth > 0 && offer.HoursPerMonth >= wish.HoursPerMonth) reasons.Add(new(ReasonKind.Time, Number(offer.HoursPerMonth)));
        if (free > 0) reasons.Add(new(ReasonKind.PlaceFree, Number(free)));
        return new(offer, free, reasons, [.. Manages(offer, facts), .. facts.Others.Where(o => o.Mentor == offer.Person).Select(o => o.Conflict)]);
    }

    /// <summary>Each word that was typed begins a word of the site; who names no site is at hand anywhere.</summary>
    private static bool IsAt(OfferRow offer, string wished) => offer.Site.Or("") is not { Length: > 0 } site
        || (FoldedQuery.Of(wished) is { } query && query.RankOf(site) < 2);

    /// <summary>The best founded level first: what is evidenced, then what others rated, then what is claimed.</summary>
    private static Reason SkillReason(string uri, Id<Person> person, MentorFacts facts)
    {
        var level = facts.Levels.Where(l => l.Person == person && l.SkillUri == uri)
            .OrderBy(l => l.Source switch { "evidenced" => 0, "rated" => 1, _ => 2 }).FirstOrDefault();
        return new(ReasonKind.Skill, uri, level?.Counts, level?.Source);
    }

    private static IEnumerable<string> Shared(IReadOnlyList<string> wished, IReadOnlyList<string> offered)
    {
        var known = wished.Select(Folding.Of).ToHashSet();
        return offered.Where(i => known.Contains(Folding.Of(i)));
    }

    private static bool SharesFirm(OfferRow offer, MentorFacts facts) => facts.WorksIn.GetValueOrDefault(offer.Person)?.Any(e => facts.MenteeFirms.Contains(e.Firm)) == true;

    /// <summary>Who leads the mentee's firm may be in the mentee's line of command.</summary>
    private static IEnumerable<Conflict> Manages(OfferRow offer, MentorFacts facts) =>
        facts.WorksIn.GetValueOrDefault(offer.Person)?.Any(e => facts.MenteeFirms.Contains(e.Firm) && e.Position is (Position.Owner or Position.Manager)) == true
            ? [new(OwnManager, null)]
            : [];

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
