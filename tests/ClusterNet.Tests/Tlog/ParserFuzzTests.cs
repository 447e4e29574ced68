using System.Text;
using ClusterNet.Ledger;
using ClusterNet.Tests.Ledger;
using ClusterNet.Tlog;
using Shouldly;

namespace ClusterNet.Tests.Tlog;

/// <summary>Whatever bytes come, a parser answers or refuses, and what it took it writes again as it would read it.</summary>
public class ParserFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;

    private static readonly SmallLog Log = new SmallLog("log.example/a").Grown(37);
    private static readonly NoteSigner Witness = NoteSigner.Make("witness.example/w1", SignatureType.Cosignature);

    private static SignedNote Note
    {
        get
        {
            var note = Log.Checkpoint();
            return note with { Signatures = [.. note.Signatures, Cosignature.Sign(Witness, note.Text, DateTimeOffset.UnixEpoch)] };
        }
    }

    [Fact]
    public void Notes() => Fuzz(Note.ToString(), bytes => SignedNote.Parse(bytes), note =>
    {
        SignedNote.Parse(note.ToString()).ShouldNotBeNull().ToString().ShouldBe(note.ToString());
        note.IsSignedBy(Log.Key);
        note.IsSignedBy(Witness.Verifier);
        foreach (var signature in note.Signatures) Cosignature.TimeOf(signature);
    });

    [Fact]
    public void Checkpoints() => Fuzz(Log.Head.ToText(), bytes => Checkpoint.Parse(Text(bytes)), checkpoint =>
        Checkpoint.Parse(checkpoint.ToText()).ShouldNotBeNull().ToText().ShouldBe(checkpoint.ToText()));

    [Fact]
    public void Proofs() => Fuzz(new LogProof(3, Log.Proof(20), Note).ToString(), bytes => LogProof.Parse(Text(bytes)), proof =>
    {
        LogProof.Parse(proof.ToString()).ShouldNotBeNull().ToString().ShouldBe(proof.ToString());
        proof.Fault(new byte[32], LogPolicy.Parse($"log {Log.Key}\nquorum none\n"));
    });

    [Fact]
    public void Witness_requests() => Fuzz(Log.Request(20), bytes => WitnessRequest.Parse(bytes), request =>
        WitnessRequest.Parse(Encoding.UTF8.GetBytes(request.ToString())).ShouldNotBeNull().ToString().ShouldBe(request.ToString()));

    [Fact]
    public void Keys() => Fuzz(Log.Key.ToString(), bytes => NoteVerifier.Parse(Text(bytes)), key => NoteVerifier.Parse(key.ToString()).ShouldNotBeNull().ToString().ShouldBe(key.ToString()));

    [Fact]
    public void Private_keys() => Fuzz(Log.Signer.Export(), bytes => NoteSigner.Parse(Text(bytes)), key => NoteSigner.Parse(key.Export()).ShouldNotBeNull().Export().ShouldBe(key.Export()));

    [Fact]
    public void Tiles() => Fuzz("entries/x001/x234/067.p/12", bytes => Tile.Parse(Text(bytes)) is { } tile ? new { tile } : null, tile =>
    {
        Tile.Parse(tile.tile.Path).ShouldBe(tile.tile);
        tile.tile.LeavesNeeded.ShouldBeGreaterThan(0);
    });

    [Fact]
    public void Policies()
    {
        var others = Enumerable.Range(1, 3).Select(i => $"witness W{i} {NoteSigner.Make($"w{i}", SignatureType.Cosignature).Verifier} http://127.0.0.1:{i}\n");
        var text = $"# a policy\nlog {Log.Key} https://log.example\nwitness W {Witness.Verifier}\n{string.Concat(others)}group members 2 W1 W2 W3\ngroup both all members W\nquorum both\n";
        Fuzz(text, bytes => PolicyOf(Text(bytes)), policy =>
        {
            PolicyOf(policy.Text).ShouldNotBeNull().Quorum.ShouldBe(policy.Quorum);
            policy.FaultOf(Note);
            policy.IsMetBy(new HashSet<string>(["W1", "W2", "W"]));
        });
    }

    [Fact]
    public void Canonical_json() => Fuzz(
        """{"b":[1,-7,9007199254740991,true,null,{}],"a":{"é":"\u20ac \"quoted\" \\ \n","\ud83d\ude00":"","":[]}}""",
        bytes => Jcs.Canonical(bytes), canonical => Jcs.Canonical(canonical).ShouldBe(canonical));

    [Fact]
    public void Bundles_of_entries()
    {
        byte[] bundle = [.. Enumerable.Range(0, 5).SelectMany(i => (byte[])[0, 52, .. EventSeal.Entry(new byte[32])])];
        Fuzz(bundle, bytes => ClusterNet.Auditing.PublicLogCheck.Hashes(bytes, 5), hashes => hashes.Length.ShouldBe(160));
        Fuzz(bundle, bytes => ClusterNet.Auditing.PublicLogCheck.Commitment(bytes, 3), commitment => commitment.Length.ShouldBe(32));
    }

    private static LogPolicy? PolicyOf(string text)
    {
        try
        {
            return LogPolicy.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private void Fuzz<T>(string text, Func<byte[], T?> parse, Action<T> then)
        where T : class => Fuzz(Encoding.UTF8.GetBytes(text), parse, then);

    private void Fuzz<T>(byte[] bytes, Func<byte[], T?> parse, Action<T> then)
        where T : class
    {
        var seed = Mutations.NewSeed();
        output.WriteLine($"seed {seed}");
        var mutations = new Mutations(seed);
        var taken = 0;
        then(parse(bytes).ShouldNotBeNull());
        for (var i = 0; i < Rounds; i++)
        {
            var mutated = mutations.Of(bytes);
            try
            {
                if (parse(mutated) is not { } read) continue;
                taken++;
                then(read);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, round {i}: {Convert.ToBase64String(mutated)}", e);
            }
        }

        output.WriteLine($"{Rounds} texts, {taken} taken");
    }
}
