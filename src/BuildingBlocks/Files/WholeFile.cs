using System.Runtime.InteropServices;
using System.Text;

namespace ClusterNet.Files;

/// <summary>Small files that are there whole or not at all, also after a power cut, and that only the Host's own account may read.</summary>
internal static partial class WholeFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a new file; one that is there already stays as it is.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool Create(string path, string text)
    {
        var draft = Draft(path, text);
        try
        {
            File.Move(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it at the same moment.
            File.Delete(draft);
            return false;
        }

        Flush(FolderOf(path));
        return true;
    }

    /// <summary>Puts a text in the place of what was there: a reader sees the old or the new one, and a crash leaves one of them.</summary>
    public static void Replace(string path, string text)
    {
        File.Move(Draft(path, text), path, overwrite: true);
        Flush(FolderOf(path));
    }

    /// <summary>A new file to be written.</summary>
    public static FileStream New(string path, FileOptions how = FileOptions.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = how };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new(path, options);
    }

    /// <summary>A folder that only the own account may enter; one that is there stays as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Makes the names in a folder last: a rename is only on the disk when its folder is. Windows does so by itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    public static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";

    private static string Draft(string path, string text)
    {
        CreateFolder(FolderOf(path));
        var draft = $"{path}.{Guid.NewGuid():n}~";
        using var stream = New(draft);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
        return draft;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
