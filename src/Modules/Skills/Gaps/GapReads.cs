using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Gaps;

/// <summary>Reads what closed audits found, skills under their names of now.</summary>
internal sealed class GapReads(Database database, Successions successions)
{
    private static readonly string Closed = WireNames.Of(AuditState.Closed);

    public async Task<AuditRow?> Audit(Id<Audit> audit, CancellationToken ct) =>
        (await Query(AuditRows.Table.Select("where id = $1 and state = $2"), AuditRows.Table.Read, ct, audit.Value, Closed)).FirstOrDefault();

    /// <summary>A cluster's closed audits, the newest first.</summary>
    public Task<List<AuditRow>> OfCluster(Id<Cluster> cluster, CancellationToken ct) =>
        Query(AuditRows.Table.Select("where cluster = $1 and state = $2 order by ended_at desc, id desc"), AuditRows.Table.Read, ct, cluster.Value, Closed);

    /// <summary>Closed audits in which a firm took part, the newest first.</summary>
    public Task<List<AuditRow>> OfFirm(Id<Firm> firm, CancellationToken ct) =>
        Query(AuditRows.Table.Select("where joined @> array[$1] and state = $2 order by ended_at desc, id desc"), AuditRows.Table.Read, ct, firm.Value, Closed);

    public async Task<IReadOnlyList<FoundGap>> Found(Id<Audit> audit, CancellationToken ct)
    {
        var rows = await Query(
            FoundGapRows.Table.Select("where audit = $1 order by firm, person, skill_uri"), FoundGapRows.Table.Read, ct, audit.Value);
        return [.. (await Now(rows, ct)).Select(r => r.Gap)];
    }

    /// <summary>Of each skill what the newest audit found.</summary>
    public async Task<IReadOnlyList<FoundGapRow>> Newest(Id<Person> person, CancellationToken ct)
    {
        var rows = await Query(FoundGapRows.Table.Select("where person = $1 order by at desc, audit desc"), FoundGapRows.Table.Read, ct, person.Value);
        return [.. (await Now(rows, ct)).DistinctBy(r => (r.SkillUri, r.Firm)).OrderBy(r => r.SkillUri, StringComparer.Ordinal)];
    }

    /// <summary>The order stays.</summary>
    private async Task<IReadOnlyList<FoundGapRow>> Now(IReadOnlyList<FoundGapRow> rows, CancellationToken ct)
    {
        var names = await successions.Of(rows.Select(r => r.SkillUri), ct);
        return [.. rows.Select(r => r with { SkillUri = names.Now(r.SkillUri) }).GroupBy(r => (r.Audit, r.Person, r.Firm, r.SkillUri)).Select(FoundGapRow.Merged)];
    }

    private Task<List<T>> Query<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> map, CancellationToken ct, params object[] values) =>
        database.Query(SkillsModule.Name, Statement.Of(sql, values), map, ct);
}
