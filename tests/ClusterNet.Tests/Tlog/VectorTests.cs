using System.Text;
using ClusterNet.Tlog;
using Shouldly;

namespace ClusterNet.Tests.Tlog;

/// <summary>Published test vectors: RFC 8032 section 7.1, the reference tree of RFC 6962 implementations, C2SP signed-note, a public test log.</summary>
public class VectorTests
{
    private const string Seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private const string Public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private const string Signature =
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    private const string NoteKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private const string Note =
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void A_private_key_gives_its_public_key_and_signature()
    {
        Convert.ToHexStringLower(Ed25519.PublicKey(Convert.FromHexString(Seed))).ShouldBe(Public);
        Convert.ToHexStringLower(Ed25519.Sign(Convert.FromHexString(Seed), [])).ShouldBe(Signature);
        Ed25519.Verify(Convert.FromHexString(Public), [], Convert.FromHexString(Signature)).ShouldBeTrue();
    }

    [Fact]
    public void A_signature_of_something_else_is_refused()
    {
        var (key, signature) = (Convert.FromHexString(Public), Convert.FromHexString(Signature));
        Ed25519.Verify(key, [1], signature).ShouldBeFalse();
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Ed25519.Verify(key, [], signature).ShouldBeFalse();
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Ed25519.Verify(key.AsSpan(0, 31), [], signature).ShouldBeFalse();
        Ed25519.Verify(key, [], signature.AsSpan(0, 63)).ShouldBeFalse();
    }

    [Fact]
    public void Trees_of_each_size_have_their_roots()
    {
        for (var size = 0; size < Roots.Length; size++)
        {
            var hashes = Leaves.Take(size).Select(l => MerkleTree.LeafHash(Convert.FromHexString(l))).ToList();
            Convert.ToHexStringLower(MerkleTree.Root(hashes)).ShouldBe(Roots[size]);
        }
    }

    [Fact]
    public void The_reference_inclusion_proof_verifies()
    {
        string[] path = ["lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=", "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=", "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ="];
        MerkleTree.IsIncluded(MerkleTree.LeafHash([]), 0, 8, [.. path.Select(Convert.FromBase64String)], Convert.FromHexString(Roots[8])).ShouldBeTrue();
    }

    [Fact]
    public void The_reference_note_is_signed_by_its_key()
    {
        var key = NoteVerifier.Parse(NoteKey).ShouldNotBeNull();
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(Note)).ShouldNotBeNull();
        note.Text.ShouldBe("This is an example message.\n");
        note.IsSignedBy(key).ShouldBeTrue();
        note.ToString().ShouldBe(Note);
        (key.ToString(), (note with { Text = "This is another message.\n" }).IsSignedBy(key)).ShouldBe((NoteKey, false));
    }

    [Fact]
    public void A_public_test_logs_root_comes_out()
    {
        string[] entries = ["one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten"];
        var edge = new TreeEdge();
        foreach (var entry in entries) edge.Append(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(entry)));
        Convert.ToBase64String(edge.Root()).ShouldBe("rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=");
        NoteVerifier.Parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx").ShouldNotBeNull();
    }
}
