using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.People;

/// <summary>Who closes the account works nowhere in the network any more; firms that employed the person count as recipients.</summary>
internal sealed class EmploymentErasure(Database database, Streams<Employment, EmploymentEvent> employments, Staffing staffing, TimeProvider clock)
    : IErasureStep, IRecipients
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var current = await database.Query(
            ClustersModule.Name, Statement.Of("select id from clusters.employments where person = $1 and active order by id", person.Value),
            r => r.GetGuid(0), ct);
        var now = clock.GetUtcNow();
        foreach (var employment in current)
        {
            var execution = new Execution(CommandMetadata.System("erasure"))
            {
                Also = facts => staffing.Follow(facts, now, ct, evenLastLeader: true),
            };
            var outcome = await employments.Execute(employment, new EndEmployment("Erasure", by, now), execution, ct);
            if (outcome is not Outcome.Written) throw new InvalidOperationException($"Employment {employment} could not be ended: {outcome}.");
        }

        return [new("employments", current.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);

    public async Task<IReadOnlyList<Recipient>> Of(Id<Person> person, CancellationToken ct) => await database.Query(
        ClustersModule.Name, Statement.Of("select firm, began_at from clusters.employments where person = $1 order by began_at, firm", person.Value),
        r => new Recipient("firm", r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1)), ct);
}
