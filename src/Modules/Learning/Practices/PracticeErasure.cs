using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Practices;

/// <summary>Practices that only the person put into words are withdrawn: they cannot be read any more. That firms use them, and what those firms said, stays.</summary>
internal sealed class PracticeErasure(Database database, Streams<PracticeLife, PracticeEvent> practices, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var open = await database.Query(
            LearningModule.Name, Statement.Of("select id from learning.practices where author = $1 and status <> 'withdrawn' order by id", person.Value), r => r.GetGuid(0), ct);
        foreach (var practice in open)
            await practices.Execute(practice, new LeavePractice(person, clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        return [new("practices", open.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);
}
