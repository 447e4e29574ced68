using System.Net.Sockets;
using System.Text;

namespace ClusterNet.Benchmarks;

/// <summary>A whole command over HTTP: somebody with a token records what was learnt.</summary>
internal static class HttpCase
{
    private const int Writers = 8, Clients = 32, WarmUp = 100;

    public static async Task Run(Bench bench, Pace pace, BudgetTable table)
    {
        await using var site = await Site.Start(bench);
        var bare = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Bare.Open(bench.ConnectionString)));
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Client.Open(site.Url, site.Token)));
        // The JIT compiles hot methods again after some calls: a server that has just started is not what is measured.
        await Task.WhenAll(clients.Select(async client =>
        {
            for (var i = 0; i < WarmUp; i++) await client.Post();
        }));

        var rates = await Rounds.Interleaved(
            pace,
            new("bare inserts", Writers, worker => bare[worker].Insert()),
            new("HTTP command", Clients, worker => clients[worker].Post()));

        table.Share("whole HTTP command, 32 clients", "two bare inserts", rates[0].Rate, rates[1].Rate, rates[1].Share, 0.35);
        foreach (var client in clients) client.Dispose();
        foreach (var connection in bare) await connection.DisposeAsync();
    }

    /// <summary>A connection that stays open. No HttpClient: it costs as much as the server, on the same cores.</summary>
    private sealed class Client : IDisposable
    {
        private const string Body = """{"kind":"peer-help-received","what":"Bernd showed me how to set the press brake for stainless steel.","minutes":40}""";
        private static readonly byte[] End = "\r\n0\r\n\r\n"u8.ToArray();
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _answer = new byte[16 * 1024];
        private readonly byte[] _request;
        private readonly int _key;

        private Client(Uri url, string token)
        {
            const string KeyHeader = "Idempotency-Key: ";
            var text = $"POST /api/v1/learning/records HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {token}\r\n" +
                $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n{KeyHeader}{Guid.Empty:D}\r\n\r\n{Body}";
            _request = Encoding.UTF8.GetBytes(text);
            _key = text.IndexOf(KeyHeader, StringComparison.Ordinal) + KeyHeader.Length; // all before it is ASCII
        }

        public static async Task<Client> Open(Uri url, string token)
        {
            var client = new Client(url, token);
            await client._socket.ConnectAsync(url.Host, url.Port);
            return client;
        }

        public async Task Post()
        {
            Guid.NewGuid().TryFormat(_request.AsSpan(_key), out _);
            await _socket.SendAsync(_request);
            var length = 0;
            do
            {
                var got = await _socket.ReceiveAsync(_answer.AsMemory(length));
                length = got > 0 ? length + got : throw new IOException("The server hung up.");
            }
            while (!_answer.AsSpan(0, length).EndsWith(End));
            if (!_answer.AsSpan().StartsWith("HTTP/1.1 201 "u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(_answer, 0, length));
        }

        public void Dispose() => _socket.Dispose();
    }
}
