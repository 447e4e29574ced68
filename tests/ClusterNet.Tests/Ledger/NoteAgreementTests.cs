using System.Text;
using ClusterNet.Tests.Tlog;
using ClusterNet.Tlog;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>Our parser of signed notes and Go's (golang.org/x/mod/sumdb/note) judge the same of every note.</summary>
public class NoteAgreementTests(ITestOutputHelper output)
{
    private const int Notes = 60_000;

    [Fact]
    public async Task Go_and_we_judge_mutated_notes_alike()
    {
        var judge = await OthersCode.Go("notecheck");
        var seed = Mutations.NewSeed();
        output.WriteLine($"seed {seed}");
        var mutations = new Mutations(seed);
        var (log, originals) = Originals();
        List<byte[]> notes = [.. originals, .. Enumerable.Range(0, Notes).Select(i => mutations.Of(originals[i % originals.Count]))];
        List<byte[]> keys = [.. Enumerable.Range(0, Notes / 10).Select(_ => mutations.Of(Encoding.UTF8.GetBytes(log.ToString()))).Where(IsOneLine)];
        var cases = notes.Select(Convert.ToBase64String).Concat(keys.Select(k => $"key {Convert.ToBase64String(k)}"));
        var said = await OthersCode.Run(judge, [], input: $"{log}\n{string.Join('\n', cases)}\n");
        said.Code.ShouldBe(0, said.Error);
        var theirs = said.Output.TrimEnd('\n').Split('\n');

        theirs.Length.ShouldBe(notes.Count + keys.Count);
        theirs.Take(originals.Count).ShouldBe(["signed", "signed", "unsigned", "signed"]);
        var ours = notes.Select(n => Judge(n, log)).Concat(keys.Select(k => NoteVerifier.Parse(Encoding.UTF8.GetString(k)) is null ? "no key" : "key")).ToList();
        var disagreements = theirs.Index().Where(t => Outcome(t.Item) != Outcome(ours[t.Index])).ToList();
        foreach (var (i, their) in disagreements.Take(10)) output.WriteLine($"Go: {their}, we: {ours[i]}: {Convert.ToBase64String(i < notes.Count ? notes[i] : keys[i - notes.Count])}");
        output.WriteLine($"{notes.Count} notes ({theirs.Count(t => t == "signed")} signed), {keys.Count} keys, {disagreements.Count} disagreements");
        disagreements.ShouldBeEmpty($"seed {seed}");
    }

    /// <summary>Go stops at a wrong signature and never reads what is malformed behind it: both refuse, and that is what counts.</summary>
    private static string Outcome(string judgement) => judgement is "invalid" or "malformed" ? "refused" : judgement;

    private static string Judge(byte[] bytes, NoteVerifier log)
    {
        if (SignedNote.Parse(bytes) is not { } note) return "malformed";
        if (!note.Signatures.Any(s => (s.Name, s.KeyId) == (log.Name, log.KeyId))) return "unsigned";
        return note.IsSignedBy(log) ? "signed" : "invalid";
    }

    /// <summary>Of one log: signed alone, with cosignatures, by somebody else only, and a text that holds what looks like a signature.</summary>
    private static (NoteVerifier Log, List<byte[]> Notes) Originals()
    {
        var log = new SmallLog("log.example/a").Grown(300);
        var note = log.Checkpoint();
        var cosignatures = Enumerable.Range(1, 3).Select(i => Cosignature.Sign(NoteSigner.Make($"witness.example/w{i}", SignatureType.Cosignature), note.Text, DateTimeOffset.UnixEpoch)).ToList();
        SignedNote[] notes =
        [
            note, note with { Signatures = [.. cosignatures, .. note.Signatures] }, note with { Signatures = cosignatures },
            SignedNote.Sign($"{note}\nmore\n", log.Signer),
        ];
        return (log.Key, [.. notes.Select(n => Encoding.UTF8.GetBytes(n.ToString()))]);
    }

    /// <summary>Go takes line ends inside a key's base64; a key is a word in a line, so we do not. The one difference, and on the strict side.</summary>
    private static bool IsOneLine(byte[] key) => !key.Contains((byte)'\n') && !key.Contains((byte)'\r');
}
