using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>
/// Reacts to the facts that lower modules publish, in ledger order, at least once: what it commands must be idempotent by <c>eventId</c>.
/// Replay never starts it.
/// </summary>
public interface ISubscription
{
    /// <summary>Stable: its checkpoint's name.</summary>
    string Name { get; }

    string Module { get; }

    /// <summary>Whether it looks at facts of this source; without an answer, at all.</summary>
    bool Wants(IFactSource source) => true;

    Task Handle(PublishedFact fact, CancellationToken ct);
}

/// <summary>A module's public fact (a record in its Contracts) with where it comes from.</summary>
public sealed record PublishedFact(Guid EventId, long Position, Guid Stream, DateTimeOffset At, object Fact);

/// <summary>Turns a module's own events into its published facts.</summary>
public interface IFactSource
{
    /// <summary>Base type of the events that it looks at.</summary>
    Type Family { get; }

    /// <returns>The public fact; null for what the module keeps to itself.</returns>
    object? Publish(Recorded recorded);
}

/// <summary>A subscription as a follower of the log.</summary>
internal sealed class SubscriptionFollower(ISubscription subscription, IReadOnlyList<IFactSource> all) : IFollower
{
    private readonly IReadOnlyList<IFactSource> _sources = [.. all.Where(subscription.Wants)];

    public string Name => $"subscription/{subscription.Name}";

    public string Module => subscription.Module;

    public IReadOnlyList<Type>? Families => [.. _sources.Select(s => s.Family)];

    public async Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, Func<Statement, Task> locking, CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            foreach (var source in _sources.Where(s => s.Family.IsInstanceOfType(fact.Event.Fact)))
            {
                if (source.Publish(fact.Event) is { } published)
                    await subscription.Handle(new(fact.Event.Id, fact.Position, fact.Event.Stream, fact.Event.At, published), ct);
            }
        }

        return [];
    }
}
