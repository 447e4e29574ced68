using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>Something that somebody does at work in order to learn from it, set by another or by oneself, with or without help.</summary>
internal abstract record JobTask : IState<JobTask, JobEvent>
{
    public sealed record Absent : JobTask;

    public sealed record Kept(JobTaskSet Set, JobStatus Status) : JobTask
    {
        /// <summary>Why it was declined.</summary>
        public Personal<string> Reason { get; init; } = "";

        public JobTaskReported? Report { get; init; }

        public ValueList<JobTaskConfirmed> Confirmations { get; init; } = [];

        public bool Told { get; init; }

        public Id<Person> Learner => Set.Learner;

        /// <summary>The learner, who set it and who helps: nobody else sees it.</summary>
        public IReadOnlyList<Id<Person>> People => [.. ((Id<Person>?[])[Set.Learner, Set.By, Set.Helper]).OfType<Id<Person>>().Distinct()];

        public bool Has(Id<Person> person) => People.Contains(person);

        /// <summary>May say what they saw: the helper and who set it, but never the learner.</summary>
        public bool MayConfirm(Id<Person> person) => person != Learner && Has(person);
    }

    public static JobTask Initial { get; } = new Absent();

    public static JobTask Evolve(JobTask state, JobEvent fact) => (state, fact) switch
    {
        (_, JobTaskSet e) => new Kept(e, e.By == e.Learner ? JobStatus.Open : JobStatus.Asked),
        (Kept k, JobTaskAccepted) => k with { Status = JobStatus.Open },
        (Kept k, JobTaskDeclined e) => k with { Status = JobStatus.Declined, Reason = e.Reason },
        (Kept k, JobTaskWithdrawn) => k with { Status = JobStatus.Withdrawn },
        (Kept k, JobTaskReported e) => k with { Status = JobStatus.Reported, Report = e },
        (Kept k, JobTaskConfirmed e) => k with { Status = JobStatus.Confirmed, Confirmations = [.. k.Confirmations, e] },
        (Kept k, JobTaskNear) => k with { Told = true },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What one of the three does; for everybody else the task is not there.</summary>
internal abstract record JobCommand(Id<Person> By) : ICommand<JobTask, JobEvent>
{
    public Decision<JobEvent> Decide(JobTask state) => state is JobTask.Kept k && k.Has(By) ? Decide(k) : JobRules.Unknown;

    protected abstract Decision<JobEvent> Decide(JobTask.Kept task);
}

/// <summary>A task that a firm sets again and again.</summary>
internal abstract record JobTemplate : IState<JobTemplate, JobTemplateEvent>
{
    public sealed record Absent : JobTemplate;

    public sealed record Kept(JobTemplateKept Says) : JobTemplate;

    public sealed record Retired : JobTemplate;

    public static JobTemplate Initial { get; } = new Absent();

    public static JobTemplate Evolve(JobTemplate state, JobTemplateEvent fact) => fact switch
    {
        JobTemplateKept e => new Kept(e),
        JobTemplateRetired => new Retired(),
        _ => state,
    };
}
