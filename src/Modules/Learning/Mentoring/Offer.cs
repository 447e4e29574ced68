using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Mentoring;

internal abstract record OfferEvent;

/// <summary>What somebody offers from now on; said again, it takes the place of what was said before.</summary>
/// <param name="Site">Where a peer coach is at hand; empty for anywhere.</param>
/// <param name="Languages">BCP 47, such as <c>de</c>.</param>
/// <param name="Availability">When, in the person's own words.</param>
/// <param name="Capacity">How many people at once.</param>
/// <param name="Accommodates">Which special needs the person can meet, in own words; empty for nothing said.</param>
[StoredAs("mentor_offered")]
internal sealed record MentorOffered(
    Id<Person> Person, MentorKind Kind, ValueList<string> SkillUris, ValueList<string> Languages,
    [PersonalData(nameof(MentorOffered.Person), KeyClass.FreeText)] Personal<ValueList<string>> Interests,
    [PersonalData(nameof(MentorOffered.Person), KeyClass.FreeText)] Personal<string> Site,
    [PersonalData(nameof(MentorOffered.Person), KeyClass.FreeText)] Personal<string> Availability,
    [PersonalData(nameof(MentorOffered.Person), KeyClass.FreeText)] Personal<string> Accommodates,
    int HoursPerMonth, int Capacity, Reach Reach, Visibility Visibility, DateTimeOffset At) : OfferEvent;

[StoredAs("mentor_paused")]
internal sealed record MentorPaused(DateTimeOffset At) : OfferEvent;

[StoredAs("mentor_resumed")]
internal sealed record MentorResumed(DateTimeOffset At) : OfferEvent;

[StoredAs("mentor_offer_withdrawn")]
internal sealed record MentorOfferWithdrawn(DateTimeOffset At) : OfferEvent;

/// <param name="Place">1 is the first; no two pairs have the same one at a time.</param>
[StoredAs("mentor_place_taken")]
internal sealed record MentorPlaceTaken(Id<Pair> Pair, int Place, DateTimeOffset At) : OfferEvent;

[StoredAs("mentor_place_freed")]
internal sealed record MentorPlaceFreed(Id<Pair> Pair, DateTimeOffset At) : OfferEvent;

/// <summary>
/// What one person offers as a mentor or as a peer coach, and the places for it: who is mentored takes one, whether or not the person has said
/// anything about offering.
/// </summary>
internal sealed record Offer(bool Stands, bool Paused, int Capacity, ValueList<Offer.Taken> Places, MentorOffered? Said) : IState<Offer, OfferEvent>
{
    public static Offer Initial { get; } = new(false, false, MentoringRules.UsualCapacity, [], null);

    public static Guid StreamOf(Id<Person> person, MentorKind kind) => NamedGuid.Of("mentor-offer", person.ToString(), kind.ToString());

    public static Offer Evolve(Offer state, OfferEvent fact) => fact switch
    {
        MentorOffered e => state with { Stands = true, Capacity = e.Capacity, Said = e },
        MentorPaused => state with { Paused = true },
        MentorResumed => state with { Paused = false },
        MentorOfferWithdrawn => state with { Stands = false, Paused = false, Said = null },
        MentorPlaceTaken e => state with { Places = [.. state.Places, new(e.Pair, e.Place)] },
        MentorPlaceFreed e => state with { Places = [.. state.Places.Where(p => p.Pair != e.Pair)] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    /// <summary>A place that somebody has.</summary>
    internal sealed record Taken(Id<Pair> Pair, int Place);
}
