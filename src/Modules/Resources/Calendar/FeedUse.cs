using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Resources.Calendar;

/// <summary>On which day a link was read last, for its owner's eyes: state, written once a day.</summary>
internal static class FeedUse
{
    public const string Script = "create table resources.feed_use (feed uuid primary key, fetched_on date not null);";

    public static Statement Note(Id<Feed> feed, DateOnly day) => Statement.Of(
        "insert into resources.feed_use (feed, fetched_on) values ($1, $2) on conflict (feed) do update set fetched_on = excluded.fetched_on where feed_use.fetched_on <> excluded.fetched_on", feed.Value, day);

    public static Statement Forget(Id<Feed> feed) => Statement.Of("delete from resources.feed_use where feed = $1", feed.Value);
}

/// <summary>Whose account closes has no links any more.</summary>
internal sealed class FeedErasure(FeedDesk feeds, Streams<Feed, FeedEvent> streams, Database database, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var own = await feeds.Of(person, ct);
        foreach (var (feed, _) in own) await streams.Execute(feed.Id.Value, new RevokeFeed(person, clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        await database.Execute(ResourcesModule.Name, own.Select(f => FeedUse.Forget(f.Feed.Id)), ct);
        return [new("resources.calendar_feeds", own.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);
}
