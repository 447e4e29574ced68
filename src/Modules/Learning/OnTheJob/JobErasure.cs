using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>Who closes the account has no task to do any more; tasks of others stay theirs.</summary>
internal sealed class JobErasure(Streams<JobTask, JobEvent> tasks, JobDesk desk, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var open = await desk.Rows("where learner = $1 and status in ('asked', 'open') order by id", ct, person.Value);
        foreach (var row in open) await tasks.Execute(row.Id.Value, new LeaveTask(person, clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        return [new("learning-tasks", open.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);
}
