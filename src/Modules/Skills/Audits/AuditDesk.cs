using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Profiles;

namespace ClusterNet.Skills.Audits;

/// <summary>An audit with what the caller is in it.</summary>
/// <param name="Runs">The caller is the firm's manager, or the coordinator of the cluster whose audit it is.</param>
/// <param name="ManagedFirms">Firms of the audit that the caller manages.</param>
/// <param name="TakesPart">The caller is rated, or rates somebody.</param>
internal sealed record OpenedAudit(AuditRow Row, bool Runs, IReadOnlyList<Guid> ManagedFirms, bool TakesPart)
{
    /// <summary>The caller is an auditor who may read what it found, and nothing else of it.</summary>
    public bool FindingsOnly => !Runs && !TakesPart && ManagedFirms.Count == 0;

    public bool Manages(Id<Firm> firm) => ManagedFirms.Contains(firm.Value);
}

/// <summary>Tells who is what in an audit. For everybody else it does not exist.</summary>
internal sealed class AuditDesk(Database database, IFirmDirectory directory, AuditReads reads, AuditedPeople audited, ProfileDesk profiles)
{
    /// <summary>Audits that concern a person: $1, in people (p).</summary>
    public const string Concerns = "(p.person = $1 or p.manager = $1 or p.peers @> array[$1::uuid])";

    /// <summary>The audit as far as it concerns the caller; null when it does not.</summary>
    public async Task<OpenedAudit?> Open(Id<Audit> id, Caller caller, CancellationToken ct)
    {
        if (await reads.Find(id, ct) is not { } row) return null;
        var takesPart = (await database.Query(
            SkillsModule.Name, Statement.Of($"select 1 from skills.audit_people p where {Concerns} and p.audit = $2 limit 1", caller.Person.Value, id.Value),
            _ => true, ct)).Count > 0;
        var opened = Of(row, caller, takesPart);
        return opened.Runs || opened.TakesPart || opened.ManagedFirms.Count > 0 ? opened : null;
    }

    /// <summary>What concerns the caller, and what the caller may read as an auditor; the newest first.</summary>
    public async Task<IReadOnlyList<OpenedAudit>> All(Caller caller, CancellationToken ct)
    {
        var part = (await database.Query(
            SkillsModule.Name, Statement.Of($"select distinct p.audit from skills.audit_people p where {Concerns}", caller.Person.Value), r => r.GetGuid(0), ct)).ToHashSet();
        var rows = await database.Query(
            SkillsModule.Name,
            Statement.Of(
                AuditRows.Table.Select("where id = any($1) or cluster = any($2) or joined && $3 or invited && $3 or declined && $3 order by id desc"),
                part.ToArray(), caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator).ToArray(), caller.ScopesOf(ScopeKind.Firm, Role.Manager).ToArray()),
            AuditRows.Table.Read, ct);
        var own = rows.Select(r => Of(r, caller, part.Contains(r.Id.Value))).ToList();
        var seen = own.Select(o => o.Row.Id).ToHashSet();
        var granted = (await Granted(caller, ct)).Where(r => !seen.Contains(r.Id)).Select(r => Of(r, caller, false));
        return [.. own.Concat(granted).OrderByDescending(o => o.Row.Id)];
    }

    /// <summary>Closed audits of which the caller's grants open somebody's results.</summary>
    private async Task<List<AuditRow>> Granted(Caller caller, CancellationToken ct)
    {
        var clusters = caller.ScopesOf(ScopeKind.Cluster, Role.Auditor);
        var firms = new List<Guid>();
        foreach (var cluster in clusters) firms.AddRange((await directory.AdmittedTo(new(cluster), ct)).Select(f => f.Firm.Value));
        var open = new List<AuditRow>();
        if (clusters.Count == 0) return open;
        var closed = await database.Query(
            SkillsModule.Name, Statement.Of(AuditRows.Table.Select("where state = 'closed' and (cluster = any($1) or cluster is null and joined && $2)"), clusters.ToArray(), firms.ToArray()),
            AuditRows.Table.Read, ct);
        foreach (var audit in closed)
        {
            var rated = (await reads.People(audit.Id, ct)).Where(p => !p.HasLeft).Select(p => (p.Person, p.Firm));
            if ((await audited.Of(audit, rated, caller, ct)).Count > 0) open.Add(audit);
        }

        return open;
    }

    /// <summary>Who of a firm is rated by whom, unless somebody chooses otherwise.</summary>
    public async Task<ValueList<Participant>> Plan(
        Id<Firm> firm, IReadOnlyCollection<Id<RoleProfile>> asked, RaterScheme raters, Id<Person> manager, CancellationToken ct)
    {
        var staff = await directory.EmployedBy([firm], ct);
        var holders = await profiles.Holders([.. asked.Select(p => p.Value)], [firm.Value], ct);
        return Assigning.Plan(staff, [.. holders.Select(h => (h.Person, h.Profile))], asked, raters, manager);
    }

    private static OpenedAudit Of(AuditRow row, Caller caller, bool takesPart)
    {
        var managed = caller.ScopesOf(ScopeKind.Firm, Role.Manager).Where(f => row.Joined.Contains(f) || row.Invited.Contains(f) || row.Declined.Contains(f)).ToList();
        var runs = row.Cluster is { } cluster ? caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) : managed.Count > 0;
        return new(row, runs, managed, takesPart);
    }
}
