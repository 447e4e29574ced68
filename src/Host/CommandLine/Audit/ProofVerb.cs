using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ClusterNet.Auditing;
using ClusterNet.Tlog;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary><c>audit proof</c>: one event is in the log, proved from files alone; or fetched from an installation and proved.</summary>
internal static class ProofVerb
{
    private const string NotProved = "Not proved: decrypted personal texts, actor and module, since the header holds only hashes of envelopes and metadata";

    public static Command Command()
    {
        var file = new Argument<string?>("file") { Description = "The proof (.tlog-proof)", Arity = ArgumentArity.ZeroOrOne };
        var (policy, key, url, json) = (AuditOptions.Policy(), AuditOptions.Key(), AuditOptions.Url(), AuditOptions.Json());
        var header = new Option<string?>("--header") { Description = "The event's header: a file, or the text itself; with --salt" };
        var salt = new Option<string?>("--salt") { Description = "The leaf's salt, 64 hexadecimal digits" };
        var commitment = new Option<string?>("--commitment") { Description = "The event's commitment, 64 hexadecimal digits, where the header is not shown to you" };
        var view = new Option<string?>("--event") { Description = "File with what GET /api/v1/audit/events/{id} answered" };
        var id = new Option<Guid?>("--event-id") { Description = "With --url: fetch the proof of this event" };
        var token = new Option<string?>("--token") { Description = "With --url: a token that may read the event" };
        var save = new Option<string?>("--out") { Description = "With --url: keep the proof in this file" };
        var command = new Command("proof", "Prove offline that an event is in the log: its header, salt, path and the signatures; or fetch the proof with --url and --event-id")
        {
            file, policy, key, header, salt, commitment, view, url, id, token, save, json,
        };
        command.SetAction((parsed, ct) =>
        {
            var output = new AuditOutput("proof", parsed.GetValue(json));
            return output.Run(async () =>
            {
                try
                {
                    var entry = Entry(parsed.GetValue(header), parsed.GetValue(salt), parsed.GetValue(commitment), parsed.GetValue(view));
                    var trusted = AuditOptions.Trusted(parsed.GetValue(policy), parsed.GetValue(key));
                    return (parsed.GetValue(file), parsed.GetValue(url), parsed.GetValue(id)) switch
                    {
                        ({ } proof, null, null) => Offline(output, AuditOptions.Text("The proof's argument", proof), entry, trusted),
                        (null, { } address, { } theEvent) => await ProofFetch.Run(output, AuditOptions.Address(address), theEvent, parsed.GetValue(token), parsed.GetValue(save), entry, trusted, ct),
                        _ => throw new CannotAuditException("Give the proof's file, or --url with --event-id."),
                    };
                }
                catch (LogFaultException e)
                {
                    return output.Refuse("event", e.Message);
                }
            });
        });
        return command;
    }

    /// <summary>Verifies and tells.</summary>
    public static int Verify(AuditOutput output, string text, ProvenEntry entry, LogPolicy trusted)
    {
        if (LogProof.Parse(text) is not { } proof) return output.Refuse("proof", "The file is no proof (C2SP tlog-proof).");
        output.With("index", proof.Index).With("leafHash", Convert.ToHexStringLower(entry.LeafHash));
        if (entry.Position is { } position && position != proof.Index) return output.Refuse("proof", $"The proof is of position {proof.Index}, but the event is said to be at {position}.");
        if (proof.Fault(entry.LeafHash, trusted) is { } fault) return output.Refuse("proof", fault);
        var checkpoint = Checkpoint.Parse(proof.Checkpoint.Text)!; // verified just now
        var witnesses = Cosigned(proof.Checkpoint, trusted);
        output.With("origin", checkpoint.Origin).With("size", checkpoint.Size).With("header", entry.Header is null ? null : JsonNode.Parse(entry.Header))
            .With("cosigned", new JsonArray([.. witnesses.Select(w => (JsonNode)new JsonObject { ["witness"] = w.Name, ["at"] = w.At })]));
        if (entry.Proved is { } proved) output.With("proved", new JsonArray([.. proved.Select(m => (JsonNode)m)]));
        var seen = witnesses.Count == 0 ? "no witness has cosigned it" : $"cosigned by {string.Join(", ", witnesses.Select(w => $"{w.Name} at {w.At}"))}";
        return output.End($"Position {proof.Index} of {checkpoint.Origin} is this {Shown(entry)}, under a signed checkpoint of {checkpoint.Size} entries; {seen}. {Extent(entry)}");
    }

    private static string Shown(ProvenEntry entry) => entry switch
    {
        { Proved: not null } => "event",
        { Header: not null } => "header",
        _ => "commitment",
    };

    private static string Extent(ProvenEntry entry) => entry switch
    {
        { Proved: { } members } when members.Contains(ProvenEntry.Data) => $"Proved: {string.Join(", ", members)}. {NotProved}.",
        { Proved: { } members } =>
            $"Proved: {string.Join(", ", members)}. {NotProved}, nor the data: it holds numbers without a canonical form, so its hash cannot be checked from JSON.",
        { Header: not null } => "Proved: every member of the header; of data, envelopes and metadata their hashes.",
        _ => "Proved: nothing of an event, only that somebody committed to something.",
    };

    private static int Offline(AuditOutput output, string text, ProvenEntry? entry, LogPolicy? trusted) => Verify(
        output, text,
        entry ?? throw new CannotAuditException("Say of which event the proof should be: --event with its file, --header with --salt, or --commitment."),
        trusted ?? throw new CannotAuditException("Say whom to trust: --policy with a file (an installation's is at /log/policy), or --vkey with the log's key."));

    private static ProvenEntry? Entry(string? header, string? salt, string? commitment, string? view) => (header, salt, commitment, view) switch
    {
        (null, null, null, null) => null,
        ({ } text, { } hex, null, null) => ProvenEntry.OfHeader(File.Exists(text) ? File.ReadAllText(text) : text, hex),
        (null, null, { } hex, null) => ProvenEntry.OfCommitment(hex),
        (null, null, null, { } file) => ProvenEntry.OfEvent(AuditOptions.Text("--event", file)),
        _ => throw new CannotAuditException("Give one of --event, --header with --salt, and --commitment."),
    };

    private static List<(string Name, string At)> Cosigned(SignedNote note, LogPolicy trusted)
    {
        var names = trusted.CosignedBy(note);
        return [.. trusted.Witnesses.Where(w => names.Contains(w.Name)).Select(w => (w.Name, At(note, w.Key)))];
    }

    private static string At(SignedNote note, NoteVerifier key) =>
        Cosignature.TimeOf(note.Signatures.First(s => (s.Name, s.KeyId) == (key.Name, key.KeyId)))?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "";
}
