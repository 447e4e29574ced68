using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Search;

namespace ClusterNet.Learning.Communities;

/// <summary>A community that the reader may see, with what the reader is in it.</summary>
internal sealed record SeenCommunity(CommunityRow Row, Id<Person> Reader, bool IsMember)
{
    public bool Facilitates => Row.Facilitators.Contains(Reader.Value);

    public bool MayWrite => IsMember && Row.IsOpen;
}

/// <summary>A community in a list.</summary>
internal sealed record ListedCommunity(CommunityRow Row, bool IsMember, int Members, int Discussions);

/// <summary>Who may see which communities: those of one's own clusters, and those of the whole network. One rule, in SQL and for people at once.</summary>
internal sealed class CommunityDesk(Database database, IFirmDirectory directory, IRoleList roles)
{
    /// <summary>Over c (learning.communities): $1 are the reader's clusters.</summary>
    public const string Sees = "(c.cluster is null or c.cluster = any($1))";

    private static readonly string Columns = string.Join(", ", CommunityRows.Table.ColumnList.Split(", ").Select(c => $"c.{c}"));

    private static readonly string IsMember = "exists (select 1 from learning.community_members m where m.community = c.id and m.person = $2 and m.active)";

    public async Task<Guid[]> ClustersOf(Caller caller, CancellationToken ct) => [.. (await directory.ClustersOf(caller, ct)).Select(c => c.Value)];

    /// <summary>The community; null when it is unknown or none of the caller's business.</summary>
    public async Task<SeenCommunity?> Find(Id<Community> id, Caller caller, CancellationToken ct) => (await database.Query(
        LearningModule.Name,
        Statement.Of(
            $"select {Columns}, {IsMember} from learning.communities c where {Sees} and c.id = $3", await ClustersOf(caller, ct), caller.Person.Value, id.Value),
        r => new SeenCommunity(CommunityRows.Table.Read(r), caller.Person, r.GetBoolean(r.FieldCount - 1)), ct)).FirstOrDefault();

    /// <summary>Communities that the caller may see, by name.</summary>
    /// <param name="query">Null for all.</param>
    /// <param name="mine">Only those of which the caller is a member, or only the others; null for both.</param>
    public async Task<IReadOnlyList<ListedCommunity>> List(Caller caller, FoldedQuery? query, bool? mine, Guid? after, int limit, CancellationToken ct)
    {
        List<object> values = [await ClustersOf(caller, ct), caller.Person.Value, after ?? Guid.Empty, limit];
        var found = query is null ? "" : $"and {FoldedQuery.Condition("c.folded", values.Count + 1)}";
        if (query is not null) values.AddRange(query.BeginsWords);
        var whose = mine is null ? "" : mine.Value ? $"and {IsMember}" : $"and not {IsMember}";
        return await database.Query(
            LearningModule.Name,
            Statement.Of(
                $"""
                select {Columns}, {IsMember}, (select count(*)::int from learning.community_members m where m.community = c.id and m.active),
                    (select count(*)::int from learning.discussions d where d.community = c.id and d.status = 'shown')
                from learning.communities c
                where {Sees} {found} {whose} and ($3 = '{Guid.Empty}' or (c.closed_at is not null, lower(c.name), c.id) >
                    (select c.closed_at is not null, lower(c.name), c.id from learning.communities c where c.id = $3 and {Sees}))
                order by c.closed_at is not null, lower(c.name), c.id limit $4
                """,
                values),
            r => new ListedCommunity(CommunityRows.Table.Read(r), r.GetBoolean(r.FieldCount - 3), r.GetInt32(r.FieldCount - 2), r.GetInt32(r.FieldCount - 1)), ct);
    }

    public async Task<bool> TakesPart(Id<Community> id, Id<Person> person, CancellationToken ct) => (await database.Query(
        LearningModule.Name, Statement.Of("select 1 from learning.community_members where id = $1 and active", Participation.IdOf(id, person)), _ => true, ct)).Count > 0;

    /// <summary>Who takes part now, in the order of joining.</summary>
    public Task<List<ParticipationRow>> Members(Id<Community> id, CancellationToken ct) => database.Query(
        LearningModule.Name, Statement.Of(Participations.Table.Select("where community = $1 and active order by joined_at, person"), id.Value), Participations.Table.Read, ct);

    /// <summary>Those among people who may see what is for a cluster now, by where they work or by a role in it; all of them for what the whole network sees.</summary>
    public async Task<IReadOnlySet<Id<Person>>> Readers(Id<Cluster>? cluster, IReadOnlyCollection<Id<Person>> people, CancellationToken ct)
    {
        if (cluster is not { } one || people.Count == 0) return people.ToHashSet();
        var admitted = (await directory.AdmittedTo(one, ct)).Select(f => f.Firm).ToHashSet();
        var readers = (await directory.FirmsOf(people, ct)).Where(p => p.Value.Any(admitted.Contains)).Select(p => p.Key).ToHashSet();
        readers.UnionWith((await roles.In(RoleScope.Cluster(one), ct)).Where(r => r.Role != Role.Auditor).Select(r => r.Person).Intersect(people));
        return readers;
    }

    /// <summary>Where somebody takes part from: a firm, of the cluster where it is a cluster's community; no firm for who has a role in a cluster only.</summary>
    public async Task<(Id<Firm>? Firm, Refusal? Refusal)> PlaceOf(Caller caller, Id<Cluster>? cluster, CancellationToken ct)
    {
        var firms = (await directory.EmploymentsOf(caller.Person, ct)).Select(e => e.Firm).Distinct().Order().ToList();
        if (cluster is { } one)
        {
            var admitted = (await directory.AdmittedTo(one, ct)).Select(f => f.Firm).ToHashSet();
            return (firms.Where(admitted.Contains).Cast<Id<Firm>?>().FirstOrDefault(), null);
        }

        return firms.Count > 0 ? (firms[0], null) : (null, (await directory.ClustersOf(caller, ct)).Count > 0 ? null : CommunityRules.NoPlace);
    }
}
