using ClusterNet.Files;
using ClusterNet.Tlog;

namespace ClusterNet.Ledger;

/// <summary>The last signed checkpoint in the second place, which no restore of the database touches: what shows that a log was rolled back.</summary>
public sealed class LogMirror(MirrorDirectory directory)
{
    public string File => Path.Combine(directory.Path, "checkpoint");

    /// <returns>The last checkpoint that this log signed; null where there is none.</returns>
    /// <exception cref="LogDamagedException">There is a file, and it is no checkpoint of this log.</exception>
    public Checkpoint? Read(NoteVerifier log)
    {
        if (!System.IO.File.Exists(File)) return null;
        return Checkpoint.Open(System.IO.File.ReadAllText(File), log)?.Checkpoint
            ?? throw new LogDamagedException($"The file {Path.GetFileName(File)} in the mirror directory holds no checkpoint signed by {log}. Put this installation's mirror directory back.");
    }

    /// <summary>Written before a checkpoint is committed, so that what was ever published is here.</summary>
    public void Write(SignedNote note) => WholeFile.Replace(File, note.ToString());
}
