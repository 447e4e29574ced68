using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Signals;

/// <summary>Signals of the person are withdrawn: nobody can read them any more. What others said of them stays theirs.</summary>
internal sealed class SignalErasure(Database database, Streams<SignalLife, SignalEvent> signals, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var open = await database.Query(
            LearningModule.Name, Statement.Of("select id from learning.signals where author = $1 and not withdrawn order by id", person.Value), r => r.GetGuid(0), ct);
        foreach (var signal in open)
            await signals.Execute(signal, new WithdrawSignal("", person, clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        return [new("signals", open.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);
}
