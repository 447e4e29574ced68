namespace ClusterNet.Postgres;

/// <summary>
/// Hosts that share one data directory agree by locks of the operating system, which a killed process cannot leave behind.
/// One at a time starts or stops the server; each holds a share of the hosts' lock, so the last to leave knows that it is.
/// </summary>
internal sealed class HostLocks(ServerFiles files)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task<IDisposable> Turn(CancellationToken ct)
    {
        while (true)
        {
            if (Open(files.TurnLock, FileAccess.ReadWrite, FileShare.None) is { } turn)
                return turn;
            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>To be asked for in turn.</summary>
    public IDisposable Join()
    {
        if (!File.Exists(files.HostsLock))
            File.WriteAllBytes(files.HostsLock, []);
        return Open(files.HostsLock, FileAccess.Read, FileShare.Read)
            ?? throw new IOException($"{files.HostsLock} is locked although it was our turn.");
    }

    public bool NobodyIsIn()
    {
        if (!File.Exists(files.HostsLock))
            return true;
        using var all = Open(files.HostsLock, FileAccess.ReadWrite, FileShare.None);
        return all is not null;
    }

    private static FileStream? Open(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate, access, share);
        }
        catch (IOException e) when (IsTaken(e))
        {
            return null;
        }
    }

    // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows; anything else would not pass by waiting.
    private static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
