using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Own;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Insight;

/// <summary>
/// Figures of firms and clusters. Each is counted from records that whoever sees it may also read one by one: those open to the cluster for a cluster, those
/// that are not private for a firm. So no difference of two figures tells anybody more than they may know.
/// </summary>
internal sealed class InsightDesk(Database database, IFirmDirectory directory, ISkillGaps gaps, TimeProvider clock)
{
    /// <summary>Fewer people have no figures.</summary>
    public const int Fewest = 5;

    public const int UsualDays = 365;

    public static readonly IReadOnlyList<int> Periods = [90, UsualDays, 3 * UsualDays];

    private static readonly string[] OpenToFirm = [WireNames.Of(Visibility.Firm), .. LearningQueries.OpenToCluster];

    /// <summary>What the records that count fulfil: $1 firms, $2 circles, $3 and $4 the time.</summary>
    private const string Counted = "r.firm = any($1) and r.visibility = any($2) and r.happened_at >= $3 and r.happened_at <= $4";

    private const string Quarter = "extract(year from r.happened_at at time zone 'utc')::int, extract(quarter from r.happened_at at time zone 'utc')::int";

    /// <summary>People of the cluster, whatever they are there.</summary>
    public async Task<bool> BelongsTo(Id<Cluster> cluster, Caller caller, CancellationToken ct) => (await directory.ClustersOf(caller, ct)).Contains(cluster);

    public async Task<ClusterInsight> OfCluster(Id<Cluster> cluster, int days, CancellationToken ct)
    {
        var firms = await directory.AdmittedTo(cluster, ct);
        var scope = new Scope([.. firms.Select(f => f.Firm.Value)], LearningQueries.OpenToCluster, clock.GetUtcNow(), days);
        var employed = (await directory.EmployedBy([.. firms.Select(f => f.Firm)], ct)).GroupBy(e => e.Firm).ToDictionary(g => g.Key, g => g.Select(e => e.Person).ToHashSet());
        var counted = (await FirmRows(scope, ct)).ToDictionary(r => r.Firm);
        var ties = await Ties(scope, ct);
        (Id<Firm> Firm, string Name)[] named = [.. firms.Select(f => (f.Firm, f.Name))];
        var figures = await Group(scope, employed.Values.SelectMany(p => p).Distinct().Count(), ties, ct);
        return new(
            cluster, figures,
            [.. firms.Select(f => FirmOf(f, employed.GetValueOrDefault(f.Firm)?.Count ?? 0, counted.GetValueOrDefault(f.Firm))).OrderBy(f => f.Name, StringComparer.CurrentCulture)],
            TieGraph.Of(named, Sum(ties)));
    }

    /// <summary>How far gaps were closed, audit by audit: for coordinators, as gaps are.</summary>
    public Task<IReadOnlyList<GapClosure>> GapsOf(Id<Cluster> cluster, int days, CancellationToken ct) => gaps.ClosureOf(cluster, clock.GetUtcNow().AddDays(-days), ct);

    public async Task<FirmInsight> OfFirm(Id<Firm> firm, int days, CancellationToken ct)
    {
        var scope = new Scope([firm.Value], OpenToFirm, clock.GetUtcNow(), days);
        return new(firm, await Group(scope, (await directory.EmployedBy([firm], ct)).Count, null, ct));
    }

    private static FirmFigure FirmOf(FirmCard firm, int employed, FirmRow? row) => row is { People: >= Fewest }
        ? new(firm.Firm, firm.Name, employed, row.People, row.Records, row.Minutes, row.OtherFirms)
        : new(firm.Firm, firm.Name, null, null, null, null, null);

    private async Task<GroupFigures?> Group(Scope scope, int employed, IReadOnlyList<QuarterTie>? ties, CancellationToken ct)
    {
        var people = await PeopleRows(scope, ct);
        if (people.FirstOrDefault(p => p.Year is null) is not { Count: >= Fewest } all) return null;
        var rows = await Rows(scope, ct);
        KindFigure[] kinds = [.. rows.GroupBy(r => r.Kind).Select(g => new KindFigure(g.Key, g.Sum(r => r.Records), g.Sum(r => r.Minutes))).OrderByDescending(k => k.Records).ThenBy(k => k.Kind)];
        return new(
            scope.Since, scope.Now, all.Count, employed, employed == 0 ? null : (int)Math.Min(100, Math.Round(100m * all.Count / employed)), rows.Sum(r => r.Records), rows.Sum(r => r.Minutes),
            rows.Sum(r => r.Confirmed), rows.Sum(r => r.ConfirmedMinutes), rows.Sum(r => r.OtherFirms), PartsOf(rows), kinds, GroupFigures.Variety(kinds), HelpFigure.Of(kinds),
            [.. people.Where(p => p.Year is not null).OrderBy(p => p.Year).ThenBy(p => p.Quarter).Select(p => QuarterOf(p, rows, ties, scope.Firms.Length))]);
    }

    private static QuarterFigure QuarterOf(PeopleRow people, IReadOnlyList<CountRow> rows, IReadOnlyList<QuarterTie>? ties, int firms)
    {
        var (year, quarter) = (people.Year ?? 0, people.Quarter ?? 0);
        var density = ties is null ? null : TieGraph.DensityOf(
            ties.Where(t => t.Year == year && t.Quarter == quarter).Select(t => t.Tie.From.CompareTo(t.Tie.To) < 0 ? (t.Tie.From, t.Tie.To) : (t.Tie.To, t.Tie.From)).Distinct().Count(), firms);
        if (people.Count < Fewest) return new(year, quarter, null, null, null, null, null, density);
        var mine = rows.Where(r => r.Year == year && r.Quarter == quarter).ToList();
        return new(year, quarter, people.Count, mine.Sum(r => r.Records), mine.Sum(r => r.Minutes), mine.Sum(r => r.OtherFirms), PartsOf(mine), density);
    }

    private static IReadOnlyList<PartShare> PartsOf(IEnumerable<CountRow> rows) =>
        OwnLearning.Shares([.. rows.GroupBy(r => r.Part).Select(g => (g.Key, g.Sum(r => r.Records), g.Sum(r => r.Minutes)))]);

    private static List<FirmTie> Sum(IEnumerable<QuarterTie> ties) =>
    [
        .. ties.GroupBy(t => (t.Tie.From, t.Tie.To, t.Tie.Mutual))
            .Select(g => new FirmTie(g.Key.From, g.Key.To, g.Key.Mutual, g.Sum(t => t.Tie.Records), g.Sum(t => t.Tie.Minutes)))
            .OrderByDescending(t => t.Records).ThenBy(t => t.From).ThenBy(t => t.To),
    ];

    private Task<List<CountRow>> Rows(Scope scope, CancellationToken ct) => Query(
        $"""
        select {Quarter}, r.kind, r.part, count(*), sum(r.minutes), count(*) filter (where cardinality(r.answered_by) > 0 and not r.disputed),
            coalesce(sum(r.minutes) filter (where cardinality(r.answered_by) > 0 and not r.disputed), 0), count(*) filter (where exists (select 1 from unnest(r.with_firms) f where f <> r.firm))
        from learning.records r where {Counted} group by 1, 2, 3, 4
        """, scope,
        r => new CountRow(
            r.GetInt32(0), r.GetInt32(1), WireNames.Parse<LearningKind>(r.GetString(2)), WireNames.Parse<LearningPart>(r.GetString(3)), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6),
            r.GetInt64(7), r.GetInt64(8)), ct);

    /// <summary>People by quarter, and in all (without a quarter): one who records in two quarters is one.</summary>
    private Task<List<PeopleRow>> PeopleRows(Scope scope, CancellationToken ct) => Query(
        $"""
        select q.year, q.quarter, count(distinct q.person) from (select {Quarter}, r.person from learning.records r where {Counted}) q (year, quarter, person)
        group by grouping sets ((q.year, q.quarter), ())
        """, scope, r => new PeopleRow(r.IsDBNull(0) ? null : r.GetInt32(0), r.IsDBNull(1) ? null : r.GetInt32(1), r.GetInt64(2)), ct);

    private Task<List<FirmRow>> FirmRows(Scope scope, CancellationToken ct) => Query(
        $"""
        select r.firm, count(distinct r.person), count(*), sum(r.minutes), count(*) filter (where exists (select 1 from unnest(r.with_firms) f where f <> r.firm))
        from learning.records r where {Counted} group by r.firm
        """, scope, r => new FirmRow(new(r.GetGuid(0)), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)), ct);

    /// <summary>A record that names two people of a firm is one tie with it.</summary>
    private async Task<List<QuarterTie>> Ties(Scope scope, CancellationToken ct) => (await Query(
        $"""
        select {Quarter}, r.kind, r.firm, o.firm, count(*), sum(r.minutes)
        from learning.records r cross join lateral (select distinct f from unnest(r.with_firms) f where f <> r.firm and f = any($1)) o (firm)
        where {Counted} group by 1, 2, 3, 4, 5
        """, scope,
        r => TieOf(r.GetInt32(0), r.GetInt32(1), WireNames.Parse<LearningKind>(r.GetString(2)), new(r.GetGuid(3)), new(r.GetGuid(4)), r.GetInt64(5), r.GetInt64(6)), ct))
        .GroupBy(t => (t.Year, t.Quarter, t.Tie.From, t.Tie.To, t.Tie.Mutual))
        .Select(g => new QuarterTie(g.Key.Year, g.Key.Quarter, new(g.Key.From, g.Key.To, g.Key.Mutual, g.Sum(t => t.Tie.Records), g.Sum(t => t.Tie.Minutes)))).ToList();

    /// <summary>Who gave to whom, by the kind; where there is no teacher the firm with the smaller id stands first.</summary>
    private static QuarterTie TieOf(int year, int quarter, LearningKind kind, Id<Firm> owner, Id<Firm> other, long records, long minutes) => new(year, quarter, kind switch
    {
        LearningKind.Teaching or LearningKind.PeerHelpGiven => new(owner, other, false, records, minutes),
        LearningKind.PeerHelpReceived or LearningKind.OnTheJob or LearningKind.Observation => new(other, owner, false, records, minutes),
        _ => owner.CompareTo(other) < 0 ? new(owner, other, true, records, minutes) : new(other, owner, true, records, minutes),
    });

    private Task<List<T>> Query<T>(string sql, Scope scope, Func<Npgsql.NpgsqlDataReader, T> map, CancellationToken ct) =>
        database.Query(LearningModule.Name, Statement.Of(sql, scope.Firms, scope.Circles, scope.Since, scope.Now), map, ct);

    private sealed record Scope(Guid[] Firms, string[] Circles, DateTimeOffset Now, int Days)
    {
        public DateTimeOffset Since => Now.AddDays(-Days);
    }

    private sealed record CountRow(int Year, int Quarter, LearningKind Kind, LearningPart Part, long Records, long Minutes, long Confirmed, long ConfirmedMinutes, long OtherFirms);

    private sealed record PeopleRow(int? Year, int? Quarter, long Count);

    private sealed record FirmRow(Id<Firm> Firm, long People, long Records, long Minutes, long OtherFirms);

    private sealed record QuarterTie(int Year, int Quarter, FirmTie Tie);
}
