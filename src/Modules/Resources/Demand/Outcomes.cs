using System.Globalization;
using System.Text.Json.Serialization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Resources.Demand;

[JsonConverter(typeof(WireNameConverter<OutcomeStanding>))]
internal enum OutcomeStanding
{
    [JsonStringEnumMemberName("planned")]
    Planned,

    [JsonStringEnumMemberName("ran")]
    Ran,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <summary>What a skills audit found of a skill: how many of those who need it were below the level.</summary>
/// <param name="ClosedAt">Of the audit; null for what was kept when the session was planned.</param>
internal sealed record GapFigure(DateTimeOffset? ClosedAt, int People, int BelowLevel);

/// <summary>What became of a proposal.</summary>
/// <param name="PeopleAtLeast">Who could use it when it was planned.</param>
/// <param name="SeatsHeld">Of the session's seats.</param>
/// <param name="Before">The newest audit that closed before the session; null where it told nothing. After it there is none until one has closed.</param>
internal sealed record Outcome(
    string SkillUri, string Skill, Id<Session> Session, OutcomeStanding Standing, DateTimeOffset Start, DateTimeOffset End, int Firms, int PeopleAtLeast, int PeopleAtMost, long AloneCents,
    long? PooledCents, int Seats, int SeatsHeld, GapFigure? Before, GapFigure? After, DateTimeOffset PlannedAt)
{
    public static Outcome Of(PlannedRow planned, SessionRow session, IEnumerable<SkillMeasure> measures, string label, DateTimeOffset now)
    {
        var mine = measures.Where(m => m.SkillUri == planned.SkillUri).OrderByDescending(m => m.ClosedAt).ToList();
        var standing = session.Standing == SessionStanding.Cancelled ? OutcomeStanding.Cancelled : session.EndsAt <= now ? OutcomeStanding.Ran : OutcomeStanding.Planned;
        var before = Figure(mine.Find(m => m.ClosedAt <= session.StartsAt))
            ?? (planned is { GapPeople: { } people, GapBelow: { } below } ? new GapFigure(null, people, below) : null);
        return new(
            planned.SkillUri, label, planned.Session, standing, session.StartsAt, session.EndsAt, planned.Firms, planned.PeopleAtLeast, planned.PeopleAtMost, planned.AloneCents,
            planned.PooledCents, session.SeatCount, session.Reservations.Where(r => r.Held).Sum(r => r.Count), before,
            standing == OutcomeStanding.Ran ? Figure(mine.Find(m => m.ClosedAt >= session.EndsAt)) : null, planned.PlannedAt);
    }

    private static GapFigure? Figure(SkillMeasure? measure) => measure is null ? null : new(measure.ClosedAt, measure.People, measure.BelowLevel);
}

/// <summary>What became of the proposals of a cluster.</summary>
internal sealed class OutcomeReads(ISkillGaps gaps, ISkillCatalogue catalogue, Database database, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Outcome>> Of(Id<Cluster> cluster, CancellationToken ct)
    {
        var planned = await database.Query(
            ResourcesModule.Name, Statement.Of(PlannedRows.Table.Select("where cluster = $1 order by planned_at desc, session limit $2"), cluster.Value, Most), PlannedRows.Table.Read, ct);
        if (planned.Count == 0) return [];
        var sessions = (await database.Query(
            ResourcesModule.Name, Statement.Of(Sessions.Sessions.Table.Select("where id = any($1)"), [planned.Select(p => p.Session.Value).ToArray()]), Sessions.Sessions.Table.Read, ct))
            .ToDictionary(s => s.Id);
        string[] skills = [.. planned.Select(p => p.SkillUri).Distinct()];
        var measures = await gaps.MeasuresOf(cluster, skills, ct);
        var labels = await catalogue.Find(skills, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ct);
        var now = clock.GetUtcNow();
        return [.. planned.Where(p => sessions.ContainsKey(p.Session)).Select(p => Outcome.Of(p, sessions[p.Session], measures, labels.LabelOf(p.SkillUri), now))];
    }
}
