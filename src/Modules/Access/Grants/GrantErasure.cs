using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Grants;

/// <summary>With an auditor's account its grants end.</summary>
internal sealed class GrantErasure(Streams<AuditGrant, AuditGrantEvent> grants, AuditorRoles auditorRoles, Database database, TimeProvider clock)
    : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var held = await Grants.Rows($"where {Grants.InForce} and auditor = $2 order by id", database, ct, now, person.Value);
        foreach (var grant in held)
        {
            var execution = new Execution(CommandMetadata.System("erasure"))
            {
                Also = async _ => [await auditorRoles.Follow(person, grant.Cluster, grant.Id, null, by, now, ct)],
            };
            await grants.Execute(grant.Id.Value, new EndGrant(by, "Erasure", now), execution, ct);
        }

        return [new("auditor grants", held.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);
}
