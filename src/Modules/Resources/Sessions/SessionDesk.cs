using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;

namespace ClusterNet.Resources.Sessions;

/// <summary>A session as somebody comes to it, with what its page says of the pool and of the firms.</summary>
internal sealed class SessionDesk(Streams<Session, SessionEvent> sessions, Database database, Standing standing, IFirmDirectory directory)
{
    /// <returns>null for a session that the caller may not see.</returns>
    public async Task<SessionRow?> Seen(Id<Session> id, Caller caller, CancellationToken ct) =>
        await Find(id, ct) is { } session && await MaySee(session, caller, ct) ? session : null;

    public Task<bool> MaySee(SessionRow session, Caller caller, CancellationToken ct) => standing.MaySee(caller, session.Cluster, ct);

    /// <returns>null for a session that there is not.</returns>
    public async Task<SessionRow?> Find(Id<Session> id, CancellationToken ct) => Sessions.Of((await sessions.Load(id.Value, ct)).Events);

    /// <summary>What the session uses or would use, withdrawn or not.</summary>
    public async Task<IReadOnlyList<PoolRow>> ResourcesOf(SessionRow session, CancellationToken ct) => await database.Query(
        ResourcesModule.Name,
        Statement.Of(Pools.Table.Select("where id = any($1) order by kind, id"), [session.Wants.Select(w => w.Resource.Value).ToArray()]), Pools.Table.Read, ct);

    /// <summary>The firms for which somebody may reserve: the own ones for a manager, all of the cluster for its coordinator.</summary>
    public async Task<IReadOnlyList<FirmCard>> FirmsFor(SessionRow session, Caller caller, CancellationToken ct) =>
        [.. (await directory.AdmittedTo(session.Cluster, ct)).Where(f => Standing.IsFor(caller, session.Cluster, f.Firm)).OrderBy(f => f.Name, StringComparer.CurrentCulture)];
}
