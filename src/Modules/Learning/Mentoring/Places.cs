using ClusterNet.EventStore;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Takes the first free place; who has none free takes nobody.</summary>
internal sealed record TakePlace(Id<Pair> Pair, DateTimeOffset Now) : ICommand<Offer, OfferEvent>
{
    public Decision<OfferEvent> Decide(Offer state)
    {
        if (state.Places.Any(p => p.Pair == Pair)) return Decision<OfferEvent>.Nothing;
        if (state.Places.Count >= state.Capacity) return MentoringRules.NoPlaceFree;
        var free = Enumerable.Range(1, MentoringRules.MaxCapacity).First(n => state.Places.All(p => p.Place != n));
        return new MentorPlaceTaken(Pair, free, Now);
    }
}

internal sealed record FreePlace(Id<Pair> Pair, DateTimeOffset Now) : ICommand<Offer, OfferEvent>
{
    public Decision<OfferEvent> Decide(Offer state) =>
        state.Places.Any(p => p.Pair == Pair) ? new MentorPlaceFreed(Pair, Now) : Decision<OfferEvent>.Nothing;
}
