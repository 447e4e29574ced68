using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Mentoring;

internal sealed record OfferRow(
    Id<Offer> Id, Id<Person> Person, MentorKind Kind, string[] SkillUris, string[] Languages, Personal<ValueList<string>> Interests, Personal<string> Site,
    Personal<string> Availability, Personal<string> Accommodates, int HoursPerMonth, int Capacity, Reach Reach, Visibility Visibility, bool Paused,
    DateTimeOffset ChangedAt, long Version);

/// <summary>Offers of mentors and peer coaches as they are now; withdrawn ones are gone.</summary>
internal sealed class OfferRows() : InlineProjection<OfferEvent, OfferRow>(LearningModule.Name, Table)
{
    public static readonly Table<OfferRow> Table = new(LearningModule.Name, "mentor_offers", nameof(OfferRow.Id))
    {
        Indexes = ["(person)", "(kind, changed_at desc) where not paused", "using gin (skill_uris)"],
    };

    protected override OfferRow? Apply(OfferRow? row, Recorded<OfferEvent> recorded) => (recorded.Fact, row) switch
    {
        (MentorOffered e, _) => new(
            new(recorded.Stream), e.Person, e.Kind, [.. e.SkillUris], [.. e.Languages], e.Interests, e.Site, e.Availability, e.Accommodates, e.HoursPerMonth,
            e.Capacity, e.Reach, e.Visibility, row?.Paused ?? false, e.At, recorded.Version),
        (_, null) => null,
        (MentorPaused e, _) => row with { Paused = true, ChangedAt = e.At, Version = recorded.Version },
        (MentorResumed e, _) => row with { Paused = false, ChangedAt = e.At, Version = recorded.Version },
        (MentorOfferWithdrawn, _) => null,
        _ => row with { Version = recorded.Version },
    };
}

/// <summary>A mentor's place that somebody has.</summary>
internal sealed record PlaceRow(Id<Offer> Offer, int Place, Id<Pair> Pair);

/// <summary>No place is given twice: the table's key is the rule.</summary>
internal sealed class PlaceRows() : InlineRows<OfferEvent, PlaceRow>(LearningModule.Name, Table, "offer")
{
    public static readonly Table<PlaceRow> Table = new(LearningModule.Name, "mentor_places", nameof(PlaceRow.Offer), nameof(PlaceRow.Place))
    {
        Guard = true,
        Indexes = ["unique (pair)"],
        Constraints = ["constraint mentor_places_in_capacity check (place between 1 and 20)"],
    };

    protected override IReadOnlyList<PlaceRow> Apply(IReadOnlyList<PlaceRow> rows, Recorded<OfferEvent> recorded) => recorded.Fact switch
    {
        MentorPlaceTaken e => [.. rows, new(new(recorded.Stream), e.Place, e.Pair)],
        MentorPlaceFreed e => [.. rows.Where(r => r.Pair != e.Pair)],
        _ => rows,
    };
}
