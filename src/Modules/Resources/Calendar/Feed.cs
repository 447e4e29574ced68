using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Calendar;

/// <summary>Whose sessions a feed shows.</summary>
[JsonConverter(typeof(WireNameConverter<FeedScope>))]
internal enum FeedScope
{
    /// <summary>In which one has a seat, or which one gives.</summary>
    [JsonStringEnumMemberName("person")]
    Person,

    [JsonStringEnumMemberName("resource")]
    Resource,

    [JsonStringEnumMemberName("firm")]
    Firm,

    [JsonStringEnumMemberName("cluster")]
    Cluster,
}

internal abstract record FeedEvent;

/// <param name="Target">The resource, firm or cluster; null for the person's own.</param>
/// <param name="Hash">SHA-256 of the link's secret, in hex; who has the link needs nothing else.</param>
[StoredAs("calendar_feed_made")]
internal sealed record FeedMade(Id<Person> Person, FeedScope Scope, Guid? Target, string Hash, DateTimeOffset At) : FeedEvent;

[StoredAs("calendar_feed_revoked")]
internal sealed record FeedRevoked(DateTimeOffset At) : FeedEvent;

/// <summary>A secret link by which calendars read sessions. It shows what its maker may see at that moment, and ends when the maker says so.</summary>
internal abstract record Feed : IState<Feed, FeedEvent>
{
    public static readonly Refusal Unknown = new("feed-unknown", "You have no such calendar link; list your links to see them.", 404);

    public sealed record Absent : Feed;

    public sealed record Made(Id<Person> Person) : Feed;

    public sealed record Revoked(Id<Person> Person) : Feed;

    public static Feed Initial { get; } = new Absent();

    public static Feed Evolve(Feed state, FeedEvent fact) => fact switch
    {
        FeedMade e => new Made(e.Person),
        FeedRevoked => state is Made made ? new Revoked(made.Person) : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record MakeFeed(Id<Person> Person, FeedScope Scope, Guid? Target, string Hash, DateTimeOffset Now) : ICommand<Feed, FeedEvent>
{
    public Decision<FeedEvent> Decide(Feed state) => state is Feed.Absent ? new FeedMade(Person, Scope, Target, Hash, Now) : Decision<FeedEvent>.Nothing;
}

internal sealed record RevokeFeed(Id<Person> Person, DateTimeOffset Now) : ICommand<Feed, FeedEvent>
{
    public Decision<FeedEvent> Decide(Feed state) => state switch
    {
        Feed.Made f when f.Person == Person => new FeedRevoked(Now),
        Feed.Revoked f when f.Person == Person => Decision<FeedEvent>.Nothing,
        _ => Feed.Unknown,
    };
}

internal sealed record FeedRow(Id<Feed> Id, Id<Person> Person, FeedScope Scope, Guid? Target, string Hash, DateTimeOffset MadeAt, long Version);

/// <summary>The links that stand.</summary>
internal sealed class FeedRows() : InlineProjection<FeedEvent, FeedRow>(ResourcesModule.Name, Table)
{
    public static readonly Table<FeedRow> Table = new(ResourcesModule.Name, "calendar_feeds", nameof(FeedRow.Id)) { Indexes = ["unique (hash)", "(person)"] };

    protected override FeedRow? Apply(FeedRow? row, Recorded<FeedEvent> recorded) =>
        recorded.Fact is FeedMade e ? new(new(recorded.Stream), e.Person, e.Scope, e.Target, e.Hash, e.At, recorded.Version) : null;
}
