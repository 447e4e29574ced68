using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Insight;

/// <summary>What records of one firm say of its people and those of another.</summary>
/// <param name="From">The firm whose people gave; for what has no teacher, either of the two.</param>
/// <param name="To">The firm whose people learnt.</param>
/// <param name="Mutual">Nobody taught: both learnt together (discussions, events, mentoring).</param>
/// <param name="Records">How many records say so.</param>
internal sealed record FirmTie(Id<Firm> From, Id<Firm> To, bool Mutual, long Records, long Minutes);

/// <summary>A firm in the graph.</summary>
/// <param name="Partners">With how many other firms its people learn.</param>
/// <param name="Brokerage">
/// The share of all shortest ways between two other firms that lead through this one, 0 to 1: betweenness centrality, normalised (Freeman, "A set of measures of
/// centrality based on betweenness", Sociometry 40, 1977). A firm through which all others are tied has 1.
/// </param>
internal sealed record FirmNode(Id<Firm> Firm, string Name, int Partners, decimal Brokerage)
{
    public bool Isolated => Partners == 0;
}

/// <summary>Which firms learn with which: the firms of a cluster as points, ties between them as lines without direction for its measures.</summary>
/// <param name="Density">Tied pairs of firms among all pairs, 0 to 1; null with fewer than two firms.</param>
internal sealed record TieGraph(IReadOnlyList<FirmNode> Firms, IReadOnlyList<FirmTie> Ties, decimal? Density)
{
    private const int Digits = 4;

    public static TieGraph Of(IReadOnlyList<(Id<Firm> Firm, string Name)> firms, IReadOnlyList<FirmTie> ties)
    {
        var index = firms.Index().ToDictionary(f => f.Item.Firm, f => f.Index);
        var near = firms.Select(_ => new SortedSet<int>()).ToArray();
        var among = ties.Where(t => t.From != t.To && index.ContainsKey(t.From) && index.ContainsKey(t.To)).ToList();
        foreach (var tie in among)
        {
            near[index[tie.From]].Add(index[tie.To]);
            near[index[tie.To]].Add(index[tie.From]);
        }

        var through = Betweenness(near);
        var n = firms.Count;
        var most = (n - 1m) * (n - 2m) / 2;
        return new(
            [.. firms.Select((f, i) => new FirmNode(f.Firm, f.Name, near[i].Count, most > 0 ? decimal.Round((decimal)through[i] / most, Digits) : 0))],
            among, DensityOf(near.Sum(x => x.Count) / 2, n));
    }

    /// <returns>Tied pairs among all pairs; null with fewer than two firms.</returns>
    public static decimal? DensityOf(int pairs, int firms) => firms < 2 ? null : decimal.Round(pairs / (firms * (firms - 1m) / 2), Digits);

    /// <summary>For each point, over all pairs of others, the share of shortest ways through it (Brandes, "A faster algorithm for betweenness centrality", 2001).</summary>
    private static double[] Betweenness(SortedSet<int>[] near)
    {
        var n = near.Length;
        var result = new double[n];
        for (var source = 0; source < n; source++)
        {
            var (order, before) = (new List<int>(n), new List<int>[n]);
            var (ways, distance, share) = (new double[n], new int[n], new double[n]);
            Array.Fill(distance, -1);
            for (var i = 0; i < n; i++) before[i] = [];
            (ways[source], distance[source]) = (1, 0);
            var queue = new Queue<int>([source]);
            while (queue.TryDequeue(out var v))
            {
                order.Add(v);
                foreach (var w in near[v])
                {
                    if (distance[w] < 0)
                    {
                        distance[w] = distance[v] + 1;
                        queue.Enqueue(w);
                    }

                    if (distance[w] != distance[v] + 1) continue;
                    ways[w] += ways[v];
                    before[w].Add(v);
                }
            }

            foreach (var w in order.AsEnumerable().Reverse())
            {
                foreach (var v in before[w]) share[v] += ways[v] / ways[w] * (1 + share[w]);
                // Each pair is met from both of its ends.
                if (w != source) result[w] += share[w] / 2;
            }
        }

        return result;
    }
}
