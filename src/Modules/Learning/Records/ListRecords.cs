using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal static class ListRecordsEndpoint
{
    private static readonly string Kinds = string.Join(", ", Enum.GetValues<LearningKind>().Select(k => WireNames.Of(k)));

    /// <summary>Records that name $1 and wait for that person's word. Private ones ask nobody.</summary>
    internal const string AsksMe = "with_persons @> array[$1] and not answered_by @> array[$1] and visibility <> 'private'";

    internal static void MapListRecords(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/records", List)
            .WithName("ListLearningRecords").WithSummary("Learning records that one may see, newest first")
            .WithDescription("Filters: person, firm, skill (a concept URI), kind, from and to (times at which it happened, to excluded).")
            .Produces<Page<RecordSummary>>().SignedInMayCall("each record as its visibility says");
        routes.MapGet("/learning/to-confirm", ToConfirm)
            .WithName("ListRecordsToConfirm").WithSummary("Records that name me and wait for my confirmation or dispute, newest first")
            .Produces<Page<RecordSummary>>().SignedInMayCall("everybody about themselves").OwnData();
    }

    private static async Task<IResult> List(
        PageRequest page, Caller caller, RecordReader records, Database database, CancellationToken ct,
        Id<Person>? person = null, Id<Firm>? firm = null, string? skill = null, string? kind = null, DateTimeOffset? from = null,
        DateTimeOffset? to = null)
    {
        if (kind is not null && !Kinds.Split(", ").Contains(kind))
            return Problems.Of(400, "unknown-kind", $"The parameter 'kind' takes one of {Kinds}.", ("parameter", "kind"));
        var query = new Filter(Reader.Sees, (await records.ReaderOf(caller, ct)).Values);
        if (person is { } p) query.And("person = {0}", p.Value);
        if (firm is { } f) query.And("firm = {0}", f.Value);
        if (kind is not null) query.And("kind = {0}", kind);
        if (from is { } start) query.And("happened_at >= {0}", start.ToUniversalTime());
        if (to is { } end) query.And("happened_at < {0}", end.ToUniversalTime());
        return await Answer(query, page, database, ct, skill);
    }

    private static Task<IResult> ToConfirm(PageRequest page, Caller caller, Database database, CancellationToken ct) => Answer(
        new Filter(AsksMe, [caller.Person.Value]),
        page, database, ct);

    /// <param name="skill">Only records that touch it; they are read from <see cref="RecordSkills"/>, the newest first, until the page is full.</param>
    private static async Task<IResult> Answer(Filter query, PageRequest page, Database database, CancellationToken ct, string? skill = null)
    {
        if (page.After<(DateTimeOffset HappenedAt, Guid Id)>() is { } after)
            query.And(skill is null ? "(happened_at, id) < ({0}, {1})" : "(s.at, s.record) < ({0}, {1})", after.HappenedAt, after.Id);
        var statement = skill is null
            ? query.Statement(c => RecordList.Table.Select($"where {c} order by happened_at desc, id desc limit {{0}}"), page.Fetch)
            : query.Statement(
                c => $"""
                select r.* from learning.record_skills s join lateral ({RecordList.Table.Select($"where id = s.record and {c}")}) r on true
                where s.skill_uri = {"{1}"} order by s.at desc, s.record desc limit {"{0}"}
                """, page.Fetch, skill);
        var rows = await database.Query(LearningModule.Name, statement, RecordList.Table.Read, ct);
        return page.Answer(rows.ConvertAll(RecordSummary.Of), r => (r.HappenedAt, r.Id.Value));
    }

    /// <summary>Conditions joined by and; values only as parameters.</summary>
    private sealed class Filter(string first, IReadOnlyList<object> values)
    {
        private readonly List<string> _conditions = [first];
        private readonly List<object> _values = [.. values];

        public void And(string condition, params object[] more) => _conditions.Add(Numbered(condition, more));

        /// <param name="sql">The whole statement around the conditions, with <paramref name="more"/> as {0}, {1} and so on.</param>
        public Statement Statement(Func<string, string> sql, params object[] more)
        {
            var whole = Numbered(sql(string.Join(" and ", _conditions)), more);
            return EventStore.Statement.Of(whole, _values);
        }

        private string Numbered(string sql, object[] more)
        {
            for (var i = 0; i < more.Length; i++)
            {
                _values.Add(more[i]);
                sql = sql.Replace($"{{{i}}}", $"${_values.Count}", StringComparison.Ordinal);
            }

            return sql;
        }
    }
}
