using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.OnTheJob;
using ClusterNet.Learning.Records;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Learning.OnTheJob.JobTask, ClusterNet.Learning.OnTheJob.JobEvent>;
using TemplateSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.OnTheJob.JobTemplate, ClusterNet.Learning.OnTheJob.JobTemplateEvent>;

namespace ClusterNet.Tests.Learning;

public class JobDecisionTests
{
    private static readonly Id<Person> Learner = new(Guid.NewGuid()), Lead = new(Guid.NewGuid()), Coach = new(Guid.NewGuid()), Stranger = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Due = new(2026, 5, 20);

    private static readonly JobTaskSet Set = new(Learner, Coach, Lead, "Set up the press", "Clearance", null, Due, 90, null, Now);
    private static readonly JobTaskAccepted Accepted = new(Now);
    private static readonly ReportTask Report = new(Learner, "It held", "Measured", "Ask before", 80, Now, Now);
    private static readonly JobTaskReported Reported = new(Learner, "It held", "Measured", "Ask before", 80, Now, Now);
    private static readonly JobTaskConfirmed Seen = new(Coach, "Set it up alone", Now);

    [Fact]
    public void A_task_is_set_once_and_not_with_one_s_own_help()
    {
        Spec.Given().When(new SetTask(Set)).Then(Set);
        Spec.Given(Set).When(new SetTask(Set)).Then();
        Spec.Given().When(new SetTask(Set with { Helper = Learner })).ThenRefused(JobRules.OwnHelp);
    }

    [Fact]
    public void The_learner_accepts_and_nobody_else()
    {
        Spec.Given(Set).When(new AcceptTask(Learner, Now)).Then(Accepted);
        Spec.Given(Set, Accepted).When(new AcceptTask(Learner, Now)).Then();
        Spec.Given(Set).When(new AcceptTask(Lead, Now)).ThenRefused(JobRules.LearnersAlone);
        Spec.Given(Set).When(new AcceptTask(Stranger, Now)).ThenRefused(JobRules.Unknown);
    }

    [Fact]
    public void What_one_sets_oneself_needs_no_answer() => Spec.Given(Set with { By = Learner }).When(Report).Then(Reported);

    [Fact]
    public void A_task_is_declined_with_a_reason_before_or_after_it_was_accepted()
    {
        var declined = new JobTaskDeclined(Learner, "No press", Now);
        Spec.Given(Set).When(new DeclineTask(Learner, "No press", Now)).Then(declined);
        Spec.Given(Set, Accepted).When(new DeclineTask(Learner, "No press", Now)).Then(declined);
        Spec.Given(Set, declined).When(new DeclineTask(Learner, "No press", Now)).Then();
        Spec.Given(Set, declined).When(new AcceptTask(Learner, Now)).ThenRefused(JobRules.NotAsked);
    }

    [Fact]
    public void Who_set_it_takes_it_back_while_it_is_open()
    {
        Spec.Given(Set, Accepted).When(new WithdrawTask(Lead, Now)).Then(new JobTaskWithdrawn(Lead, Now));
        Spec.Given(Set).When(new WithdrawTask(Coach, Now)).ThenRefused(JobRules.SettersAlone);
        Spec.Given(Set, Accepted, Reported).When(new WithdrawTask(Lead, Now)).ThenRefused(JobRules.NotOpen);
    }

    [Fact]
    public void What_was_accepted_is_reported_by_the_learner_once_it_has_happened()
    {
        Spec.Given(Set, Accepted).When(Report).Then(Reported);
        Spec.Given(Set).When(Report).ThenRefused(JobRules.NotOpen);
        Spec.Given(Set, Accepted, Reported).When(Report).ThenRefused(JobRules.NotOpen);
        Spec.Given(Set, Accepted).When(Report with { By = Coach }).ThenRefused(JobRules.LearnersAlone);
        Spec.Given(Set, Accepted).When(Report with { HappenedAt = Now.AddDays(1) }).ThenRefused(Rules.InTheFuture);
    }

    [Fact]
    public void Helper_and_setter_say_what_they_saw_each_once_and_the_learner_never()
    {
        Spec.Given(Set, Accepted, Reported).When(new ConfirmTask(Coach, "Set it up alone", Now)).Then(Seen);
        Spec.Given(Set, Accepted, Reported, Seen).When(new ConfirmTask(Coach, "Set it up alone", Now)).Then();
        Spec.Given(Set, Accepted, Reported, Seen).When(new ConfirmTask(Coach, "Something else", Now)).ThenRefused(JobRules.ConfirmedAlready);
        Spec.Given(Set, Accepted, Reported, Seen).When(new ConfirmTask(Lead, "Parts were in order", Now)).Then(new JobTaskConfirmed(Lead, "Parts were in order", Now));
        Spec.Given(Set, Accepted, Reported).When(new ConfirmTask(Learner, "Well", Now)).ThenRefused(JobRules.OwnReport);
        Spec.Given(Set, Accepted).When(new ConfirmTask(Coach, "Well", Now)).ThenRefused(JobRules.NotReported);
        Spec.Given(Set, Accepted, Reported).When(new ConfirmTask(Stranger, "Well", Now)).ThenRefused(JobRules.Unknown);
    }

    [Fact]
    public void The_day_is_told_once_and_only_of_what_is_to_be_done()
    {
        var near = new TellTaskNear(new(2026, 5, 18, 0, 0, 0, TimeSpan.Zero));
        Spec.Given(Set, Accepted).When(near).Then(new JobTaskNear(near.Now));
        Spec.Given(Set, Accepted, new JobTaskNear(near.Now)).When(near).Then();
        Spec.Given(Set).When(near).Then();
        Spec.Given(Set, Accepted).When(near with { Now = near.Now.AddDays(-1) }).Then();
    }

    [Fact]
    public void A_template_is_set_until_it_is_retired()
    {
        var kept = new JobTemplateKept(new(Guid.NewGuid()), Lead, "Walk", "Exits", null, 30, Now);
        TemplateSpec.Given(kept).When(new UseTemplate(Lead, [Learner], Now)).Then(new JobTemplateUsed(Lead, [Learner], Now));
        TemplateSpec.Given(kept, new JobTemplateRetired(Lead, Now)).When(new UseTemplate(Lead, [Learner], Now)).ThenRefused(JobRules.TemplateUnknown);
        TemplateSpec.Given(kept, new JobTemplateRetired(Lead, Now)).When(new RetireTemplate(Lead, Now)).Then();
    }
}
