using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>Tells the three what one of them did, and the learner once when the day is near.</summary>
internal sealed class JobNews(INotices notices, Streams<JobTask, JobEvent> tasks, TimeProvider clock) : News<JobEvent>(notices, clock)
{
    public override string Name => "notices/learning-tasks";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("task-set", NoticeMail.AtOnce), ("task-help", NoticeMail.AtOnce), ("task-accepted", NoticeMail.Digest), ("task-declined", NoticeMail.AtOnce),
            ("task-withdrawn", NoticeMail.Digest), ("task-reported", NoticeMail.AtOnce), ("task-confirmed", NoticeMail.Digest), ("task-near", NoticeMail.Digest),
        }) services.AddNoticeKind(new(name, "learning", typeof(JobTexts), mail));
        services.AddNews<JobNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<JobEvent> recorded, CancellationToken ct)
    {
        if ((await tasks.Load(recorded.Stream, ct)).State is not JobTask.Kept task) return [];
        var set = task.Set;
        Id<Person>[] helper = set.Helper is { } h ? [h] : [];
        return recorded.Fact switch
        {
            JobTaskSet e => [.. To([e.Learner], e.By, "task-set"), .. To(helper, e.By, "task-help")],
            JobTaskAccepted => To([set.By], set.Learner, "task-accepted"),
            JobTaskDeclined => To([set.By, .. helper], set.Learner, "task-declined"),
            JobTaskWithdrawn e => To(task.People, e.By, "task-withdrawn"),
            JobTaskReported => To([set.By, .. helper], set.Learner, "task-reported"),
            JobTaskConfirmed e => To([set.Learner], e.By, "task-confirmed"),
            JobTaskNear => To([set.Learner], null, "task-near"),
            _ => [],
        };

        IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person>? by, string kind) => ToAll(people, by, p => new(p, kind, recorded.Id, $"/tasks/{recorded.Stream}", by));
    }
}
