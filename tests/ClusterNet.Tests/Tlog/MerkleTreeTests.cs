using System.Globalization;
using System.Text;
using ClusterNet.Tlog;
using Shouldly;

namespace ClusterNet.Tests.Tlog;

public class MerkleTreeTests
{
    private const int Large = 70_000;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Large).Select(i => MerkleTree.LeafHash(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))))];

    [Fact]
    public void Every_proof_of_small_trees_verifies_and_no_changed_one_does()
    {
        for (var size = 1; size <= 40; size++)
        {
            var root = MerkleTree.Root(Leaves[..size]);
            for (var index = 0; index < size; index++)
            {
                var path = Hashes(MerkleTree.InclusionProof(index, size));
                MerkleTree.IsIncluded(Leaves[index], index, size, path, root).ShouldBeTrue();
                MerkleTree.IsIncluded(Leaves[index + 1], index, size, path, root).ShouldBeFalse();
                // The last leaf's place follows from the length of its path, so only neighbours of the same shape are worth a try.
                if (index > 0) MerkleTree.IsIncluded(Leaves[index], index - 1, size, path, root).ShouldBeFalse();
                foreach (var wrong in Changed(path)) MerkleTree.IsIncluded(Leaves[index], index, size, wrong, root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_small_tree_is_consistent_with_every_smaller_one_and_with_no_other()
    {
        for (var to = 1; to <= 40; to++)
        {
            for (var from = 0; from <= to; from++)
            {
                var (proof, old, now) = (Hashes(MerkleTree.ConsistencyProof(from, to)), MerkleTree.Root(Leaves[..from]), MerkleTree.Root(Leaves[..to]));
                MerkleTree.IsConsistent(from, old, to, now, proof).ShouldBeTrue($"{from} to {to}");
                // Every tree begins with none.
                if (from > 0) MerkleTree.IsConsistent(from, old, to, MerkleTree.Root(Leaves[1..(to + 1)]), proof).ShouldBeFalse($"{from} to {to}");
                MerkleTree.IsConsistent(from, MerkleTree.Root(Leaves[1..(from + 2)]), to, now, proof).ShouldBeFalse($"{from} to {to}");
                foreach (var wrong in Changed(proof)) MerkleTree.IsConsistent(from, old, to, now, wrong).ShouldBeFalse($"{from} to {to}");
            }
        }
    }

    [Fact]
    public void The_edge_grows_as_the_tree_does_and_fills_the_tiles()
    {
        var (edge, tiles) = (new TreeEdge(), new Dictionary<(int, long), byte[]>());
        foreach (var leaf in Leaves) edge.Append(leaf, (tile, bytes) => tiles[(tile.Level, tile.Number)] = bytes);
        foreach (var (tile, bytes) in edge.Partial()) tiles[(tile.Level, tile.Number)] = bytes;

        // C2SP tlog-tiles, "Partial tiles", has this very example.
        tiles.Keys.Count(t => t.Item1 == 0).ShouldBe(274);
        edge.Partial().Select(t => t.Tile.Path).ShouldBe(["0/273.p/112", "1/001.p/17", "2/000.p/1"]);
        foreach (var size in (int[])[0, 1, 255, 256, 257, 511, 65_535, 65_536, 65_537, Large])
        {
            var again = new TreeEdge(size, t => tiles[(t.Level, t.Number)]);
            again.Root().ShouldBe(MerkleTree.Root(Leaves[..size]), $"size {size}");
            foreach (var leaf in Leaves[size..]) again.Append(leaf);
            again.Root().ShouldBe(edge.Root(), $"from {size}");
        }
    }

    [Theory]
    [InlineData("0/000", 0, 0, 256)]
    [InlineData("2/x001/x234/067", 2, 1_234_067, 256)]
    [InlineData("0/x001/000.p/12", 0, 1_000, 12)]
    [InlineData("entries/x123/456.p/255", Tile.EntriesLevel, 123_456, 255)]
    public void A_tiles_path_has_one_spelling(string path, int level, long number, int width)
    {
        Tile.Parse(path).ShouldBe(new Tile(level, number, width));
        new Tile(level, number, width).Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/0")]
    [InlineData("0/1234")]
    [InlineData("00/000")]
    [InlineData("64/000")]
    [InlineData("-1/000")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/000")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("0/000.p")]
    [InlineData("0/000/")]
    [InlineData("data/000")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/x999/999")]
    public void Any_other_path_is_none(string path) => Tile.Parse(path).ShouldBeNull();

    private static byte[][] Hashes(IEnumerable<LeafRange> ranges) =>
        [.. ranges.Select(r => MerkleTree.Root(Leaves[(int)r.Start..(int)r.End]))];

    private static IEnumerable<byte[][]> Changed(byte[][] proof)
    {
        yield return [.. proof, Leaves[99]];
        if (proof.Length == 0) yield break;
        yield return proof[1..];
        yield return proof[..^1];
        for (var i = 0; i < proof.Length; i++) yield return [.. proof[..i], Leaves[98], .. proof[(i + 1)..]];
    }
}
