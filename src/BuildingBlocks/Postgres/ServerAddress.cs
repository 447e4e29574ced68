using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterNet.Postgres;

/// <summary>
/// How the embedded server is reached: by a socket in its private folder, which is faster than TCP and has no port to be
/// taken, or by TCP on loopback where there are no sockets or the folder's path is too long for one.
/// </summary>
internal sealed record ServerAddress(string? SocketFolder, int Port, bool Tcp)
{
    private const int SocketPort = 5432;
    private const int LongestSocketPath = 103; // macOS; Linux has 107

    public string Host => SocketFolder ?? "127.0.0.1";

    public static ServerAddress Choose(ServerFiles files, int? wanted, Action<string> report)
    {
        var socket = SocketsFit(files.Sockets) ? files.Sockets : null;
        if (socket is not null && wanted is null)
            return new(socket, SocketPort, Tcp: false);
        var port = wanted is { } w && IsFree(w) ? w : FreePort();
        if (wanted is { } taken && port != taken)
            report($"Port {taken} is taken; PostgreSQL listens on 127.0.0.1:{port}");
        return new(socket, port, Tcp: true);
    }

    public static ServerAddress Of(Postmaster running, ServerFiles files) =>
        new(running.SocketFolder.Length > 0 && SocketsFit(files.Sockets) ? files.Sockets : null, running.Port, Tcp: true);

    // A comma or a colon in a host name would be read as a list of hosts or a port.
    private static bool SocketsFit(string folder) =>
        !OperatingSystem.IsWindows() && !folder.AsSpan().ContainsAny(",:'") &&
        Encoding.UTF8.GetByteCount(Path.Combine(folder, ".s.PGSQL.65535")) <= LongestSocketPath;

    private static bool IsFree(int port) => Listen(port) == port;

    private static int FreePort() => Listen(0) ?? throw new PostgresUnavailableException("No port on 127.0.0.1 is free.");

    private static int? Listen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
