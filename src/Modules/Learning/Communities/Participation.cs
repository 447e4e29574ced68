using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Communities;

/// <summary>That one person takes part in one community: a stream of its own, so that a thousand people can join at once.</summary>
internal abstract record Participation : IState<Participation, ParticipationEvent>
{
    public sealed record Outside : Participation;

    public sealed record Inside(bool Listed) : Participation;

    public static Participation Initial { get; } = new Outside();

    public static Guid IdOf(Id<Community> community, Id<Person> person) => NamedGuid.Of("community-participation", community.ToString(), person.ToString());

    public static Participation Evolve(Participation state, ParticipationEvent fact) => (state, fact) switch
    {
        (_, CommunityJoined) => new Inside(true),
        (_, CommunityLeft) => new Outside(),
        (Inside, CommunityListingChosen e) => new Inside(e.Listed),
        (Outside o, CommunityListingChosen) => o,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <param name="Active">Takes part now.</param>
/// <param name="Listed">Stands on the board of contributions.</param>
internal sealed record ParticipationRow(
    Guid Id, Id<Community> Community, Id<Person> Person, Id<Firm>? Firm, bool Active, bool Listed, DateTimeOffset JoinedAt, long Version);

/// <summary>Who takes part in which community.</summary>
internal sealed class Participations() : InlineProjection<ParticipationEvent, ParticipationRow>(LearningModule.Name, Table)
{
    public static readonly Table<ParticipationRow> Table = new(LearningModule.Name, "community_members", nameof(ParticipationRow.Id))
    {
        Indexes = ["(community, joined_at) where active", "(person) where active"],
    };

    protected override ParticipationRow? Apply(ParticipationRow? row, Recorded<ParticipationEvent> recorded) => recorded.Fact switch
    {
        CommunityJoined e => new(recorded.Stream, e.Community, e.Person, e.Firm, true, true, e.At, recorded.Version),
        _ when row is null => row,
        CommunityLeft => row with { Active = false, Version = recorded.Version },
        CommunityListingChosen e => row with { Listed = e.Listed, Version = recorded.Version },
        _ => row,
    };
}
