using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.OnTheJob;

[JsonConverter(typeof(WireNameConverter<JobStatus>))]
internal enum JobStatus
{
    /// <summary>The learner has still to accept it.</summary>
    [JsonStringEnumMemberName("asked")]
    Asked,

    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("declined")]
    Declined,

    /// <summary>Who set it has taken it back.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,

    /// <summary>The learner has told what came of it.</summary>
    [JsonStringEnumMemberName("reported")]
    Reported,

    /// <summary>Somebody else has said what they saw.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,
}

internal abstract record JobEvent;

/// <param name="Helper">With whose help; null for nobody's.</param>
/// <param name="By">Who set it: somebody else, or the learner.</param>
/// <param name="What">What is to be done at work.</param>
/// <param name="Learn">What is to be learnt from it.</param>
/// <param name="Minutes">It may take so long.</param>
/// <param name="Template">From which it was set; null for none.</param>
[StoredAs("job_task_set")]
internal sealed record JobTaskSet(
    Id<Person> Learner, Id<Person>? Helper, Id<Person> By, [PersonalData(nameof(JobTaskSet.Learner), KeyClass.Learning)] Personal<string> What,
    [PersonalData(nameof(JobTaskSet.Learner), KeyClass.Learning)] Personal<string> Learn, string? SkillUri, DateOnly DueOn, int Minutes, Id<JobTemplate>? Template, DateTimeOffset At)
    : JobEvent;

[StoredAs("job_task_accepted")]
internal sealed record JobTaskAccepted(DateTimeOffset At) : JobEvent;

[StoredAs("job_task_declined")]
internal sealed record JobTaskDeclined(Id<Person> Learner, [PersonalData(nameof(JobTaskDeclined.Learner), KeyClass.Learning)] Personal<string> Reason, DateTimeOffset At) : JobEvent;

[StoredAs("job_task_withdrawn")]
internal sealed record JobTaskWithdrawn(Id<Person> By, DateTimeOffset At) : JobEvent;

/// <param name="CameOf">What came of it; the learning record says it too.</param>
/// <param name="Well">What went well; may be empty. It stays with the three.</param>
/// <param name="Differently">What would be done differently; may be empty. It stays with the three.</param>
[StoredAs("job_task_reported")]
internal sealed record JobTaskReported(
    Id<Person> Learner, [PersonalData(nameof(JobTaskReported.Learner), KeyClass.Learning)] Personal<string> CameOf,
    [PersonalData(nameof(JobTaskReported.Learner), KeyClass.Learning)] Personal<string> Well,
    [PersonalData(nameof(JobTaskReported.Learner), KeyClass.Learning)] Personal<string> Differently, int Minutes, DateTimeOffset HappenedAt, DateTimeOffset At) : JobEvent;

/// <param name="Saw">What the helper or the setter saw.</param>
[StoredAs("job_task_confirmed")]
internal sealed record JobTaskConfirmed(Id<Person> By, [PersonalData(nameof(JobTaskConfirmed.By), KeyClass.FreeText)] Personal<string> Saw, DateTimeOffset At) : JobEvent;

/// <summary>The day is near, and the learner is told: once.</summary>
[StoredAs("job_task_near")]
internal sealed record JobTaskNear(DateTimeOffset At) : JobEvent;

internal abstract record JobTemplateEvent;

/// <param name="By">A manager of the firm.</param>
[StoredAs("job_template_kept")]
internal sealed record JobTemplateKept(
    Id<Firm> Firm, Id<Person> By, [PersonalData(nameof(JobTemplateKept.By), KeyClass.FreeText)] Personal<string> What,
    [PersonalData(nameof(JobTemplateKept.By), KeyClass.FreeText)] Personal<string> Learn, string? SkillUri, int Minutes, DateTimeOffset At) : JobTemplateEvent;

[StoredAs("job_template_used")]
internal sealed record JobTemplateUsed(Id<Person> By, ValueList<Id<Person>> People, DateTimeOffset At) : JobTemplateEvent;

[StoredAs("job_template_retired")]
internal sealed record JobTemplateRetired(Id<Person> By, DateTimeOffset At) : JobTemplateEvent;
