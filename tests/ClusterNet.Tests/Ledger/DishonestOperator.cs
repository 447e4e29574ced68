using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.Ledger;

/// <summary>An operator who has every key: rewrites an event, seals it again, and signs everything again, the second copy included. For logs within one tile.</summary>
internal static class DishonestOperator
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task Rewrite(RunningHost host, long position)
    {
        await host.Signed();
        var source = host.Services.GetRequiredService<Database>().Source;
        await Run("update events.mt_events set data = data || '{\"rewritten\": true}' where seq_id = (select seq_id from ledger.leaf where position = $1)", position);
        await using var connection = await source.OpenConnectionAsync(Ct);
        var size = await host.Services.GetRequiredService<LogPositions>().Last(Ct) + 1;
        var leaf = (await Sealed.Read(connection, position, position + 1, Ct)).Single();
        var commitment = EventSeal.Commitment(leaf.Salt!, EventSeal.Header(leaf.Event!)); // a sealed event has both
        await Run("update ledger.leaf set commitment = $2, leaf_hash = $3 where position = $1", position, commitment, EventSeal.LeafHash(commitment));
        var leaves = (await Sealed.Read(connection, 0, size, Ct)).Select(l => l.LeafHash).ToList();
        await Run("update ledger.tile set bytes = $1", leaves.SelectMany(l => l).ToArray());
        await Run("update ledger.state set root = $1", MerkleTree.Root(leaves));
        await SignAgain(host, leaves);

        async Task Run(string sql, params object[] values)
        {
            await using var command = source.CreateCommand(sql);
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    private static async Task SignAgain(RunningHost host, List<byte[]> leaves)
    {
        var log = await host.Services.GetRequiredService<SignedLog>().Open(Ct);
        var source = host.Services.GetRequiredService<Database>().Source;
        var sizes = new List<long>();
        await using (var select = source.CreateCommand("select size from ledger.checkpoint order by size"))
        await using (var reader = await select.ExecuteReaderAsync(Ct))
            while (await reader.ReadAsync(Ct)) sizes.Add(reader.GetInt64(0));
        foreach (var size in sizes)
        {
            var note = SignedNote.Sign(new Checkpoint(log.Verifier.Name, size, MerkleTree.Root(leaves[..(int)size])).ToText(), log.Signer);
            await using var update = source.CreateCommand("update ledger.checkpoint set note = $2 where size = $1");
            update.Parameters.Add(new() { Value = size });
            update.Parameters.Add(new() { Value = note.ToString() });
            await update.ExecuteNonQueryAsync(Ct);
            host.Services.GetRequiredService<LogMirror>().Write(note);
        }
    }
}
