using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Audits;

/// <summary>
/// Whom of an audit auditors may read about: a grant that is not narrowed to a standard opens the audits of its cluster and of the cluster's firms, within
/// its period and persons.
/// </summary>
internal sealed class AuditedPeople(IAuditorGrants grants, IFirmDirectory directory)
{
    /// <param name="rated">Who is rated in which firm.</param>
    /// <returns>Those who are open to the caller, each with the grant that opens them; nobody for who is no auditor.</returns>
    public async Task<IReadOnlyDictionary<Id<Person>, Id<AuditorGrant>>> Of(
        AuditRow audit, IEnumerable<(Id<Person> Person, Id<Firm> Firm)> rated, Caller caller, CancellationToken ct)
    {
        var open = new Dictionary<Id<Person>, Id<AuditorGrant>>();
        if (caller.Roles.All(r => r.Role != Role.Auditor)) return open;
        foreach (var firm in rated.ToLookup(r => r.Firm, r => r.Person))
        {
            foreach (var cluster in audit.Cluster is { } own ? [own] : await directory.ClustersOf(firm.Key, ct))
            {
                foreach (var scope in (await grants.InForce(caller, cluster.Value, ct)).Where(s => s.Standard is null))
                {
                    foreach (var person in firm.Where(p => scope.Covers(new(cluster.Value, Guid.Empty, Guid.Empty, p, null, audit.EndedAt))))
                        open.TryAdd(person, scope.Grant);
                }
            }
        }

        return open;
    }
}
