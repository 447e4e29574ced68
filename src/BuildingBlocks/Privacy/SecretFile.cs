namespace ClusterNet.Privacy;

/// <summary>Files that only the Host's own account may read, written whole or not at all.</summary>
internal static class SecretFile
{
    /// <summary>Writes a new file; one that is there already stays as it is.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool Create(string path, string text)
    {
        var draft = Draft(path, text);
        try
        {
            File.Move(draft, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another Host made it at the same moment.
            File.Delete(draft);
            return false;
        }
    }

    /// <summary>Puts a text in the place of what was there: a reader sees the old or the new one, and a crash leaves one of them.</summary>
    public static void Replace(string path, string text) => File.Move(Draft(path, text), path, overwrite: true);

    private static string Draft(string path, string text)
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!); // a file's path has a folder
        var draft = $"{path}.{Guid.CreateVersion7():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(draft, options);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
        return draft;
    }
}
