using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>A task that the caller is one of the three of.</summary>
internal sealed record SeenJob(Id<JobTask> Id, JobTask.Kept State, long Version);

/// <summary>Learning tasks for the three, and templates for managers of their firm. Nobody else sees any of it, managers of the learner's firm neither.</summary>
internal sealed class JobDesk(
    Streams<JobTask, JobEvent> tasks, Streams<JobTemplate, JobTemplateEvent> templates, Database database, IFirmDirectory directory, IPeopleNames names, Commands commands,
    TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public Id<JobTask> NewId() => Id<JobTask>.New(clock);

    public static string Link(Id<JobTask> id) => $"/api/v1/learning/tasks/{id}";

    public static string Link(Id<JobTemplate> id) => $"/api/v1/learning/tasks/templates/{id}";

    public async Task<SeenJob?> Find(Id<JobTask> id, Caller caller, CancellationToken ct)
    {
        var loaded = await tasks.Load(id.Value, ct);
        return loaded.State is JobTask.Kept k && k.Has(caller.Person) ? new(id, k, loaded.Version) : null;
    }

    /// <summary>Those of which the caller is one of the three: what is still to be done first, the earliest day first.</summary>
    public Task<List<JobRow>> Of(Caller caller, CancellationToken ct) =>
        Rows("where learner = $1 or by = $1 or helper = $1 order by status not in ('asked', 'open'), case when status in ('asked', 'open') then due_on end, set_at desc limit 500", ct, caller.Person.Value);

    public Task<List<JobRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(JobRows.Table.Select(where), values), JobRows.Table.Read, ct);

    public Task<IResult> Set(SetTask command, CancellationToken ct)
    {
        var id = NewId();
        return commands.Run(tasks, id.Value, command, Reply.Created(Link(id), id), ct);
    }

    /// <param name="also">What commits with it, such as the learning record.</param>
    public async Task<IResult> Run(
        Id<JobTask> id, Caller caller, ICommand<JobTask, JobEvent> command, CancellationToken ct,
        Func<SeenJob, IReadOnlyList<object>, CancellationToken, Task<IReadOnlyList<Prepared>>>? also = null) => await Find(id, caller, ct) is { } seen
        ? await commands.Run(tasks, id.Value, command, Reply.Changed(Link(id), id), ct, also: also is null ? null : facts => also(seen, facts, ct))
        : Problems.From(JobRules.Unknown);

    /// <summary>Somebody whom the caller cannot see is set no task, and helps with none.</summary>
    public async Task<Refusal?> Check(Caller caller, Id<Person> learner, Id<Person>? helper, DateOnly due, CancellationToken ct)
    {
        if (helper == learner) return JobRules.OwnHelp;
        if (!JobRules.IsPossible(due, Now)) return JobRules.DayNotPossible;
        Id<Person>[] others = [.. ((Id<Person>?[])[learner, helper]).OfType<Id<Person>>().Where(p => p != caller.Person)];
        return (await names.SeenBy(caller, others, ct)).Count == others.Length ? null : JobRules.PersonUnknown;
    }

    public static IReadOnlyList<Id<Firm>> FirmsOf(Caller caller) => [.. caller.ScopesOf(ScopeKind.Firm, Role.Manager).Select(f => new Id<Firm>(f))];

    /// <summary>Templates of the firms that the caller manages, the newest first.</summary>
    public Task<List<JobTemplateRow>> Templates(Caller caller, CancellationToken ct) => database.Query(
        LearningModule.Name,
        Statement.Of(JobTemplateRows.Table.Select("where firm = any($1) and what is not null order by kept_at desc, id"), [FirmsOf(caller).Select(f => f.Value).ToArray()]),
        JobTemplateRows.Table.Read, ct);

    public async Task<JobTemplateRow?> Template(Id<JobTemplate> id, Caller caller, CancellationToken ct) => (await Templates(caller, ct)).FirstOrDefault(t => t.Id == id);

    /// <summary>Who works in the firm.</summary>
    public async Task<IReadOnlyList<Id<Person>>> Staff(Id<Firm> firm, CancellationToken ct) => [.. (await directory.EmployedBy([firm], ct)).Select(e => e.Person).Distinct()];

    public Task<IResult> Keep(KeepTemplate command, CancellationToken ct)
    {
        var id = Id<JobTemplate>.New(clock);
        return commands.Run(templates, id.Value, command, Reply.Created(Link(id), id), ct);
    }

    public Task<IResult> Run(Id<JobTemplate> id, ICommand<JobTemplate, JobTemplateEvent> command, CancellationToken ct, IReadOnlyList<(Id<JobTask> Id, SetTask Task)>? set = null) =>
        commands.Run(
            templates, id.Value, command, Reply.Changed(Link(id), id, ("tasks", new System.Text.Json.Nodes.JsonArray([.. (set ?? []).Select(s => s.Id.ToString())]))), ct,
            also: _ => Task.FromResult<IReadOnlyList<Prepared>>([.. (set ?? []).Select(s => tasks.PrepareNew(s.Id.Value, s.Task))]));
}
