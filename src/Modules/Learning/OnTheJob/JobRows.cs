using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.OnTheJob;

/// <param name="ConfirmedBy">Who has said what they saw.</param>
/// <param name="Told">The learner was told that the day is near.</param>
internal sealed record JobRow(
    Id<JobTask> Id, Id<Person> Learner, Id<Person>? Helper, Id<Person> By, Personal<string> What, string? SkillUri, DateOnly DueOn, int Minutes, JobStatus Status, Guid[] ConfirmedBy,
    bool Told, DateTimeOffset SetAt, long Version)
{
    /// <summary>It is still to be done.</summary>
    internal bool IsOpen => Status is JobStatus.Asked or JobStatus.Open;
}

/// <summary>Tasks as they are now: what they say is in them for the three.</summary>
internal sealed class JobRows() : InlineProjection<JobEvent, JobRow>(LearningModule.Name, Table)
{
    public static readonly Table<JobRow> Table = new(LearningModule.Name, "job_tasks", nameof(JobRow.Id))
    {
        Indexes = ["(learner)", "(by)", "(helper)", "(due_on) where status = 'open' and not told"],
    };

    protected override JobRow? Apply(JobRow? row, Recorded<JobEvent> recorded)
    {
        if (recorded.Fact is JobTaskSet s)
            return new(new(recorded.Stream), s.Learner, s.Helper, s.By, s.What, s.SkillUri, s.DueOn, s.Minutes, s.By == s.Learner ? JobStatus.Open : JobStatus.Asked, [], false, s.At, recorded.Version);
        return row is null ? null : Changed(row, recorded.Fact) with { Version = recorded.Version };
    }

    private static JobRow Changed(JobRow row, JobEvent fact) => fact switch
    {
        JobTaskAccepted => row with { Status = JobStatus.Open },
        JobTaskDeclined => row with { Status = JobStatus.Declined },
        JobTaskWithdrawn => row with { Status = JobStatus.Withdrawn },
        JobTaskReported => row with { Status = JobStatus.Reported },
        JobTaskConfirmed e => row with { Status = JobStatus.Confirmed, ConfirmedBy = [.. row.ConfirmedBy, e.By.Value] },
        JobTaskNear => row with { Told = true },
        _ => row,
    };
}

internal sealed record JobTemplateRow(
    Id<JobTemplate> Id, Id<Firm> Firm, Personal<string> What, Personal<string> Learn, string? SkillUri, int Minutes, Id<Person> By, int UseCount, DateTimeOffset KeptAt, long Version);

/// <summary>What firms set again and again.</summary>
internal sealed class JobTemplateRows() : InlineProjection<JobTemplateEvent, JobTemplateRow>(LearningModule.Name, Table)
{
    public static readonly Table<JobTemplateRow> Table = new(LearningModule.Name, "job_templates", nameof(JobTemplateRow.Id)) { Indexes = ["(firm)"] };

    protected override JobTemplateRow? Apply(JobTemplateRow? row, Recorded<JobTemplateEvent> recorded) => (recorded.Fact, row) switch
    {
        (JobTemplateKept e, _) => new(new(recorded.Stream), e.Firm, e.What, e.Learn, e.SkillUri, e.Minutes, e.By, 0, e.At, recorded.Version),
        (JobTemplateUsed e, { } r) => r with { UseCount = r.UseCount + e.People.Count, Version = recorded.Version },
        _ => null,
    };
}
