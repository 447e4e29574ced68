using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>The day of a task is near: told once.</summary>
internal sealed record TellTaskNear(DateTimeOffset Now) : ICommand<JobTask, JobEvent>
{
    public Decision<JobEvent> Decide(JobTask state) => state is JobTask.Kept { Status: JobStatus.Open, Told: false } k && k.Set.DueOn <= JobClock.Horizon(Now)
        ? new JobTaskNear(Now)
        : Decision<JobEvent>.Nothing;
}

/// <summary>Looks for tasks whose day is near. Any number of Hosts may: the task decides once.</summary>
internal sealed class JobClock(Database database, Streams<JobTask, JobEvent> tasks, TimeProvider clock, ILogger<JobClock> logger)
    : Rounds("Learning tasks", TimeSpan.FromMinutes(10), clock, logger)
{
    public static DateOnly Horizon(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(JobRules.DaysAhead);

    public override async Task Tick(CancellationToken ct)
    {
        var now = Now;
        var near = await database.Query(
            LearningModule.Name, Statement.Of("select id from learning.job_tasks where status = 'open' and not told and due_on <= $1 order by due_on", Horizon(now)), r => r.GetGuid(0), ct);
        foreach (var task in near) await tasks.Execute(task, new TellTaskNear(now), new(CommandMetadata.System("learning-task-near")), ct);
    }
}
