namespace ClusterNet.Benchmarks;

/// <summary>A whole command over HTTP: somebody with a token records what was learnt.</summary>
internal static class HttpCase
{
    private const int Writers = 8, Clients = 32, WarmUp = 100;
    private const string Path = "learning/records", Body = """{"kind":"peer-help-received","what":"Bernd showed me how to set the press brake for stainless steel.","minutes":40}""";

    public static async Task Run(Bench bench, Pace pace, BudgetTable table)
    {
        await using var site = await Site.Start(bench);
        var bare = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Bare.Open(bench.ConnectionString)));
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RawClient.Open(site.Url, site.Token)));
        // The JIT compiles hot methods again after some calls: a server that has just started is not what is measured.
        await Task.WhenAll(clients.Select(async client =>
        {
            for (var i = 0; i < WarmUp; i++) await client.Post(Path, Body);
        }));

        var rates = await Rounds.Interleaved(
            pace,
            new("bare inserts", Writers, worker => bare[worker].Insert()),
            new("HTTP command", Clients, worker => clients[worker].Post(Path, Body)));

        table.Share("whole HTTP command, 32 clients", "two bare inserts", rates[0].Rate, rates[1].Rate, rates[1].Share, 0.35);
        foreach (var client in clients) client.Dispose();
        foreach (var connection in bare) await connection.DisposeAsync();
    }
}
