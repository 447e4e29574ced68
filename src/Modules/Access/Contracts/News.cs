using ClusterNet.EventStore;
using ClusterNet.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.Contracts;

/// <summary>
/// Which of a module's own events somebody is told of. Each is told once, in ledger order, also after a crash; a replay tells nothing, an import
/// neither, nor what is older than a week: a program that learns a new kind of notice does not tell the past.
/// </summary>
/// <typeparam name="TEvent">Base type of one family of events.</typeparam>
public abstract class News<TEvent>(INotices notices, TimeProvider clock) : IFactSource, ISubscription
    where TEvent : class
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(7);

    /// <summary>Stable: the checkpoint's name.</summary>
    public abstract string Name { get; }

    public abstract string Module { get; }

    public Type Family => typeof(TEvent);

    public object? Publish(Recorded recorded) => recorded.Metadata.IsImport ? null : recorded.As<TEvent>();

    public bool Wants(IFactSource source) => source == this;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        if (fact.Fact is not Recorded<TEvent> recorded || recorded.At < clock.GetUtcNow() - Fresh) return;
        foreach (var notice in await Of(recorded, ct)) await notices.Tell(notice, recorded.At, ct);
    }

    /// <summary>What to tell whom: nothing that its reader may not see when opening it.</summary>
    protected abstract Task<IReadOnlyList<Notice>> Of(Recorded<TEvent> recorded, CancellationToken ct);

    /// <summary>The same to several people, but not to who brought it about.</summary>
    protected static IReadOnlyList<Notice> ToAll(IEnumerable<Id<Person>> people, Id<Person>? by, Func<Id<Person>, Notice> notice) =>
        [.. people.Distinct().Where(p => p != by).Select(notice)];
}

/// <summary>Adds news of a module.</summary>
public static class NewsRegistration
{
    public static IServiceCollection AddNews<TNews>(this IServiceCollection services)
        where TNews : class, IFactSource, ISubscription => services.AddRelay<TNews>();
}
