using System.Net.Sockets;
using System.Text;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Requests that no well-behaved client sends, byte by byte: where one ends is understood in one way only, or it is refused.</summary>
public sealed class WireTests(AllRoles house) : IClassFixture<AllRoles>
{
    private const string Smuggled = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    public static TheoryData<string, string> Ambiguous => new()
    {
        { "two lengths", $"POST /api/v1/access/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "two lengths in one", $"POST /api/v1/access/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 0, {Smuggled.Length}\r\n\r\n{Smuggled}" },
        { "a length that is none", "POST /api/v1/access/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 5x\r\n\r\nhello" },
        { "an unknown coding", "POST /api/v1/access/sign-out HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" },
        { "chunked not last", "POST /api/v1/access/sign-out HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" },
        { "a space before the colon", "GET /health/live HTTP/1.1\r\nHost : x\r\n\r\n" },
        { "a folded header", "GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n 2\r\n\r\n" },
        { "a bare carriage return", "GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: 1\rX-B: 2\r\n\r\n" },
        { "a zero in a header", "GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n" },
        { "no host", "GET /health/live HTTP/1.1\r\n\r\n" },
        { "two hosts", "GET /health/live HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" },
        { "a host that is none", "GET /health/live HTTP/1.1\r\nHost: x/../y\r\n\r\n" },
        { "a path with a space", "GET /health/live x HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "another protocol", "GET /health/live HTTP/9.9\r\nHost: x\r\n\r\n" },
        { "a header of 64 KiB", $"GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: {new string('a', 65536)}\r\n\r\n" },
        { "a thousand headers", $"GET /health/live HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: 1\r\n"))}\r\n" },
        { "a path of 64 KiB", $"GET /{new string('a', 65536)} HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task What_can_be_read_in_two_ways_is_refused_once_and_the_connection_ends(string what, string request)
    {
        var answers = await Exchange(request);

        answers.Count.ShouldBe(1, what);
        answers[0].ShouldBeInRange(400, 505, what);
        answers[0].ShouldNotBe(500, what);
    }

    [Fact]
    public async Task With_a_length_and_chunks_at_once_the_chunks_count_and_the_connection_ends()
    {
        var answers = await Exchange($"POST /api/v1/access/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: {Smuggled.Length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}");

        answers.Count.ShouldBe(1, "RFC 9112 section 6.3: what follows is not answered");
    }

    [Fact]
    public async Task A_request_may_not_name_another_server_and_trace_tells_nothing_back()
    {
        (await Exchange("GET http://evil.example/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))[0].ShouldBeOneOf(200, 400);
        var text = await Raw("TRACE /api/v1/access/me HTTP/1.1\r\nHost: x\r\nCookie: clusternet-session=secret\r\nConnection: close\r\n\r\n");
        text.ShouldStartWith("HTTP/1.1 405 ");
        text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Line_ends_in_values_do_not_become_headers_of_the_answer()
    {
        var text = await Raw("GET /my-data?x=%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        text.ShouldContain("Location: /sign-in?to=");
        text.ShouldNotContain("\nX-Evil");
    }

    /// <summary>The statuses of all answers until the server ends the connection; a request that is understood gets one, and a second is asked for.</summary>
    private async Task<IReadOnlyList<int>> Exchange(string request)
    {
        var text = await Raw(request);
        return [.. System.Text.RegularExpressions.Regex.Matches(text, @"HTTP/1\.1 (\d\d\d) ").Select(m => int.Parse(m.Groups[1].Value, null))];
    }

    private async Task<string> Raw(string request)
    {
        var ct = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync(house.Host.Url.Host, house.Host.Url.Port, ct);
        var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), ct);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync(ct);
        }
        catch (IOException e) // refused while it was still being sent
        {
            return $"HTTP/1.1 431 {e.Message}";
        }
    }
}
