using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;

namespace ClusterNet.Tests.Crashes;

/// <summary>
/// Clients that open accounts as fast as they can. Each sends a command with the same key until it is acknowledged, as the API asks of its
/// callers, whatever dies meanwhile; an answer that is neither a yes nor a clean "try again" is kept as a fault.
/// </summary>
internal sealed class Crowd(IReadOnlyList<Uri> hosts, string token, int commands) : IDisposable
{
    private const int Clients = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50), OneAnswer = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromSeconds(120);
    private readonly HttpClient[] _clients = [.. hosts.Select(url => Client(url, token))];
    private readonly ConcurrentDictionary<int, Acknowledged> _acknowledged = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _next, _unanswered, _unavailable;
    private Task _sending = Task.CompletedTask;

    public IReadOnlyDictionary<int, Acknowledged> Answers => _acknowledged;

    /// <summary>Answers that no caller should ever get.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>How often a request had no answer, and how often the answer was to come back later.</summary>
    public (int Unanswered, int Unavailable) Retries => (_unanswered, _unavailable);

    public static string EmailOf(int number) => string.Create(CultureInfo.InvariantCulture, $"person-{number}@crash.example");

    public void Start(CancellationToken ct) => _sending = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
        async () =>
        {
            while (Interlocked.Increment(ref _next) is var number && number <= commands)
                _acknowledged[number] = await UntilAcknowledged(number, client, ct);
        },
        ct)));

    /// <summary>Ends when this many are acknowledged.</summary>
    public async Task Reached(int count, CancellationToken ct)
    {
        while (_acknowledged.Count < count)
        {
            if (_sending.IsCompleted) await _sending; // says why
            await Task.Delay(5, ct);
        }
    }

    /// <summary>Sends all commands again and fails unless each is answered as before.</summary>
    public Task Repeat(CancellationToken ct) => Parallel.ForEachAsync(
        _acknowledged, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = ct },
        async (answer, stop) => (await UntilAcknowledged(answer.Key, answer.Key, stop)).ShouldBe(answer.Value));

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
    }

    private static HttpClient Client(Uri url, string token)
    {
        var client = new HttpClient { BaseAddress = url, Timeout = OneAnswer };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private async Task<Acknowledged> UntilAcknowledged(int number, int client, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        for (var attempt = client; ; attempt++)
        {
            if (waited.Elapsed > Patience) throw new TimeoutException($"Command {number} was not acknowledged.");
            try
            {
                // A client whose Host does not answer goes to the next one.
                if (await Send(_clients[attempt % _clients.Length], number, ct) is { } acknowledged) return acknowledged;
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                Interlocked.Increment(ref _unanswered);
            }

            await Task.Delay(Pause, ct);
        }
    }

    private async Task<Acknowledged?> Send(HttpClient client, int number, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/access/accounts")
        {
            Content = JsonContent.Create(new { email = EmailOf(number), name = "Somebody in a Crowd" }, options: JsonSerializerOptions.Web),
        };
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"command-{number}"));
        using var response = await client.SendAsync(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        if (response.StatusCode == HttpStatusCode.Created)
            return new(body, response.Headers.GetValues("ClusterNet-Wrote").Single(), response.Headers.Location?.ToString());
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable && body.Contains("\"database-unavailable\"") && response.Headers.RetryAfter is not null)
            Interlocked.Increment(ref _unavailable);
        else
            _faults.Enqueue($"{number}: {(int)response.StatusCode} {body}");
        return _faults.Count > 10 ? throw new ShouldAssertException(string.Join('\n', _faults)) : null;
    }
}

/// <summary>The answer to a command: what a repeat must say again.</summary>
internal sealed record Acknowledged(string Body, string Wrote, string? Location);
