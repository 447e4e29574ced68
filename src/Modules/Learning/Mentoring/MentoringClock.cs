using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Two who did not meet as often as they wanted are told once for each time that was missed, and no more after three in a row.</summary>
internal sealed record NoteMissedRhythm(DateTimeOffset Now) : ICommand<Pair, PairEvent>
{
    public const int Most = 3;

    /// <summary>A session may be logged the day after.</summary>
    private const int Grace = 1;

    public Decision<PairEvent> Decide(Pair state)
    {
        if (state is not Pair.Kept { Status: PairStatus.Active, Missed: < Most } k || Rhythms.DaysOf(k.Rhythm) is not { } days || k.LastMetAt is not { } met)
            return Decision<PairEvent>.Nothing;
        if (k.Next is { } next && next.StartsAt.AddDays(Grace) > Now) return Decision<PairEvent>.Nothing;
        var told = k.MissedAt is { } missed && missed > met ? missed : met.AddDays(Grace);
        return Now >= told.AddDays(days) ? new MentoringRhythmMissed(met, Now) : Decision<PairEvent>.Nothing;
    }
}

/// <summary>Looks for missed rhythms. Any number of Hosts may: the pair decides once.</summary>
internal sealed class MentoringClock(Database database, Streams<Pair, PairEvent> pairs, TimeProvider clock, ILogger<MentoringClock> logger)
    : Rounds("Mentoring", TimeSpan.FromMinutes(10), clock, logger)
{
    public override async Task Tick(CancellationToken ct)
    {
        var now = Now;
        var due = await database.Query(
            LearningModule.Name,
            Statement.Of(
                "select id from learning.mentoring_pairs where status = 'active' and rhythm <> 'free' and missed < $1 and last_met_at < $2 order by last_met_at",
                NoteMissedRhythm.Most, now.AddDays(-7)),
            r => r.GetGuid(0), ct);
        foreach (var pair in due) await pairs.Execute(pair, new NoteMissedRhythm(now), new(CommandMetadata.System("mentoring-rhythm")), ct);
    }
}
