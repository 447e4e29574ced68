using ClusterNet.Access.Contracts;

namespace ClusterNet.Clusters.Auditing;

/// <summary>
/// A cluster's charter is for the auditors of the cluster, without anybody's personal members. Firms, memberships and people stay closed: what stands in
/// them is no part of an accreditation.
/// </summary>
internal sealed class CharterEventReaders(IAuditorGrants grants, IAuditorReads reads) : IEventReaders
{
    public string Module => ClustersModule.Name;

    public async Task<bool> MayRead(Guid stream, Caller caller, string? what, CancellationToken ct) => await Open(stream, caller, what, ct) is not null;

    public async Task<OpenedStream?> Open(Guid stream, Caller caller, string? what, CancellationToken ct)
    {
        // A cluster's stream is its charter's: a grant in it says that it is one.
        if (await grants.InForce(caller, stream, ct) is not [var scope, ..]) return null;
        return what is null || await reads.Record(caller, scope.Grant, what, [], ct) is null ? new(long.MaxValue, []) : null;
    }
}
