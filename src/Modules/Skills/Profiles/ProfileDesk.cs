using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Profiles;

/// <summary>Who may read and who may change a profile: people of the firm and of its clusters read, its manager or the coordinator changes.</summary>
internal sealed class ProfileDesk(Database database, IFirmDirectory directory, Successions successions)
{
    public static readonly Refusal NotManager = new(
        "not-manager", "Profiles of a firm are its manager's, those of a cluster its coordinator's. Ask one of them, or copy a profile to your own firm.", 403);

    /// <summary>The profile as the caller may see it; null when it does not exist for the caller.</summary>
    public async Task<ProfileRow?> Find(Id<RoleProfile> id, Caller caller, CancellationToken ct)
    {
        var row = (await Rows("where id = $1", ct, id.Value)).SingleOrDefault();
        return row is not null && await MaySee(row, caller, ct) ? row : null;
    }

    /// <summary>All that the caller may see, firms' own first.</summary>
    public async Task<IReadOnlyList<ProfileRow>> Seen(Caller caller, bool retired, CancellationToken ct)
    {
        var clusters = (await directory.ClustersOf(caller, ct)).ToList();
        var firms = caller.Firms.ToHashSet();
        foreach (var cluster in clusters) firms.UnionWith((await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm.Value));
        return await Rows(
            "where (firm = any($1) or cluster = any($2)) and (not retired or $3) order by firm nulls last, id", ct,
            firms.ToArray(), clusters.Select(c => c.Value).ToArray(), retired);
    }

    /// <summary>Those that a firm's people can hold: its own and its clusters'.</summary>
    public async Task<IReadOnlyList<ProfileRow>> Of(Id<Firm> firm, CancellationToken ct) => await Rows(
        "where (firm = $1 or cluster = any($2)) and not retired order by firm nulls last, id", ct,
        firm.Value, (await directory.ClustersOf(firm, ct)).Select(c => c.Value).ToArray());

    public Task<List<HolderRow>> Holders(IReadOnlyCollection<Guid> profiles, IReadOnlyCollection<Guid> firms, CancellationToken ct) => database.Query(
        SkillsModule.Name,
        Statement.Of(HolderRows.Table.Select("where profile = any($1) and firm = any($2) order by firm, person"), profiles.ToArray(), firms.ToArray()),
        HolderRows.Table.Read, ct);

    /// <summary>Under which names skills go now.</summary>
    public Task<Succession> Names(IEnumerable<string> uris, CancellationToken ct) => successions.Of(uris, ct);

    public static bool MayChange(ProfileRow row, Caller caller) => MayOwn(row.Firm, row.Cluster, caller);

    public static bool MayOwn(Id<Firm>? firm, Id<Cluster>? cluster, Caller caller) =>
        (firm is { } f && caller.Is(Role.Manager, RoleScope.Firm(f))) || (cluster is { } c && caller.Is(Role.Coordinator, RoleScope.Cluster(c)));

    public async Task<bool> MaySee(ProfileRow row, Caller caller, CancellationToken ct)
    {
        if (MayChange(row, caller) || (row.Firm is { } own && caller.Firms.Contains(own.Value))) return true;
        var clusters = await directory.ClustersOf(caller, ct);
        return row.Cluster is { } cluster ? clusters.Contains(cluster) : (await directory.ClustersOf(row.Firm!.Value, ct)).Any(clusters.Contains); // one of the two is set
    }

    private Task<List<ProfileRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(SkillsModule.Name, Statement.Of(ProfileRows.Table.Select(where), values), ProfileRows.Table.Read, ct);
}
