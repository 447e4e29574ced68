using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Audits;

/// <summary>What an audit asks of a person: one skill with the level that is required.</summary>
internal sealed record Requirement(Id<Audit> Audit, Id<Person> Person, Id<Firm> Firm, string SkillUri, int Level);

/// <summary>What an audit found about one skill of one person.</summary>
/// <param name="PeerCount">How many peers said a level; "can't say" does not count.</param>
/// <param name="PeersTenths">Their mean in tenths of a step; null below <see cref="Results.PeersNeeded"/> raters, so that nobody is recognised.</param>
internal sealed record SkillResult(
    Id<Person> Person, Id<Firm> Firm, string SkillUri, int Required, int? Self, int? Manager, int? PeersTenths, int PeerCount)
{
    /// <summary>What others said: manager and peers' mean count as one voice each, halves go up; null where nobody else said anything that may be shown.</summary>
    public int? Rated => (Manager, PeersTenths) switch
    {
        ({ } m, { } p) => ((m * 10) + p + 10) / 20,
        ({ } m, null) => m,
        (null, { } p) => (p + 5) / 10,
        _ => null,
    };
}

/// <summary>Somebody whom one is asked to rate.</summary>
internal sealed record RatingTask(Id<Audit> Audit, Id<Person> Person, Id<Firm> Firm, RaterKind Kind, DateTimeOffset Deadline, bool Begun, bool Sent);

/// <summary>Reads audits, for pages and for the figures made of them.</summary>
internal sealed class AuditReads(Database database)
{
    public async Task<AuditRow?> Find(Id<Audit> audit, CancellationToken ct) =>
        (await Query(AuditRows.Table.Select("where id = $1"), AuditRows.Table.Read, ct, audit.Value)).SingleOrDefault();

    /// <summary>Who is rated; who has left as well, marked.</summary>
    public Task<List<RatedRow>> People(Id<Audit> audit, CancellationToken ct) =>
        Query(RatedRows.Table.Select("where audit = $1 order by firm, person"), RatedRows.Table.Read, ct, audit.Value);

    public Task<List<SheetRow>> Sheets(Id<Audit> audit, CancellationToken ct) =>
        Query(SheetRows.Table.Select("where audit = $1 order by id"), SheetRows.Table.Read, ct, audit.Value);

    /// <summary>What the audit asks of everybody who has not left.</summary>
    public async Task<IReadOnlyList<Requirement>> Requirements(Id<Audit> audit, CancellationToken ct) =>
        await Find(audit, ct) is { } row ? Requirements(row, await People(audit, ct)) : [];

    /// <summary>What everybody said of everybody who has not left, as it may be shown; what was not sent does not count.</summary>
    public async Task<IReadOnlyList<SkillResult>> Results(Id<Audit> audit, CancellationToken ct)
    {
        var required = await Requirements(audit, ct);
        var sheets = (await Sheets(audit, ct)).Where(s => s.SentAt is not null).ToLookup(s => s.Person);
        return [.. required.Select(r => Audits.Results.Of(r, sheets[r.Person]))];
    }

    /// <summary>Whom somebody is asked to rate in audits that take ratings.</summary>
    public async Task<IReadOnlyList<RatingTask>> ToRate(Id<Person> rater, CancellationToken ct)
    {
        var audits = await Query(
            AuditRows.Table.Select($"where state in ('open', 'running') and id in (select p.audit from skills.audit_people p where {AuditDesk.Concerns})"),
            AuditRows.Table.Read, ct, rater.Value);
        if (audits.Count == 0) return [];
        var ids = audits.Select(a => a.Id.Value).ToArray();
        var people = (await Query(RatedRows.Table.Select("where audit = any($1) order by audit, person"), RatedRows.Table.Read, ct, ids)).ToLookup(p => p.Audit);
        var sheets = (await Query(SheetRows.Table.Select("where rater = $1 and audit = any($2)"), SheetRows.Table.Read, ct, rater.Value, ids))
            .ToDictionary(s => (s.Audit, s.Person));
        return
        [
            .. audits.OrderBy(a => a.Deadline).SelectMany(a => Assignments(a, [.. people[a.Id]]).Where(x => x.Rater == rater).Select(x =>
            {
                var sheet = sheets.GetValueOrDefault((a.Id, x.Person));
                return new RatingTask(a.Id, x.Person, x.Firm, x.Kind, a.Deadline, sheet is not null, sheet?.SentAt is not null);
            })),
        ];
    }

    /// <summary>Who rates whom, of those who have not left: the same as the audit itself decides by.</summary>
    internal static IEnumerable<Campaign.Assignment> Assignments(AuditRow audit, IReadOnlyCollection<RatedRow> people)
    {
        var left = people.Where(p => p.HasLeft).Select(p => p.Person).ToHashSet();
        return people.Where(p => !p.HasLeft).SelectMany(
            p => new Campaign.Rated(p.Person, p.Firm, [], p.Manager, [.. p.Peers.Select(x => new Id<Person>(x))]).Assignments(audit.Raters, left.Contains));
    }

    internal static IReadOnlyList<Requirement> Requirements(AuditRow audit, IEnumerable<RatedRow> people) =>
    [
        .. people.Where(p => !p.HasLeft).SelectMany(p => audit.Profiles.Where(x => p.Profiles.Contains(x.Profile.Value)).SelectMany(x => x.Skills)
            .GroupBy(s => s.SkillUri).Select(s => new Requirement(audit.Id, p.Person, p.Firm, s.Key, s.Max(x => x.Level)))),
    ];

    private Task<List<T>> Query<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> map, CancellationToken ct, params object[] values) =>
        database.Query(SkillsModule.Name, Statement.Of(sql, values), map, ct);
}
