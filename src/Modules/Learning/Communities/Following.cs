using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Communities;

internal abstract record FollowingEvent;

/// <param name="Target">A community, or a discussion or page in it.</param>
[StoredAs("community_following_begun")]
internal sealed record CommunityFollowingBegun(Id<Community> Community, Guid Target, Id<Person> Person, DateTimeOffset At) : FollowingEvent;

[StoredAs("community_following_ended")]
internal sealed record CommunityFollowingEnded(Id<Community> Community, Guid Target, Id<Person> Person, DateTimeOffset At) : FollowingEvent;

/// <summary>What one person has said of one thing: that it is followed, or not. Until then members follow their community, and who writes follows the discussion or page.</summary>
/// <param name="Follows">Null until the person has said something.</param>
internal sealed record Following(bool? Follows) : IState<Following, FollowingEvent>
{
    public static Following Initial { get; } = new((bool?)null);

    public static Guid IdOf(Guid target, Id<Person> person) => NamedGuid.Of("community-following", target.ToString(), person.ToString());

    public static Following Evolve(Following state, FollowingEvent fact) => new(fact is CommunityFollowingBegun);
}

internal sealed record FollowingRow(Guid Id, Guid Target, Id<Person> Person, bool Follows, long Version);

/// <summary>Who follows what, or wants to hear no more of it.</summary>
internal sealed class Followings() : InlineProjection<FollowingEvent, FollowingRow>(LearningModule.Name, Table)
{
    public static readonly Table<FollowingRow> Table = new(LearningModule.Name, "community_followings", nameof(FollowingRow.Id)) { Indexes = ["(target)"] };

    protected override FollowingRow? Apply(FollowingRow? row, Recorded<FollowingEvent> recorded) => recorded.Fact switch
    {
        CommunityFollowingBegun e => new(recorded.Stream, e.Target, e.Person, true, recorded.Version),
        CommunityFollowingEnded e => new(recorded.Stream, e.Target, e.Person, false, recorded.Version),
        _ => row,
    };
}
