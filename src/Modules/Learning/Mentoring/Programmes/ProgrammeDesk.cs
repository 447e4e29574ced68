using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Mentoring.Programmes;

/// <param name="Leads">The caller coordinates the cluster.</param>
internal sealed record SeenProgramme(Id<Programme> Id, Programme.Kept State, bool Leads, long Version);

/// <summary>How a programme goes. Null where fewer than five people are in its pairs.</summary>
internal sealed record ProgrammeFigures(int? Active, int? Ended, int? Sessions, int? Minutes);

/// <summary>Programmes: seen by people of the cluster and by who was invited, run by the cluster's coordinators.</summary>
internal sealed class ProgrammeDesk(
    Streams<Programme, ProgrammeEvent> programmes, PairDesk pairs, Database database, IFirmDirectory directory, IAccounts accounts, Commands commands, TimeProvider clock)
{
    /// <summary>No figure stands for fewer people.</summary>
    private const int FewestPeople = 5;

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<SeenProgramme?> Find(Id<Programme> id, Caller caller, CancellationToken ct)
    {
        var loaded = await programmes.Load(id.Value, ct);
        if (loaded.State is not Programme.Kept k) return null;
        var leads = caller.Is(Role.Coordinator, RoleScope.Cluster(k.Founded.Cluster));
        return leads || k.Find(caller.Person) is not null || await BelongsTo(k.Founded.Cluster, caller, ct) ? new(id, k, leads, loaded.Version) : null;
    }

    public async Task<bool> BelongsTo(Id<Cluster> cluster, Caller caller, CancellationToken ct) =>
        !caller.IsAuditorOnly && (await directory.ClustersOf(caller, ct)).Contains(cluster);

    public Task<List<ProgrammeRow>> Of(Id<Cluster> cluster, CancellationToken ct) => Rows("where cluster = $1 order by ended_at is not null, founded_at desc", ct, cluster.Value);

    /// <summary>Those of the caller's clusters, and those to which the caller was invited.</summary>
    public async Task<List<ProgrammeRow>> Open(Caller caller, CancellationToken ct)
    {
        var clusters = await directory.ClustersOf(caller, ct);
        return await Rows(
            "where ended_at is null and (cluster = any($1) or members @> array[$2]) order by founded_at desc", ct, clusters.Select(c => c.Value).ToArray(), caller.Person.Value);
    }

    /// <summary>Those that somebody was invited to or has joined, over or not.</summary>
    public Task<List<ProgrammeRow>> With(Id<Person> person, CancellationToken ct) => Rows("where members @> array[$1] order by id", ct, person.Value);

    public Task<IResult> Found(ProgrammeFounded founded, CancellationToken ct)
    {
        var id = Id<Programme>.New(clock);
        return commands.Run(programmes, id.Value, new FoundProgramme(founded), Reply.Created(Link(id), id), ct);
    }

    /// <summary>What the coordinator does.</summary>
    public async Task<IResult> Lead(Id<Programme> id, Caller caller, Func<SeenProgramme, Task<(ICommand<Programme, ProgrammeEvent>?, Refusal?)>> command, CancellationToken ct)
    {
        if (await Find(id, caller, ct) is not { } seen) return Problems.From(ProgrammeRules.Unknown);
        if (!seen.Leads) return Problems.From(Permissions.NotAllowed);
        var (decided, refusal) = await command(seen);
        return decided is null ? Problems.From(refusal!) : await Run(id, decided, ct); // one of the two is given
    }

    /// <summary>What a member does.</summary>
    public async Task<IResult> Take(Id<Programme> id, Caller caller, Func<SeenProgramme, Task<ICommand<Programme, ProgrammeEvent>>> command, CancellationToken ct) =>
        await Find(id, caller, ct) is { } seen ? await Run(id, await command(seen), ct) : Problems.From(ProgrammeRules.Unknown);

    /// <summary>Whom the coordinator names, by id or by address; null for nobody with an account.</summary>
    public async Task<Id<Person>?> Named(Id<Person>? person, string? email, CancellationToken ct)
    {
        if (person is { } id) return (await accounts.Cards([id], ct)).ContainsKey(id) ? id : null;
        return email is null ? null : await accounts.FindByEmail(email, ct);
    }

    /// <summary>Works in a firm that is admitted to the cluster.</summary>
    public async Task<bool> WorksIn(Id<Cluster> cluster, Id<Person> person, CancellationToken ct)
    {
        var firms = (await directory.EmploymentsOf(person, ct)).Select(e => e.Firm).ToList();
        return firms.Count > 0 && (await directory.AdmittedTo(cluster, ct)).Any(f => firms.Contains(f.Firm));
    }

    public Task<List<PairRow>> Pairs(Id<Programme> id, CancellationToken ct) => pairs.Rows("where programme = $1 order by asked_at", ct, id.Value);

    public static ProgrammeFigures Figures(IReadOnlyList<PairRow> pairs)
    {
        var begun = pairs.Where(p => p.BegunAt is not null).ToList();
        return begun.SelectMany(p => (Id<Person>[])[p.Mentor, p.Mentee]).Distinct().Count() < FewestPeople
            ? new(null, null, null, null)
            : new(begun.Count(p => p.Status == PairStatus.Active), begun.Count(p => p.Status == PairStatus.Ended), begun.Sum(p => p.SessionCount), begun.Sum(p => p.MinuteCount));
    }

    private Task<IResult> Run(Id<Programme> id, ICommand<Programme, ProgrammeEvent> command, CancellationToken ct) =>
        commands.Run(programmes, id.Value, command, Reply.Changed(Link(id), id), ct);

    private Task<List<ProgrammeRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(ProgrammeRows.Table.Select(where), values), ProgrammeRows.Table.Read, ct);

    private static string Link(Id<Programme> id) => $"/api/v1/learning/mentoring/programmes/{id}";
}
