using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Insight;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Learning.Insight;

public sealed class TieGraphTests
{
    [Fact]
    public void The_firm_in_the_middle_of_a_star_is_the_broker_of_all()
    {
        var graph = Graph(5, (0, 1), (0, 2), (0, 3), (0, 4));

        graph.Firms.Select(f => f.Brokerage).ShouldBe([1m, 0, 0, 0, 0]);
        graph.Firms.Select(f => f.Partners).ShouldBe([4, 1, 1, 1, 1]);
        graph.Density.ShouldBe(0.4m);
    }

    [Fact]
    public void Of_a_row_of_four_the_two_inner_ones_are_brokers()
    {
        // By hand: each inner firm lies on 2 of 3 ways between others (Freeman 1977).
        Graph(4, (0, 1), (1, 2), (2, 3)).Firms.Select(f => f.Brokerage).ShouldBe([0, 0.6667m, 0.6667m, 0]);
    }

    [Fact]
    public void A_firm_without_ties_is_isolated_and_a_tie_with_itself_or_with_strangers_is_none()
    {
        var graph = Graph(3, (0, 0), (0, 1), (2, 7));

        graph.Firms.Where(f => f.Isolated).Select(f => f.Name).ShouldBe(["2"]);
        graph.Ties.Count.ShouldBe(1);
        graph.Density.ShouldBe(0.3333m);
    }

    [Fact]
    public void One_firm_has_no_density_and_two_can_have_all_of_it()
    {
        Graph(1).Density.ShouldBeNull();
        Graph(2, (0, 1)).Density.ShouldBe(1);
        Graph(2, (0, 1), (1, 0)).Density.ShouldBe(1);
    }

    /// <summary>The same measure by looking at every shortest way.</summary>
    [Fact]
    public void Brokerage_is_the_share_of_all_shortest_ways() => Prop.ForAll(
        Gen.Elements(true, false).ArrayOf(21).ToArbitrary(),
        bits =>
        {
            const int n = 7;
            var pairs = Enumerable.Range(0, n).SelectMany(a => Enumerable.Range(a + 1, n - a - 1).Select(b => (a, b))).Where((_, i) => bits[i]).ToArray();
            var graph = Graph(n, pairs);
            for (var v = 0; v < n; v++)
            {
                var share = 0.0;
                for (var s = 0; s < n; s++)
                {
                    for (var t = s + 1; t < n; t++)
                    {
                        if (s == v || t == v) continue;
                        var ways = Shortest(n, pairs, s, t);
                        if (ways.Count > 0) share += (double)ways.Count(w => w.Contains(v)) / ways.Count;
                    }
                }

                ((double)graph.Firms[v].Brokerage).ShouldBe(share / 15, 0.0001);
            }
        }).QuickCheckThrowOnFailure();

    private static List<List<int>> Shortest(int n, (int A, int B)[] pairs, int from, int to)
    {
        List<List<int>> ways = [[from]];
        for (var length = 0; length < n; length++)
        {
            if (ways.Where(w => w[^1] == to).ToList() is { Count: > 0 } found) return found;
            ways = [.. ways.SelectMany(w => pairs.Where(p => p.A == w[^1] || p.B == w[^1]).Select(p => p.A == w[^1] ? p.B : p.A).Where(x => !w.Contains(x)).Select(x => (List<int>)[.. w, x]))];
        }

        return [];
    }

    private static TieGraph Graph(int firms, params (int A, int B)[] ties) => TieGraph.Of(
        [.. Enumerable.Range(0, firms).Select(i => (Firm(i), i.ToString(System.Globalization.CultureInfo.InvariantCulture)))], [.. ties.Select(t => new FirmTie(Firm(t.A), Firm(t.B), false, 1, 10))]);

    private static Id<Firm> Firm(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
