using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.People;

/// <summary>
/// Who looks at people, and what that person may see of them: one rule, said once for SQL and once for a state. A test holds them equal.
/// Roles are those of the call, so that a token with fewer roles sees less.
/// </summary>
/// <param name="Firms">Where the viewer works.</param>
/// <param name="ClusterFirms">Those, and all firms admitted to the viewer's clusters.</param>
/// <param name="AnswersFor">Firms that the viewer manages, and firms admitted to clusters that the viewer coordinates.</param>
internal sealed record Viewer(Id<Person> Person, Guid[] Firms, Guid[] ClusterFirms, Guid[] AnswersFor)
{
    /// <summary>How many parameters the rule takes: <see cref="Values"/>, from $1 on.</summary>
    public const int ParameterCount = 4;

    /// <summary>That somebody works in a firm: over p (clusters.people) and w (an employment that holds now).</summary>
    public const string SeesWork = """
        (p.person = $1 or p.visibility = 'network' or w.firm = any($4)
            or p.visibility in ('firm', 'cluster') and w.firm = any($2) or p.visibility = 'cluster' and w.firm = any($3))
        """;

    /// <summary>Name and work at all: over p. Who was erased is seen by nobody.</summary>
    public const string SeesPerson = $"""
        (p.family_name is not null and (p.person = $1 or p.visibility = 'network' or exists (
            select 1 from clusters.employments w where w.person = p.person and w.active and {SeesWork})))
        """;

    /// <summary>What the person tells about themselves: over p. Answering for a firm opens nobody's own words.</summary>
    public const string SeesProfile = """
        (p.person = $1 or p.visibility = 'network' or p.visibility in ('firm', 'cluster') and exists (
            select 1 from clusters.employments w where w.person = p.person and w.active
                and (w.firm = any($2) or p.visibility = 'cluster' and w.firm = any($3))))
        """;

    public IReadOnlyList<object> Values => [Person.Value, Firms, ClusterFirms, AnswersFor];

    public bool MaySeeWork(Seen seen, Guid firm) => Everything(seen) || AnswersFor.Contains(firm) || IsNear(seen, firm);

    public bool MaySeePerson(Seen seen) => seen.NameKnown && (Everything(seen) || seen.Firms.Any(f => MaySeeWork(seen, f)));

    public bool MaySeeProfile(Seen seen) => Everything(seen) || seen.Firms.Any(f => IsNear(seen, f));

    private bool Everything(Seen seen) => seen.Person == Person || seen.Visibility == Visibility.Network;

    private bool IsNear(Seen seen, Guid firm) => seen.Visibility switch
    {
        Visibility.Firm => Firms.Contains(firm),
        Visibility.Cluster => Firms.Contains(firm) || ClusterFirms.Contains(firm),
        _ => false,
    };

    /// <summary>Of a person, what the rule looks at.</summary>
    /// <param name="Firms">Where the person works now.</param>
    /// <param name="NameKnown">False once the person was erased.</param>
    internal sealed record Seen(Id<Person> Person, Visibility Visibility, IReadOnlyList<Guid> Firms, bool NameKnown = true);
}

/// <summary>Tells who looks.</summary>
internal sealed class Viewers(Database database, IFirmDirectory directory)
{
    public async Task<Viewer> Of(Caller caller, CancellationToken ct)
    {
        var firms = caller.Firms.ToArray();
        var clusters = (await directory.ClustersOf(caller, ct)).Select(c => c.Value).ToArray();
        var coordinated = caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator);
        var members = clusters.Length == 0 ? [] : await database.Query(
            ClustersModule.Name,
            Statement.Of("select cluster, firm from clusters.memberships where cluster = any($1) and state = 'admitted'", [clusters]),
            r => (Cluster: r.GetGuid(0), Firm: r.GetGuid(1)), ct);
        return new(
            caller.Person, firms, [.. firms.Concat(members.Select(m => m.Firm)).Distinct()],
            [
                .. caller.ScopesOf(ScopeKind.Firm, Role.Manager).Concat(members.Where(m => coordinated.Contains(m.Cluster)).Select(m => m.Firm)).Distinct(),
            ]);
    }
}
