using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Own;

/// <summary>How much of one's learning served one of the three parts of organisational learning (DELOS), which should be in balance.</summary>
/// <param name="PerCent">Of all minutes, rounded so that the three add up to a hundred; 0 where there are none.</param>
internal sealed record PartShare(LearningPart Part, long Records, long Minutes, int PerCent);

internal sealed record SkillTouched(string SkillUri, long Records);

internal sealed record LearntWith(Id<Person> Person, long Records);

/// <summary>What one's own records add up to.</summary>
/// <param name="OtherFirms">Records with somebody of another firm.</param>
/// <param name="Skills">The ones touched most, first.</param>
/// <param name="People">Those named most, first.</param>
internal sealed record OwnFigures(
    long Records, long Minutes, long Confirmed, long OtherFirms, IReadOnlyList<PartShare> Parts, IReadOnlyList<SkillTouched> Skills, long SkillCount,
    IReadOnlyList<LearntWith> People, long PeopleCount);

/// <summary>Reads one's own records, and what they add up to.</summary>
internal sealed class OwnLearning(Database database, TimeProvider clock)
{
    private const int Shown = 8;

    public Task<List<RecordRow>> Records(Id<Person> person, OwnFilter filter, Guid? after, int max, CancellationToken ct)
    {
        var (condition, values) = filter.Of(person, clock.GetUtcNow());
        if (after is { } cursor)
        {
            values.Add(cursor);
            condition += $" and (happened_at, id) < (select happened_at, id from learning.records where id = ${values.Count} and person = $1)";
        }

        values.Add(max);
        return Query(RecordList.Table.Select($"where {condition} order by happened_at desc, id desc limit ${values.Count}"), values, RecordList.Table.Read, ct);
    }

    /// <summary>How many records wait for the person's word, and how many own ones to be completed; those of sessions are asked for one by one.</summary>
    public async Task<(long ToConfirm, long Unfinished)> Waiting(Id<Person> person, CancellationToken ct)
    {
        var (unfinished, values) = new OwnFilter(Unfinished: true).Of(person, clock.GetUtcNow());
        return (await Query(
            $"select (select count(*) from learning.records where {ListRecordsEndpoint.AsksMe}), (select count(*) from learning.records where {unfinished} and source is distinct from '{AttendedSessions.Source}')", values,
            r => (r.GetInt64(0), r.GetInt64(1)), ct))[0];
    }

    /// <summary>Sessions that the person attended, of which no record says yet what they took away; the latest first.</summary>
    public Task<List<RecordRow>> TakenAway(Id<Person> person, int most, CancellationToken ct)
    {
        var (unfinished, values) = new OwnFilter(Unfinished: true).Of(person, clock.GetUtcNow());
        values.Add(most);
        return Query(
            RecordList.Table.Select($"where {unfinished} and source = '{AttendedSessions.Source}' and minutes > 0 order by happened_at desc, id limit ${values.Count}"), values,
            RecordList.Table.Read, ct);
    }

    public async Task<OwnFigures> Figures(Id<Person> person, OwnFilter filter, CancellationToken ct)
    {
        var (condition, values) = filter.Of(person, clock.GetUtcNow());
        var parts = await Query(
            $"""
            select part, count(*), sum(minutes), count(*) filter (where cardinality(answered_by) > 0 and not disputed),
                count(*) filter (where exists (select 1 from unnest(with_firms) f where f <> firm))
            from learning.records where {condition} group by part
            """, values,
            r => (Part: WireNames.Parse<LearningPart>(r.GetString(0)), Records: r.GetInt64(1), Minutes: r.GetInt64(2), Confirmed: r.GetInt64(3), OtherFirms: r.GetInt64(4)), ct);
        var skills = await Counted("skill_uris", condition, values, r => new SkillTouched(r.GetString(0), r.GetInt64(1)), ct);
        var people = await Counted("with_persons", condition, values, r => new LearntWith(new(r.GetGuid(0)), r.GetInt64(1)), ct);
        return new(
            parts.Sum(p => p.Records), parts.Sum(p => p.Minutes), parts.Sum(p => p.Confirmed), parts.Sum(p => p.OtherFirms),
            Shares([.. parts.Select(p => (p.Part, p.Records, p.Minutes))]), [.. skills.Take(Shown)], skills.Count, [.. people.Take(Shown)], people.Count);
    }

    /// <summary>Shares of a hundred by largest remainders, so that they add up.</summary>
    internal static IReadOnlyList<PartShare> Shares(IReadOnlyList<(LearningPart Part, long Records, long Minutes)> parts)
    {
        var all = Enum.GetValues<LearningPart>().Select(p => parts.FirstOrDefault(x => x.Part == p) is { Records: > 0 } x ? x : (Part: p, Records: 0L, Minutes: 0L)).ToList();
        var total = all.Sum(p => p.Minutes);
        if (total == 0) return [.. all.Select(p => new PartShare(p.Part, p.Records, 0, 0))];
        var floors = all.ConvertAll(p => (int)(p.Minutes * 100 / total));
        var more = all.Index().OrderByDescending(p => p.Item.Minutes * 100 % total).ThenBy(p => p.Index).Take(100 - floors.Sum()).Select(p => p.Index).ToHashSet();
        return [.. all.Index().Select(p => new PartShare(p.Item.Part, p.Item.Records, p.Item.Minutes, floors[p.Index] + (more.Contains(p.Index) ? 1 : 0)))];
    }

    private Task<List<T>> Counted<T>(string column, string condition, List<object> values, Func<Npgsql.NpgsqlDataReader, T> map, CancellationToken ct) => Query(
        $"select x, count(*) from learning.records, unnest({column}) x where {condition} group by x order by count(*) desc, x", values, map, ct);

    private Task<List<T>> Query<T>(string sql, List<object> values, Func<Npgsql.NpgsqlDataReader, T> map, CancellationToken ct) =>
        database.Query(LearningModule.Name, Statement.Of(sql, [.. values]), map, ct);
}
