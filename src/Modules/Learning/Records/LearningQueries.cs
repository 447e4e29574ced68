using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Mentoring;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Records;

/// <summary>The port that modules above use.</summary>
internal sealed class LearningQueries(Database database, MentoringTies mentoring) : ILearningRecords, IOpenRecords
{
    /// <summary>How records are open of which a cluster's figures are made.</summary>
    public static readonly string[] OpenToCluster = [WireNames.Of(Visibility.Cluster), WireNames.Of(Visibility.Network)];

    public async Task<IReadOnlyDictionary<Id<LearningRecord>, RecordFacts>> Find(
        IReadOnlyCollection<Id<LearningRecord>> records, CancellationToken ct)
    {
        if (records.Count == 0) return new Dictionary<Id<LearningRecord>, RecordFacts>();
        var rows = await database.Query(
            LearningModule.Name,
            Statement.Of(RecordList.Table.Select("where id = any($1)"), [records.Select(r => r.Value).Distinct().ToArray()]),
            RecordList.Table.Read, ct);
        return rows.ToDictionary(r => r.Id, FactsOf);
    }

    public async Task<IReadOnlyList<RecordFacts>> Touching(Id<Person> person, IReadOnlyCollection<string> skillUris, CancellationToken ct) =>
    [
        .. (await database.Query(
            LearningModule.Name, Statement.Of(RecordList.Table.Select("where person = $1 and skill_uris && $2"), person.Value, skillUris.ToArray()),
            RecordList.Table.Read, ct)).Select(FactsOf),
    ];

    public async Task<IReadOnlyList<RecordFacts>> Touching(
        IReadOnlyCollection<Id<Firm>> firms, string skillUri, DateTimeOffset since, Id<LearningRecord>? after, int limit, CancellationToken ct) =>
    [
        .. (await database.Query(
            LearningModule.Name,
            Statement.Of(
                RecordList.Table.Select("""
                    where skill_uris @> array[$1] and firm = any($2) and visibility = any($3) and happened_at >= $4 and id > $5 order by id limit $6
                    """),
                skillUri, firms.Select(f => f.Value).ToArray(), OpenToCluster, since, after?.Value ?? Guid.Empty, limit),
            RecordList.Table.Read, ct)).Select(FactsOf),
    ];

    public async Task<IReadOnlyList<LearningTie>> Ties(
        Id<Person> person, IReadOnlyCollection<Id<Person>> others, DateTimeOffset since, CancellationToken ct)
    {
        var wanted = others.Where(o => o != person).Distinct().ToHashSet();
        if (wanted.Count == 0) return [];
        var rows = await database.Query(
            LearningModule.Name,
            Statement.Of(
                RecordList.Table.Select("""
                    where person = $1 and (with_persons && $2 or spoken_by && $2)
                        or person = any($2) and (with_persons @> array[$1] or spoken_by @> array[$1])
                    """),
                person.Value, wanted.Select(o => o.Value).ToArray()),
            RecordList.Table.Read, ct);
        return
        [
            .. rows.SelectMany(TiesOf).Concat(await mentoring.Between(person, wanted, ct))
                .Where(t => t.At >= since && ((t.From == person && wanted.Contains(t.To)) || (t.To == person && wanted.Contains(t.From))))
                .OrderBy(t => t.At).ThenBy(t => t.Record),
        ];
    }

    private static RecordFacts FactsOf(RecordRow r) => new(
        r.Id, r.Person, r.Firm, r.Kind, r.HappenedAt, r.Minutes, r.SkillUris, [.. r.WithPersons.Select(p => new Id<Person>(p))],
        [.. r.Voices.Where(v => v is { Stands: true, Kind: VoiceKind.Confirmed }).Select(v => new Confirmation(v.Person, v.Firm))],
        r.Disputed, r.Version);

    private static IEnumerable<LearningTie> TiesOf(RecordRow r)
    {
        foreach (var companion in r.WithPersons.Select(p => new Id<Person>(p)))
            foreach (var (from, to, kind) in TaughtOf(r, companion)) yield return new(from, to, kind, r.HappenedAt, r.Id);
        // A confirmation that a correction has overtaken is a tie all the same: the two have dealt with each other.
        foreach (var voice in r.Voices.Where(v => v.Kind == VoiceKind.Confirmed))
            yield return new(voice.Person, r.Person, "confirmed", voice.At, r.Id);
    }

    /// <summary>
    /// Who taught whom, by the kind of learning: the owner in what is given, the others in what is received or watched. Mentoring does
    /// not say who of the two is the mentor, so it ties both ways; events, webinars, reading, discussion and mistakes have no teacher, unless they
    /// come of a session of the pool: whom such a record names gave it.
    /// Impartiality rules (ISO/IEC 17024, 5.2) rest on these, so a doubt makes a tie.
    /// </summary>
    private static IEnumerable<(Id<Person> From, Id<Person> To, string Kind)> TaughtOf(RecordRow record, Id<Person> companion) => record.Kind switch
    {
        LearningKind.Teaching or LearningKind.PeerHelpGiven => [(record.Person, companion, "taught")],
        LearningKind.PeerHelpReceived or LearningKind.OnTheJob or LearningKind.Observation => [(companion, record.Person, "taught")],
        LearningKind.Mentoring => [(record.Person, companion, "mentored"), (companion, record.Person, "mentored")],
        _ when record.Source.Or("") == AttendedSessions.Source => [(companion, record.Person, "taught")],
        _ => [],
    };
}
