using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Plans;

/// <summary>Who leaves ends the plans that are under way.</summary>
internal sealed class PlanErasure(Streams<Plan, PlanEvent> plans, PlanDesk desk, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var open = await desk.Rows("where (person = $1 or coach = $1) and status in ('proposed', 'active') order by id", ct, person.Value);
        foreach (var row in open) await plans.Execute(row.Id.Value, new LeavePlan(person, clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        return [new("plans", open.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);
}
