using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.OnTheJob;

internal sealed record SetTask(JobTaskSet Says) : ICommand<JobTask, JobEvent>
{
    public Decision<JobEvent> Decide(JobTask state) => state switch
    {
        JobTask.Absent when Says.Helper == Says.Learner => JobRules.OwnHelp,
        JobTask.Absent => Says,
        _ => Decision<JobEvent>.Nothing,
    };
}

internal sealed record AcceptTask(Id<Person> By, DateTimeOffset Now) : JobCommand(By)
{
    protected override Decision<JobEvent> Decide(JobTask.Kept task) => task.Status switch
    {
        _ when task.Learner != By => JobRules.LearnersAlone,
        JobStatus.Asked => new JobTaskAccepted(Now),
        JobStatus.Open => Decision<JobEvent>.Nothing,
        _ => JobRules.NotAsked,
    };
}

internal sealed record DeclineTask(Id<Person> By, string Reason, DateTimeOffset Now) : JobCommand(By)
{
    protected override Decision<JobEvent> Decide(JobTask.Kept task) => task.Status switch
    {
        _ when task.Learner != By => JobRules.LearnersAlone,
        JobStatus.Asked or JobStatus.Open => new JobTaskDeclined(By, Reason, Now),
        JobStatus.Declined => Decision<JobEvent>.Nothing,
        _ => JobRules.NotAsked,
    };
}

internal sealed record WithdrawTask(Id<Person> By, DateTimeOffset Now) : JobCommand(By)
{
    protected override Decision<JobEvent> Decide(JobTask.Kept task) => task.Status switch
    {
        _ when task.Set.By != By => JobRules.SettersAlone,
        JobStatus.Asked or JobStatus.Open => new JobTaskWithdrawn(By, Now),
        JobStatus.Withdrawn => Decision<JobEvent>.Nothing,
        _ => JobRules.NotOpen,
    };
}

/// <summary>Who has left has nothing to do any more.</summary>
internal sealed record LeaveTask(Id<Person> By, DateTimeOffset Now) : JobCommand(By)
{
    protected override Decision<JobEvent> Decide(JobTask.Kept task) =>
        task.Learner == By && task.Status is JobStatus.Asked or JobStatus.Open ? new JobTaskWithdrawn(By, Now) : Decision<JobEvent>.Nothing;
}

internal static class SetTaskEndpoint
{
    private const string Who = "everybody, for themselves and for people whom they may see";

    /// <param name="What">What is to be done at work.</param>
    /// <param name="Learn">What is to be learnt from it.</param>
    /// <param name="Learner">Oneself, unless told; somebody else accepts or declines.</param>
    /// <param name="Helper">With whose help; that person sees the task.</param>
    /// <param name="Minutes">It may take so long.</param>
    internal sealed record Body(
        string What, string Learn, DateOnly DueOn, int Minutes = 60, string? SkillUri = null, Id<Person>? Learner = null, Id<Person>? Helper = null) : IValidated
    {
        public void Validate(Faults faults) => JobRules.Check(faults, What, Learn, SkillUri, Minutes);
    }

    internal sealed record Refused(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, JobRules.MaxText);
    }

    internal static void MapSetTask(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/tasks", Handle)
            .WithName("SetLearningTask").WithSummary("Set a learning task that is done at work, for oneself or for somebody else")
            .WithExample(new Body("Set up the press for the next order", "How the clearance follows from the sheet", new DateOnly(2026, 7, 3), 90)).SignedInMayCall(Who);
        routes.MapPost("/learning/tasks/{id}/acceptance", Accept).WithName("AcceptLearningTask").WithSummary("Accept a task that somebody else has set").SignedInMayCall("who is to learn from it");
        routes.MapPost("/learning/tasks/{id}/refusal", Decline)
            .WithName("DeclineLearningTask").WithSummary("Decline a task, or give it up, with a reason for who set it").WithExample(new Refused("The press is in repair until August"))
            .SignedInMayCall("who is to learn from it");
        routes.MapPost("/learning/tasks/{id}/withdrawal", Withdraw).WithName("WithdrawLearningTask").WithSummary("Take back a task that one has set").SignedInMayCall("who set it");
    }

    internal static async Task<IResult> Handle(Body body, HttpRequest request, Caller caller, JobDesk desk, ISkillCatalogue skills, CancellationToken ct)
    {
        var learner = body.Learner ?? caller.Person;
        if (await desk.Check(caller, learner, body.Helper, body.DueOn, ct) is { } refusal) return Problems.From(refusal);
        if (await skills.Check(body.SkillUri is { } uri ? [uri] : [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await desk.Set(
            new(new(learner, body.Helper, caller.Person, body.What.Trim(), body.Learn.Trim(), body.SkillUri, body.DueOn, body.Minutes, null, desk.Now)), ct);
    }

    internal static Task<IResult> Accept(Id<JobTask> id, IfMatch ifMatch, Caller caller, JobDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new AcceptTask(caller.Person, desk.Now), ct);

    internal static Task<IResult> Decline(Id<JobTask> id, Refused body, IfMatch ifMatch, Caller caller, JobDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new DeclineTask(caller.Person, body.Reason.Trim(), desk.Now), ct);

    internal static Task<IResult> Withdraw(Id<JobTask> id, IfMatch ifMatch, Caller caller, JobDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new WithdrawTask(caller.Person, desk.Now), ct);
}
