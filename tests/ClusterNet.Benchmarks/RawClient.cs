using System.Net.Sockets;
using System.Text;

namespace ClusterNet.Benchmarks;

/// <summary>Sends commands over a connection that stays open. No HttpClient: it costs as much as the server, on the same cores.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly byte[] End = "\r\n0\r\n\r\n"u8.ToArray();
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];
    private readonly string _headers;

    private RawClient(Uri url, string token) => _headers = $" HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: ";

    public static async Task<RawClient> Open(Uri url, string token)
    {
        var client = new RawClient(url, token);
        await client._socket.ConnectAsync(url.Host, url.Port);
        return client;
    }

    /// <summary>Sends a command with a key of its own.</summary>
    /// <exception cref="InvalidOperationException">The answer has another status.</exception>
    public async Task Post(string path, string body, int status = 201)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes($"POST /api/v1/{path}{_headers}{Encoding.UTF8.GetByteCount(body)}\r\nIdempotency-Key: {Guid.NewGuid()}\r\n\r\n{body}"));
        var length = 0;
        do
        {
            var got = await _socket.ReceiveAsync(_answer.AsMemory(length));
            length = got > 0 ? length + got : throw new IOException("The server hung up.");
        }
        while (!_answer.AsSpan(0, length).EndsWith(End));
        if (!_answer.AsSpan().StartsWith(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} "))) throw new InvalidOperationException(Encoding.UTF8.GetString(_answer, 0, length));
    }

    public void Dispose() => _socket.Dispose();
}
