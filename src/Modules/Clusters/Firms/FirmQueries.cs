using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Firms;

/// <summary>Look-ups that slices share: firms, and what a caller is to a firm.</summary>
internal sealed class FirmQueries(Database database)
{
    public async Task<IReadOnlyDictionary<Id<Firm>, FirmRow>> Find(IReadOnlyCollection<Id<Firm>> firms, CancellationToken ct)
    {
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(FirmRows.Table.Select("where id = any($1)"), [firms.Select(f => f.Value).Distinct().ToArray()]),
            FirmRows.Table.Read, ct);
        return rows.ToDictionary(r => r.Id);
    }

    /// <summary>The firms with these <see cref="RegistrationKeys"/>; unknown ones are missing.</summary>
    public async Task<IReadOnlyDictionary<string, Id<Firm>>> ByKeys(IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of("select registration_key, id from clusters.firms where registration_key = any($1)", [keys.Distinct().ToArray()]),
            r => (Key: r.GetString(0), Firm: new Id<Firm>(r.GetGuid(1))), ct);
        return rows.ToDictionary(r => r.Key, r => r.Firm);
    }

    /// <summary>What the caller is to the firm at this moment.</summary>
    public async Task<Standing> StandingOf(Caller caller, Id<Firm> firm, CancellationToken ct)
    {
        var scope = RoleScope.Firm(firm);
        return new(caller.IsIn(scope), caller.Is(Role.Manager, scope), (await Coordinated(caller, [firm], ct)).Count > 0);
    }

    /// <summary>Those of the firms that a cluster has admitted which the caller coordinates.</summary>
    public async Task<IReadOnlyCollection<Id<Firm>>> Coordinated(Caller caller, IReadOnlyCollection<Id<Firm>> firms, CancellationToken ct)
    {
        var clusters = caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator);
        if (clusters.Count == 0) return [];
        return await database.Query(
            ClustersModule.Name,
            Statement.Of(
                "select distinct firm from clusters.memberships where firm = any($1) and cluster = any($2) and state = 'admitted'",
                firms.Select(f => f.Value).ToArray(), clusters.ToArray()),
            r => new Id<Firm>(r.GetGuid(0)), ct);
    }
}

/// <summary>What a caller is to a firm.</summary>
/// <param name="WorksThere">Holds a role in the firm.</param>
/// <param name="Manages">Owner or manager.</param>
/// <param name="Coordinates">Coordinator of a cluster that has admitted the firm.</param>
internal sealed record Standing(bool WorksThere, bool Manages, bool Coordinates)
{
    public bool MaySeePeople => WorksThere || Coordinates;

    public bool MayManagePeople => Manages || Coordinates;

    /// <summary>Null when the caller may manage the firm's people; for outsiders those do not exist.</summary>
    public Refusal? RefuseManaging => MayManagePeople ? null : WorksThere ? Permissions.NotAllowed : Refusals.FirmUnknown;
}
