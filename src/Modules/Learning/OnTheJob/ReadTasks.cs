using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.OnTheJob;

internal static class ReadTasksEndpoint
{
    private const string Who = "the learner, who set it and who helps";

    internal sealed record Summary(
        Id<JobTask> Id, Id<Person> Learner, Id<Person>? Helper, Id<Person> SetBy, Personal<string> What, string? SkillUri, DateOnly DueOn, int Minutes, JobStatus Status);

    internal sealed record ReportAnswer(Personal<string> CameOf, Personal<string> Well, Personal<string> Differently, int Minutes, DateTimeOffset HappenedAt);

    internal sealed record SawAnswer(Id<Person> By, Personal<string> Saw, DateTimeOffset At);

    /// <param name="Reason">Why it was declined.</param>
    /// <param name="Record">The learning record that came of it, for those to whom its owner shows it.</param>
    internal sealed record Answer(
        Id<JobTask> Id, Id<Person> Learner, Id<Person>? Helper, Id<Person> SetBy, Personal<string> What, Personal<string> Learn, string? SkillUri, DateOnly DueOn, int Minutes,
        JobStatus Status, Personal<string> Reason, ReportAnswer? Report, IReadOnlyList<SawAnswer> Confirmations, Guid? Record, DateTimeOffset SetAt, long Version);

    internal static void MapReadTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/tasks", List)
            .WithName("ListLearningTasks").WithSummary("Learning tasks of one's own, those one has set and those one helps with; what is to be done first")
            .Produces<IReadOnlyList<Summary>>().SignedInMayCall(Who);
        routes.MapGet("/learning/tasks/{id}", Read).WithName("ReadLearningTask").WithSummary("One learning task, with what came of it").Produces<Answer>().SignedInMayCall(Who);
    }

    private static async Task<IResult> List(Caller caller, JobDesk desk, CancellationToken ct) => TypedResults.Ok(
        (await desk.Of(caller, ct)).ConvertAll(r => new Summary(r.Id, r.Learner, r.Helper, r.By, r.What, r.SkillUri, r.DueOn, r.Minutes, r.Status)));

    private static async Task<IResult> Read(Id<JobTask> id, Caller caller, JobDesk desk, RecordReader records, HttpContext http, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { State: var k } seen) return Problems.From(JobRules.Unknown);
        ETags.Set(http, seen.Version);
        var record = JobLearning.RecordOf(id);
        var shown = await records.Find(new(record), caller, ct) is not null;
        return TypedResults.Ok(new Answer(
            id, k.Learner, k.Set.Helper, k.Set.By, k.Set.What, k.Set.Learn, k.Set.SkillUri, k.Set.DueOn, k.Set.Minutes, k.Status, k.Reason,
            k.Report is { } r ? new(r.CameOf, r.Well, r.Differently, r.Minutes, r.HappenedAt) : null,
            [.. k.Confirmations.Select(c => new SawAnswer(c.By, c.Saw, c.At))], shown ? record : null, k.Set.At, seen.Version));
    }
}
