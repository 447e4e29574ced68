using ClusterNet.Projections;

namespace ClusterNet.EventStore;

/// <summary>One family of streams: load, decide, append.</summary>
/// <typeparam name="TState">The folded state.</typeparam>
/// <typeparam name="TEvent">Base type of the family's facts.</typeparam>
public sealed class Streams<TState, TEvent>
    where TState : IState<TState, TEvent>
    where TEvent : class
{
    private const int Attempts = 10;
    private readonly IEventStore _store;
    private readonly IReadOnlyList<IInlineProjection> _projections;
    private readonly bool _personal;
    private readonly string? _rows;

    public Streams(IEventStore store, EventTypes types, ReadModels models)
    {
        var family = types.All.Where(t => typeof(TEvent).IsAssignableFrom(t.Class)).ToList();
        if (family.Count == 0) throw new InvalidOperationException($"No stored event belongs to {typeof(TEvent).Name}; add the module that declares them.");
        _store = store;
        _projections = [.. models.Inline.Where(p => p.Family == typeof(TEvent))];
        _rows = models.Fingerprint(typeof(TEvent));
        _personal = family.Any(t => t.Personal.Count > 0);
        (Module, StreamType) = (family[0].Module, Column.SnakeCase(typeof(TState).Name));
    }

    internal string Module { get; }

    internal string StreamType { get; }

    /// <summary>The state now or as it once was.</summary>
    public async Task<Loaded<TState>> Load(Guid id, AsOf asOf, CancellationToken ct)
    {
        var slice = await _store.Read(Module, id, asOf, _personal, ct);
        return new(slice.Version, Fold(slice), slice.Events);
    }

    public Task<Loaded<TState>> Load(Guid id, CancellationToken ct) => Load(id, AsOf.Now, ct);

    /// <summary>Decides and appends. Of many writers on one stream, each decides on the state that the one before it left.</summary>
    public async Task<Outcome> Execute(Guid id, ICommand<TState, TEvent> command, Execution execution, CancellationToken ct)
    {
        Outcome? outcome = null;
        HashSet<Guid> locks = [id];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var result = attempt == 0
                ? await Optimistic()
                : await _store.CommitLocked(id, locks, _personal, execution.Idempotency, Prepared, ct);
            switch (result)
            {
                case CommitResult.Done done: return ((Outcome.Written)outcome!) with { SeqId = done.SeqId }; // Prepared made it
                case CommitResult.Abandoned: return outcome!; // Prepared said why
                case CommitResult.AlreadyAnswered: return new Outcome.Repeated((await _store.Earlier(execution.Idempotency!, ct))!); // both exist: the key was refused
                case CommitResult.GuardViolated g: return new Outcome.GuardViolated(g.Constraint);
                default: continue;
            }
        }

        throw new TimeoutException($"Stream {id} was too busy: {Attempts} attempts to append to it met another writer.");

        async Task<CommitResult> Optimistic()
        {
            var slice = await _store.Read(Module, id, _personal, execution.Idempotency, ct);
            return await Prepared(slice) is { } commit ? await _store.Commit(commit, ct) : new CommitResult.Abandoned();
        }

        async Task<Commit?> Prepared(StreamSlice slice)
        {
            (outcome, var commit) = slice.Earlier is { } earlier
                ? (new Outcome.Repeated(earlier), null)
                : await Prepare(id, command, execution, slice, ct);
            if (commit is not null) locks.UnionWith(commit.Appends.Select(a => a.Stream));
            return commit;
        }
    }

    /// <summary>Decides now what another stream's command will commit with its own facts; a conflict there decides again.</summary>
    public async Task<Prepared> Prepare(Guid id, ICommand<TState, TEvent> command, CancellationToken ct)
    {
        var slice = await _store.Read(Module, id, AsOf.Now, _personal, ct);
        var decision = command.Decide(Fold(slice));
        return decision.Refusal is { } refusal ? new(refusal, null) : new(null, AppendOf(id, slice, await Storable(id, decision, ct)));
    }

    /// <summary>The same for several streams, in their order.</summary>
    public async Task<IReadOnlyList<Prepared>> Prepare(IEnumerable<(Guid Id, ICommand<TState, TEvent> Command)> each, CancellationToken ct)
    {
        var prepared = new List<Prepared>();
        foreach (var (id, command) in each) prepared.Add(await Prepare(id, command, ct));
        return prepared;
    }

    /// <summary>The same for a stream that does not exist yet, without looking: if it does exist after all, the commit meets a conflict.</summary>
    public Prepared PrepareNew(Guid id, ICommand<TState, TEvent> command)
    {
        var decision = command.Decide(TState.Initial);
        return decision.Refusal is { } refusal ? new(refusal, null) : new(null, AppendOf(id, new(0, []), [.. decision.Facts]));
    }

    private async Task<(Outcome, Commit?)> Prepare(Guid id, ICommand<TState, TEvent> command, Execution execution, StreamSlice slice, CancellationToken ct)
    {
        if (execution.ExpectedVersion is { } expected && expected != slice.Version) return (new Outcome.Stale(slice.Version), null);
        var decision = command.Decide(Fold(slice));
        if (decision.Refusal is { } refusal) return (new Outcome.Refused(refusal), null);
        var append = AppendOf(id, slice, await Storable(id, decision, ct));
        if (decision.Facts.Length > 0) append = append with { Statements = [.. append.Statements, .. execution.Statements] };
        List<Append> appends = [append];
        if (execution.Also is { } also && decision.Facts.Length > 0)
        {
            foreach (var prepared in await also([.. decision.Facts]))
            {
                if (prepared.Refusal is { } other) return (new Outcome.Refused(other), null);
                appends.Add(prepared.Append!); // not refused: it has an append
            }
        }

        var version = slice.Version + decision.Facts.Length;
        var answer = execution.Answer?.Invoke(version);
        var record = execution.Idempotency is { } key && answer is not null
            ? new IdempotencyRecord(key, answer.Status, answer.Location, answer.Body, version == 0 ? null : id, version)
            : null;
        return (new Outcome.Written(id, version, null, answer), new Commit(appends, execution.Metadata, record));
    }

    private ValueTask<IReadOnlyList<object>> Storable(Guid id, Decision<TEvent> decision, CancellationToken ct) =>
        _personal ? _store.Storable(id, [.. decision.Facts], ct) : ValueTask.FromResult<IReadOnlyList<object>>([.. decision.Facts]);

    private Append AppendOf(Guid id, StreamSlice slice, IReadOnlyList<object> facts)
    {
        var statements = new List<Statement>();
        if (facts.Count > 0)
        {
            foreach (var projection in _projections)
            {
                var before = slice.Events.Aggregate((IReadOnlyList<object>)[], projection.Apply);
                var after = before;
                for (var i = 0; i < facts.Count; i++)
                    after = projection.Apply(after, Future(id, slice.Version + i + 1, facts[i]));
                statements.AddRange(RowChanges.Between(projection.Table, before, after));
            }
        }

        return new(Module, id, StreamType, slice.Version, facts, statements, _rows);
    }

    /// <summary>A fact that is about to be stored. Projections read its data and place, never the store's clock or ids: a replay must give the same row.</summary>
    private static Recorded Future(Guid stream, long version, object fact) =>
        new(stream, version, Guid.Empty, default, 0, "", new(null, null, null, null, null, null, 1), fact);

    private static TState Fold(StreamSlice slice)
    {
        var state = TState.Initial;
        foreach (var recorded in slice.Events)
            if (recorded.Fact is TEvent fact) state = TState.Evolve(state, fact);
        return state;
    }
}

/// <summary>A state and the version that it has.</summary>
/// <param name="Version">0 when the stream does not exist.</param>
public sealed record Loaded<TState>(long Version, TState State, IReadOnlyList<Recorded> Events);

/// <summary>How a command is to be carried out.</summary>
public sealed record Execution(CommandMetadata Metadata)
{
    /// <summary>From If-Match: another version is stale (RFC 9110 section 13.1.1).</summary>
    public long? ExpectedVersion { get; init; }

    public IdempotencyKey? Idempotency { get; init; }

    /// <summary>The answer for the version that the command will have reached; kept for repeats.</summary>
    public Func<long, Answer>? Answer { get; init; }

    /// <summary>Appends to other streams that commit with this command, or a refusal of one of them.</summary>
    public Func<IReadOnlyList<object>, Task<IReadOnlyList<Prepared>>>? Also { get; init; }

    /// <summary>Statements on the module's own state (secrets, sessions) that commit with the facts; not run when the decision adds none.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];
}

/// <summary>An answer: ids and links, no personal data. <paramref name="Body"/> is JSON.</summary>
public sealed record Answer(int Status, string? Location, string Body);

/// <summary>An append decided for another stream's transaction, or the refusal.</summary>
public sealed record Prepared(Refusal? Refusal, Append? Append);

/// <summary>What became of a command.</summary>
public abstract record Outcome
{
    public sealed record Written(Guid Stream, long Version, long? SeqId, Answer? Answer) : Outcome;

    public sealed record Refused(Refusal Refusal) : Outcome;

    /// <summary>The caller's version is not the stream's.</summary>
    public sealed record Stale(long ActualVersion) : Outcome;

    /// <summary>The same command was carried out before.</summary>
    public sealed record Repeated(StoredAnswer Answer) : Outcome;

    /// <summary>A guard table's constraint refused it: the slice that owns the guard says what that means.</summary>
    public sealed record GuardViolated(string Constraint) : Outcome;
}
