using System.Reflection;
using System.Text.Json.Serialization;
using ClusterNet.Backups;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ClusterNet.EventStore;

/// <summary>Adds the store and what a module declares to it.</summary>
public static class StoreRegistration
{
    /// <summary>
    /// The store, the log and the projections; <see cref="Database"/>, <see cref="KeyDatabase"/>, <see cref="IKeyVault"/>,
    /// <see cref="MirrorDirectory"/> and <see cref="LogSettings"/> must be added by the Host.
    /// </summary>
    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EventTypes>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyRotation>();
        services.AddSingleton<ErasureJournal>();
        services.AddSingleton<RepeatedErasures>();
        services.AddSingleton<Backup>();
        services.AddSingleton<IKeyCopies, KeyCopies>();
        services.AddSingleton<Restore>();
        services.AddSingleton<EventCodec>();
        services.AddSingleton<CommitSignal>();
        services.AddSingleton<IEventStore, NpgsqlEventStore>();
        services.AddSingleton(typeof(Streams<,>));
        services.AddSingleton<ReadModels>();
        services.AddSingleton<Installation>();
        services.AddSingleton<Sequencer>();
        services.AddSingleton<LogTimes>();
        services.AddSingleton<LogPositions>();
        services.AddSingleton<LogMirror>();
        services.AddSingleton<SignedLog>();
        services.AddSingleton<LogTiles>();
        services.AddSingleton<LogEntries>();
        services.AddSingleton<LogProofs>();
        services.AddSingleton<EventViews>();
        services.AddSingleton<LogStatus>();
        services.AddSingleton<LogPolicies>();
        services.AddSingleton<LogWitnesses>();
        services.TryAddSingleton<IWitnessCalls, WitnessHttp>();
        services.AddSingleton<CheckpointPublisher>();
        services.AddSingleton<Freshness>();
        services.AddSingleton<PersonalInventory>().AddSingleton<RowScrub>();
        services.AddSingleton(p => new SubjectData(p.GetRequiredService<Database>(), p.GetRequiredService<EventCodec>(), p.GetRequiredService<LogPositions>()));
        services.AddSingleton<FollowerRunner>();
        services.AddSingleton(p => new Replay(p.GetRequiredService<Database>(), p.GetRequiredService<ReadModels>(), p.GetRequiredService<EventCodec>()));
        services.AddEvents(ReplayLog.Module, typeof(Replay).Assembly, ProjectionsJson.Default);
        services.AddSingleton(p => new ReplayLog(p.GetRequiredService<Streams<ProjectionClaims, ProjectionEvent>>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new LogWorker(
            p.GetRequiredService<Sequencer>(), p.GetRequiredService<CheckpointPublisher>(), p.GetRequiredService<FollowerRunner>(), Followers(p),
            p.GetRequiredService<CommitSignal>(), p.GetRequiredService<ILogger<LogWorker>>()));
        return services;
    }

    /// <summary>Declares a module's events (every class with <see cref="StoredAsAttribute"/> in its assembly).</summary>
    /// <param name="json">The generated serializer that knows them all.</param>
    public static IServiceCollection AddEvents(this IServiceCollection services, string module, Assembly assembly, JsonSerializerContext json) =>
        services.AddSingleton(new EventModule(module, assembly, json));

    public static IServiceCollection AddInline<TProjection>(this IServiceCollection services)
        where TProjection : class, IInlineProjection => services.AddSingleton<IInlineProjection, TProjection>();

    public static IServiceCollection AddLedgerProjection<TProjection>(this IServiceCollection services)
        where TProjection : LedgerProjection => services.AddSingleton<LedgerProjection, TProjection>();

    public static IServiceCollection AddSubscription<TSubscription>(this IServiceCollection services)
        where TSubscription : class, ISubscription => services.AddSingleton<ISubscription, TSubscription>();

    /// <summary>A module's word to itself: one class publishes facts of its streams and handles them, in ledger order and at least once.</summary>
    public static IServiceCollection AddRelay<TRelay>(this IServiceCollection services)
        where TRelay : class, IFactSource, ISubscription =>
        services.AddSingleton<TRelay>()
            .AddSingleton<IFactSource>(p => p.GetRequiredService<TRelay>()).AddSingleton<ISubscription>(p => p.GetRequiredService<TRelay>());

    /// <summary>Declares what of a module's events is public.</summary>
    public static IServiceCollection AddFacts<TSource>(this IServiceCollection services)
        where TSource : class, IFactSource => services.AddSingleton<IFactSource, TSource>();

    private static IEnumerable<IFollower> Followers(IServiceProvider provider)
    {
        var (database, store) = (provider.GetRequiredService<Database>(), provider.GetRequiredService<IEventStore>());
        var models = provider.GetRequiredService<ReadModels>();
        var sources = provider.GetServices<IFactSource>().ToList();
        return
        [
            .. models.Inline.Select(p => new InlineFollower(p, store, models)),
            .. models.Ledger.Select(p => new ProjectionFollower(p, database, models)),
            .. provider.GetServices<ISubscription>().Select(s => new SubscriptionFollower(s, sources)),
        ];
    }
}
