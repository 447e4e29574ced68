using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;
using Npgsql;

namespace ClusterNet.Clusters.People;

/// <summary>Somebody who works in a firm, as those see it who may.</summary>
internal sealed record Colleague(
    Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, Position Position, Personal<string> JobTitle,
    string Language, DateTimeOffset BeganAt, long Version);

/// <summary>Somebody of a cluster's firms.</summary>
internal sealed record Participant(
    Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, Id<Firm> Firm, string FirmName, Position Position);

/// <summary>Where somebody works.</summary>
internal sealed record Workplace(Id<Firm> Firm, string FirmName, Position Position);

/// <summary>A person as one viewer may see them.</summary>
/// <param name="Tells">Null where the viewer may see name and work only.</param>
internal sealed record SeenPerson(PersonRow Row, ProfileContent? Tells, IReadOnlyList<Workplace> Work);

/// <summary>People as somebody may see them: every list and every count of people goes through the rule of <see cref="Viewer"/>.</summary>
internal sealed class PeopleQueries(Database database)
{
    private const string Columns = "w.person, p.given_name, p.family_name, w.position, w.job_title, p.language, w.began_at, w.version";
    private const string Sorted = "coalesce(p.sort_name, '')";
    private const string Employed = "clusters.employments w join clusters.people p on p.person = w.person";

    /// <summary>Who works in the firm, by family name.</summary>
    public Task<List<Colleague>> OfFirm(Viewer viewer, Id<Firm> firm, Guid after, int limit, CancellationToken ct) => Query(
        $"select {Columns} from {Employed} where {Viewer.SeesWork} and w.firm = $5 and w.active " +
        $"and ({Sorted}, w.person) > (coalesce((select sort_name from clusters.people where person = $6), ''), $6) order by {Sorted}, w.person limit $7",
        ReadColleague, ct, [.. viewer.Values, firm.Value, after, limit]);

    /// <summary>One person of the firm; null when nobody, or nobody that the viewer may see.</summary>
    public async Task<Colleague?> OfFirm(Viewer viewer, Id<Firm> firm, Id<Person> person, CancellationToken ct) => (await Query(
        $"select {Columns} from {Employed} where {Viewer.SeesWork} and w.id = $5 and w.active",
        ReadColleague, ct, [.. viewer.Values, Employment.IdOf(person, firm)])).FirstOrDefault();

    /// <summary>The people of a cluster's firms, by family name.</summary>
    /// <param name="query">Null for all of them.</param>
    public Task<List<Participant>> OfCluster(
        Viewer viewer, Id<Cluster> cluster, FoldedQuery? query, (Guid Person, Guid Firm) after, int limit, CancellationToken ct) => Query(
        $"select w.person, p.given_name, p.family_name, w.firm, f.name, w.position from clusters.memberships m " +
        $"join clusters.firms f on f.id = m.firm join clusters.employments w on w.firm = m.firm and w.active " +
        $"join clusters.people p on p.person = w.person where {Viewer.SeesWork} and m.cluster = $5 and m.state = 'admitted' " +
        $"and ({Sorted}, w.person, w.firm) > (coalesce((select sort_name from clusters.people where person = $6), ''), $6, $7) " +
        (query is null ? "" : $"and {FoldedQuery.Condition("p.folded_name", 9)} ") +
        $"order by {Sorted}, w.person, w.firm limit $8",
        r => new Participant(
            new(r.GetGuid(0)), Text(r, 1), Text(r, 2), new(r.GetGuid(3)), r.GetString(4), WireNames.Parse<Position>(r.GetString(5))),
        ct, [.. viewer.Values, cluster.Value, after.Person, after.Firm, limit, .. query?.Inside ?? []]);

    /// <summary>The person as the viewer may see them; null for nobody, and for whom the viewer may not see.</summary>
    public async Task<SeenPerson?> Find(Viewer viewer, Id<Person> person, CancellationToken ct)
    {
        var rows = await Query(
            $"select {string.Join(", ", PersonRows.Table.ColumnList.Split(", ").Select(c => $"p.{c}"))}, {Viewer.SeesProfile} " +
            $"from clusters.people p where p.person = $5 and {Viewer.SeesPerson}",
            r => (Row: PersonRows.Table.Read(r), Profile: r.GetBoolean(r.FieldCount - 1)), ct, [.. viewer.Values, person.Value]);
        if (rows.Count == 0) return null;
        var work = await Query(
            $"select w.firm, f.name, w.position from {Employed} join clusters.firms f on f.id = w.firm " +
            $"where {Viewer.SeesWork} and w.person = $5 and w.active order by w.began_at, w.firm",
            r => new Workplace(new(r.GetGuid(0)), r.GetString(1), WireNames.Parse<Position>(r.GetString(2))), ct, [.. viewer.Values, person.Value]);
        var (row, profile) = rows[0];
        return new(row, profile ? new(row.AboutMe, row.Interests, row.Skills, row.Languages, row.Place) : null, work);
    }

    private Task<List<T>> Query<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken ct, params object[] values) =>
        database.Query(ClustersModule.Name, Statement.Of(sql, values), map, ct);

    private static Colleague ReadColleague(NpgsqlDataReader r) => new(
        new(r.GetGuid(0)), Text(r, 1), Text(r, 2), WireNames.Parse<Position>(r.GetString(3)), Text(r, 4), r.GetString(5),
        r.GetFieldValue<DateTimeOffset>(6), r.GetInt64(7));

    private static Personal<string> Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? Personal<string>.Erased : r.GetString(column);
}
