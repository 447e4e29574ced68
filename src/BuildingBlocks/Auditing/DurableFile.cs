using System.Runtime.InteropServices;
using System.Text;

namespace ClusterNet.Auditing;

/// <summary>Small files that are there, whole, after a crash or a power cut: what was promised on them cannot be taken back.</summary>
internal static partial class DurableFile
{
    /// <summary>Old or new, never half; on the disk when it returns.</summary>
    /// <param name="secret">Only the own account may read it.</param>
    public static void Write(string path, string text, bool secret = false)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!; // a file's full path has a folder
        Directory.CreateDirectory(folder);
        var draft = $"{path}.{Guid.CreateVersion7():n}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        SyncFolder(folder);
    }

    /// <summary>Keeps a checkpoint that was refused beside the state; evidence that is there already stays.</summary>
    /// <param name="known">The checkpoint that it contradicts, signed by the same log.</param>
    /// <returns>The file.</returns>
    public static string KeepRefused(string state, string refused, string? known)
    {
        for (var number = 1; ; number++)
        {
            var path = number == 1 ? $"{state}.refused" : $"{state}.refused.{number}";
            if (File.Exists(path) && File.ReadAllText(path) != refused) continue;
            if (known is not null && !File.Exists($"{path}.known")) Write($"{path}.known", known);
            if (!File.Exists(path)) Write(path, refused);
            return path;
        }
    }

    /// <summary>A rename is only on the disk when its folder is.</summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
