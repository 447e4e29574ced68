using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Standards;

/// <summary>Tells Access by which standards a grant can be narrowed.</summary>
internal sealed class AuditedStandards(Database database) : IAuditedStandards
{
    public async Task<IReadOnlyList<AuditedStandard>> Of(Guid cluster, CancellationToken ct)
    {
        var rows = await database.Query(
            AccreditationModule.Name, Statement.Of(Standards.Table.Select("where cluster = $1 and published order by id desc"), cluster),
            Standards.Table.Read, ct);
        return rows.ConvertAll(r => new AuditedStandard(r.Id.Value, r.Title, r.Number));
    }
}
