using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Calls for help, for coordinators.</summary>
internal sealed class HelpDesk(Database database, Streams<Pair, PairEvent> pairs, Commands commands, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>Open ones first, then the newest.</summary>
    public Task<List<HelpRow>> Of(Id<Cluster> cluster, CancellationToken ct) => Rows($"where cluster = $1 order by settled_at is not null, at desc, id limit {Most}", ct, cluster.Value);

    public async Task<IResult> Settle(Id<Cluster> cluster, Id<HelpCall> call, Caller caller, CancellationToken ct) =>
        await Rows("where id = $1 and cluster = $2", ct, call.Value, cluster.Value) is not [var row]
            ? Problems.From(SettleHelp.Unknown)
            : await commands.Run(
                pairs, row.Pair.Value, new SettleHelp(call, cluster, caller.Person, clock.GetUtcNow()),
                Reply.Changed($"/api/v1/learning/mentoring/clusters/{cluster}/help", call), ct);

    private Task<List<HelpRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(HelpRows.Table.Select(where), values), HelpRows.Table.Read, ct);
}
