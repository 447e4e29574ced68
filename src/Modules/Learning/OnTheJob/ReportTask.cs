using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.OnTheJob;

internal sealed record ReportTask(Id<Person> By, string CameOf, string Well, string Differently, int Minutes, DateTimeOffset HappenedAt, DateTimeOffset Now) : JobCommand(By)
{
    protected override Decision<JobEvent> Decide(JobTask.Kept task) => task.Status switch
    {
        _ when task.Learner != By => JobRules.LearnersAlone,
        JobStatus.Open when HappenedAt > Now + Rules.ClockTolerance => Rules.InTheFuture,
        JobStatus.Open => new JobTaskReported(By, CameOf, Well, Differently, Minutes, HappenedAt, Now),
        _ => JobRules.NotOpen,
    };
}

internal sealed record ConfirmTask(Id<Person> By, string Saw, DateTimeOffset Now) : JobCommand(By)
{
    protected override Decision<JobEvent> Decide(JobTask.Kept task) => task switch
    {
        _ when !task.MayConfirm(By) => JobRules.OwnReport,
        { Report: null } => JobRules.NotReported,
        _ when task.Confirmations.Any(c => c.By == By && c.Saw == Saw) => Decision<JobEvent>.Nothing,
        _ when task.Confirmations.Any(c => c.By == By) => JobRules.ConfirmedAlready,
        _ => new JobTaskConfirmed(By, Saw, Now),
    };
}

/// <summary>The learning record that comes of a report: at most one for each task, and none for who works in no firm.</summary>
internal sealed class JobLearning(Streams<Entry, EntryEvent> entries, Company company, IFirmDirectory directory)
{
    public const string Source = "learning-task";

    public static Guid RecordOf(Id<JobTask> task) => NamedGuid.Of("job-task-record", task.ToString());

    /// <param name="visibility">Null for the default of records.</param>
    public async Task<IReadOnlyList<Prepared>> OfReport(SeenJob seen, IReadOnlyList<object> facts, Visibility? visibility, CancellationToken ct)
    {
        var (set, report) = (seen.State.Set, facts.OfType<JobTaskReported>().First());
        var firms = (await directory.EmploymentsOf(set.Learner, ct)).Select(e => e.Firm).Distinct().Order().ToList();
        if (firms.Count == 0) return [];
        var (firm, with) = (firms[0], ValueList.Of<Companion>([]));
        if (set.Helper is { } helper)
        {
            foreach (var candidate in firms)
            {
                // A helper of no firm nearby cannot be named: such a record stands on its owner's word alone.
                var (near, stranger) = await company.Of(candidate, [helper], ct);
                if (stranger is not null) continue;
                (firm, with) = (candidate, near);
                break;
            }
        }

        var content = new Content(
            LearningKind.OnTheJob, set.What, report.CameOf, report.HappenedAt, report.Minutes, with, set.SkillUri is { } uri ? [uri] : [], Defaults.PartOf(LearningKind.OnTheJob),
            new ValueList<string>([]));
        return [await entries.Prepare(RecordOf(seen.Id), new RecordLearning(set.Learner, firm, content, visibility, Source, report.At), ct)];
    }

    /// <summary>What the helper confirms is confirmed in the record as well; where there is none, or it asks the helper no more, the task is confirmed all the same.</summary>
    public async Task<IReadOnlyList<Prepared>> OfConfirmed(SeenJob seen, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var confirmed = facts.OfType<JobTaskConfirmed>().First();
        var word = await entries.Prepare(RecordOf(seen.Id), new ConfirmLearning(confirmed.By, confirmed.At), ct);
        return word.Refusal is null ? [word] : [];
    }
}

internal static class ReportTaskEndpoint
{
    /// <param name="CameOf">What came of it; it is what the learning record says was learnt.</param>
    /// <param name="Well">What went well: for the three only.</param>
    /// <param name="Differently">What would be done differently: for the three only.</param>
    /// <param name="Minutes">As the task says, unless told.</param>
    /// <param name="HappenedAt">Now, unless told.</param>
    /// <param name="WithRecord">False for no learning record.</param>
    /// <param name="Visibility">Of the record; unless told, as for any record. A private one asks nobody to confirm it.</param>
    internal sealed record Body(
        string CameOf, string? Well = null, string? Differently = null, int? Minutes = null, DateTimeOffset? HappenedAt = null, bool WithRecord = true, Visibility? Visibility = null)
        : IValidated
    {
        public void Validate(Faults faults) => faults.Text("cameOf", CameOf, 1, JobRules.MaxText).OptionalText("well", Well, JobRules.MaxText)
            .OptionalText("differently", Differently, JobRules.MaxText).Whole("minutes", Minutes, 1, Rules.MaxMinutes).Instant("happenedAt", HappenedAt, Rules.Earliest);
    }

    /// <param name="Saw">What one saw oneself.</param>
    internal sealed record Words(string Saw) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("saw", Saw, 1, JobRules.MaxText);
    }

    internal static void MapReportTask(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/tasks/{id}/report", Report)
            .WithName("ReportLearningTask").WithSummary("Tell what came of a task; it becomes a learning record of the kind on-the-job, which names the helper")
            .WithExample(new Body("The second setting held; clearance is a tenth of the sheet", "Measured first", "Ask for the drawing before")).SignedInMayCall("who is to learn from it");
        routes.MapPost("/learning/tasks/{id}/confirmation", Confirm)
            .WithName("ConfirmLearningTask").WithSummary("Say what one saw; of a helper it confirms the learning record as well").WithExample(new Words("Set it up alone at the second try"))
            .SignedInMayCall("the helper and who set it");
    }

    internal static async Task<IResult> Report(Id<JobTask> id, Body body, IfMatch ifMatch, Caller caller, JobDesk desk, JobLearning learning, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(JobRules.Unknown);
        var report = new ReportTask(
            caller.Person, body.CameOf.Trim(), (body.Well ?? "").Trim(), (body.Differently ?? "").Trim(), body.Minutes ?? seen.State.Set.Minutes,
            body.HappenedAt?.ToUniversalTime() ?? desk.Now, desk.Now);
        return await desk.Run(
            id, caller, report, ct, body.WithRecord ? (task, facts, token) => learning.OfReport(task, facts, body.Visibility, token) : null);
    }

    internal static Task<IResult> Confirm(Id<JobTask> id, Words body, IfMatch ifMatch, Caller caller, JobDesk desk, JobLearning learning, CancellationToken ct) =>
        desk.Run(id, caller, new ConfirmTask(caller.Person, body.Saw.Trim(), desk.Now), ct, learning.OfConfirmed);
}
