using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Files;
using ClusterNet.Tlog;

namespace ClusterNet.Auditing;

/// <summary>
/// A witness' whole memory: one file with the last checkpoint that it cosigned for each log. It is locked while the witness runs; the lock ends with
/// the process, however that ends.
/// </summary>
public sealed class WitnessMemory : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _file;
    private readonly FileStream _lock;
    private readonly Dictionary<string, WitnessedCheckpoint> _logs;

    private WitnessMemory(string file, FileStream held, Dictionary<string, WitnessedCheckpoint> logs) => (_file, _lock, _logs) = (file, held, logs);

    /// <summary>The key and the state belong together: made together on first use, and a key whose state is lost cosigns nothing any more.</summary>
    /// <exception cref="CannotAuditException">Another process uses the file, or one of the two is missing or damaged.</exception>
    public static (WitnessMemory State, NoteSigner Signer) Open(string stateFile, string keyFile, string name)
    {
        var held = Lock(stateFile);
        try
        {
            if (!File.Exists(keyFile))
            {
                if (File.Exists(stateFile)) throw new CannotAuditException($"{stateFile} is there, but the key {keyFile} is not. Put the key back, or name another --state for a new witness.");
                if (!NoteVerifier.IsName(name)) throw new CannotAuditException($"\"{name}\" cannot be a witness' name: --name takes one without spaces and plus signs, such as witness.example.org.");
                WholeFile.Replace(stateFile, "{}\n");
                WholeFile.Create(Path.GetFullPath(keyFile), NoteSigner.Make(name, SignatureType.Cosignature).Export());
            }

            var signer = NoteSigner.Parse(File.ReadAllText(keyFile)) is { Verifier.Type: SignatureType.Cosignature } key
                ? key
                : throw new CannotAuditException($"{keyFile} holds no witness' key. Put the key back, or name another --key and --state for a new witness.");
            return (new(stateFile, held, Read(stateFile)), signer);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public WitnessedCheckpoint? Of(string origin) => _logs.GetValueOrDefault(origin);

    /// <summary>On the disk when it returns.</summary>
    public void Keep(Checkpoint checkpoint, SignedNote note)
    {
        var next = new Dictionary<string, WitnessedCheckpoint>(_logs, StringComparer.Ordinal) { [checkpoint.Origin] = new(checkpoint, note) };
        var document = new JsonObject(next.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value.Note.ToString())));
        WholeFile.Replace(_file, document.ToJsonString(Readable) + "\n");
        _logs[checkpoint.Origin] = next[checkpoint.Origin];
    }

    /// <summary>Keeps a checkpoint that shows that the log forked, with the one that it contradicts.</summary>
    internal void KeepRefused(SignedNote refused, WitnessedCheckpoint? known) => RefusedCheckpoints.Keep(_file, refused.ToString(), known?.Note.ToString());

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string file)
    {
        var path = $"{file}.lock";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // a file's full path has a folder
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new CannotAuditException($"{file} is in use by another witness. Two must not share a state; stop the other one, or name another --state and --key.", e);
        }
    }

    private static Dictionary<string, WitnessedCheckpoint> Read(string file)
    {
        if (!File.Exists(file))
            throw new CannotAuditException($"{file} is missing, though the witness' key is there: it does not know any more what it cosigned. Put the file back, or begin a new witness with another --key and --state.");
        try
        {
            var logs = JsonNode.Parse(File.ReadAllText(file, Encoding.UTF8)) as JsonObject ?? throw new JsonException("no object");
            return logs.ToDictionary(l => l.Key, l => WitnessedCheckpoint.Read(l.Key, l.Value), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new CannotAuditException($"{file} is damaged. Put it back as it was, or begin a new witness with another --key and --state.", e);
        }
    }
}

/// <summary>The last checkpoint that was cosigned for a log, as the log signed it.</summary>
public sealed record WitnessedCheckpoint(Checkpoint Checkpoint, SignedNote Note)
{
    internal static WitnessedCheckpoint Read(string origin, JsonNode? text) =>
        SignedNote.Parse((string?)text ?? "") is { } note && Checkpoint.Parse(note.Text) is { } checkpoint && checkpoint.Origin == origin
            ? new(checkpoint, note)
            : throw new JsonException($"no checkpoint of {origin}");
}
