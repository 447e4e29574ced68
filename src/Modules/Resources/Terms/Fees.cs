using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Terms;

/// <summary>Fees as entries of the pool's books: from the firm to what belongs to all.</summary>
internal static class Fees
{
    public static NewEntry Of(SessionRow session, Id<Firm> firm, long cents, DateTimeOffset at, Id<PoolEntry> id) => new(
        id, session.Cluster, EntryKind.Fee, DateOnly.FromDateTime(at.UtcDateTime), [Line.Debit(Account.Firm(firm.Value), cents), Line.Credit(Account.Common, cents)], "", session.Id.Value);
}
