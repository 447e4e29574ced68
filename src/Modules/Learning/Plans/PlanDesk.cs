using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Plans;

/// <summary>A plan that the caller may read.</summary>
/// <param name="Changes">The caller is one of the two; else a manager to whom it is shown.</param>
internal sealed record SeenPlan(Id<Plan> Id, Plan.Kept State, bool Changes, long Version);

/// <param name="Records">Records that touch the goal's skill since the plan began.</param>
/// <param name="Confirmed">How many of them somebody who was there confirmed.</param>
internal sealed record Progress(string SkillUri, int Records, int Minutes, int Confirmed);

/// <summary>Development plans: of the two, and of a manager to whom the person shows it.</summary>
internal sealed class PlanDesk(Streams<Plan, PlanEvent> plans, Database database, RecordReader records, IFirmDirectory directory, Commands commands, TimeProvider clock)
{
    private static readonly string ProgressSql = $"""
        select uri, count(*)::int, coalesce(sum(minutes), 0)::int, count(*) filter (where cardinality(answered_by) > 0 and not disputed)::int
        from unnest($4::text[]) uri join learning.records on skill_uris @> array[uri]
        where person = $5 and happened_at >= $6 and {Reader.Sees} group by uri
        """;

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<SeenPlan?> Find(Id<Plan> id, Caller caller, CancellationToken ct)
    {
        var loaded = await plans.Load(id.Value, ct);
        if (loaded.State is not Plan.Kept k) return null;
        if (k.Has(caller.Person)) return new(id, k, true, loaded.Version);
        return k.WithManager && await Manages(caller, k.Person, ct) ? new(id, k, false, loaded.Version) : null;
    }

    /// <summary>Own ones, as person and as coach, and those that are shown to the caller as a manager; the newest first.</summary>
    public async Task<IReadOnlyList<PlanRow>> Of(Caller caller, CancellationToken ct)
    {
        var firms = caller.ScopesOf(ScopeKind.Firm, Role.Manager).Select(f => new Id<Firm>(f)).ToList();
        var staff = firms.Count == 0 ? [] : (await directory.EmployedBy(firms, ct)).Select(e => e.Person.Value).Distinct().ToArray();
        return await Rows("where person = $1 or coach = $1 or with_manager and person = any($2) order by proposed_at desc", ct, caller.Person.Value, staff);
    }

    public Task<List<PlanRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(PlanRows.Table.Select(where), values), PlanRows.Table.Read, ct);

    /// <summary>What the person really recorded since the plan began, by skill: of others, whoever reads the plan is told only of records that they may read.</summary>
    public async Task<IReadOnlyList<Progress>> ProgressOf(SeenPlan plan, Caller caller, CancellationToken ct)
    {
        string[] skills = [.. plan.State.Goals.Select(g => g.SkillUri).OfType<string>().Distinct()];
        if (skills.Length == 0 || plan.State.BegunAt is not { } begun) return [];
        return await database.Query(
            LearningModule.Name, Statement.Of(ProgressSql, [.. (await records.ReaderOf(caller, ct)).Values, skills, plan.State.Person.Value, begun]),
            r => new Progress(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct);
    }

    public Task<IResult> Propose(PlanProposed proposed, CancellationToken ct)
    {
        var id = Id<Plan>.New(clock);
        return commands.Run(plans, id.Value, new ProposePlan(proposed), Reply.Created(Link(id), id), ct);
    }

    public async Task<IResult> Run(Id<Plan> id, Caller caller, ICommand<Plan, PlanEvent> command, CancellationToken ct) =>
        await Find(id, caller, ct) is { Changes: true } ? await commands.Run(plans, id.Value, command, Reply.Changed(Link(id), id), ct) : Problems.From(PlanRules.Unknown);

    public static string Link(Id<Plan> id) => $"/api/v1/learning/plans/{id}";

    private async Task<bool> Manages(Caller caller, Id<Person> person, CancellationToken ct)
    {
        var firms = caller.ScopesOf(ScopeKind.Firm, Role.Manager);
        return firms.Count > 0 && (await directory.EmploymentsOf(person, ct)).Any(e => firms.Contains(e.Firm.Value));
    }
}
