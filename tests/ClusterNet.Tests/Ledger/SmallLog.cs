using System.Globalization;
using System.Text;
using ClusterNet.Tlog;

namespace ClusterNet.Tests.Ledger;

/// <summary>A log in memory that its operator may rewrite and sign again.</summary>
internal sealed class SmallLog(string origin)
{
    private readonly List<byte[]> _leaves = [];

    public NoteSigner Signer { get; init; } = NoteSigner.Make(origin, SignatureType.Ed25519);

    public NoteVerifier Key => Signer.Verifier;

    public SmallLog Grown(int entries, string kind = "entry")
    {
        var grown = new SmallLog(origin) { Signer = Signer };
        grown._leaves.AddRange(_leaves);
        for (var i = 0; i < entries; i++) grown._leaves.Add(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind} {grown._leaves.Count}"))));
        return grown;
    }

    public Checkpoint Head => new(origin, _leaves.Count, MerkleTree.Root(_leaves));

    public SignedNote Checkpoint() => SignedNote.Sign(Head.ToText(), Signer);

    public string Request(long old, long? proofFrom = null) => new WitnessRequest(old, Proof(proofFrom ?? old), Checkpoint()).ToString();

    public IReadOnlyList<byte[]> Proof(long from) => from > _leaves.Count ? [] : [.. MerkleTree.ConsistencyProof(from, _leaves.Count)
        .Select(r => MerkleTree.Root(_leaves[(int)r.Start..(int)r.End]))];
}
