using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>Rebuilds read tables from events, and proves that the live ones equal what the events say.</summary>
public sealed class Replay
{
    private readonly Database _database;
    private readonly ReadModels _models;
    private readonly EventCodec _codec;

    internal Replay(Database database, ReadModels models, EventCodec codec) => (_database, _models, _codec) = (database, models, codec);

    /// <summary>Folds all events within one snapshot and compares every read table with its live rows. Changes nothing.</summary>
    public async Task<IReadOnlyList<TableReport>> Verify(IProgress<ReplayProgress>? progress, CancellationToken ct) =>
        (await Prove(new(), progress, ct)).Tables;

    /// <summary>Folds the events up to a position within one snapshot: a digest for every table, and where the log stands a comparison with it.</summary>
    /// <exception cref="UnknownEventException">An event of ours that this program does not know: nothing is skipped.</exception>
    /// <exception cref="BeyondTheLogException">The log does not reach the position.</exception>
    public Task<ReplayReport> Prove(ReplayRequest request, IProgress<ReplayProgress>? progress, CancellationToken ct) =>
        new ReplayProof(_models, _codec, request, progress).Run(_database, ct);

    /// <summary>
    /// Fills the given tables anew. Guards are repaired where they are, under a lock; the others, and tables that are new or changed, are built beside
    /// the live ones and take their place in one short transaction each.
    /// </summary>
    public async Task Rebuild(IReadOnlyCollection<ITable> tables, IProgress<ReplayProgress>? progress, CancellationToken ct)
    {
        if (tables.Count == 0) return;
        var guards = new List<ITable>();
        foreach (var table in tables.Where(t => t.Guard))
            if (await Definitions.Holds(_database, table, _models.CodeVersion(table), ct)) guards.Add(table);
        await new GuardRepair(_database, _models, _codec).Run(guards, progress, ct);
        await new BlueGreen(_database, _models, _codec, progress).Run([.. tables.Except(guards)], ct);
    }
}
