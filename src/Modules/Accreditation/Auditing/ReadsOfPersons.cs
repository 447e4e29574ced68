using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>What auditors read of the dossiers in which a person stands.</summary>
internal sealed class ReadsOfPersons(Database database) : IReadsOf
{
    public async Task<IReadOnlyList<ReadOf>> Of(
        Id<Person> person, (DateTimeOffset At, Guid Stream, long Version)? before, int count, CancellationToken ct)
    {
        var own = await database.Query(
            AccreditationModule.Name, Statement.Of("select id from accreditation.applications where candidate = $1", person.Value),
            r => AuditTrail.IdOf(new(r.GetGuid(0))), ct);
        var (at, stream, version) = before ?? default;
        var rows = await database.Query(
            AccreditationModule.Name,
            Statement.Of(
                AuditorReads.Table.Select("""
                    where (persons @> array[$1] or id = any($2)) and auditor <> $1 and ($6 or (at, id, version) < ($3, $4, $5))
                    order by at desc, id desc, version desc limit $7
                    """),
                person.Value, own.ToArray(), at, stream, version, before is null, count),
            AuditorReads.Table.Read, ct);
        return rows.ConvertAll(r => new ReadOf(r.Id, r.Version, r.Auditor, r.Granted, r.What, r.Target, r.Purpose, r.At));
    }
}
