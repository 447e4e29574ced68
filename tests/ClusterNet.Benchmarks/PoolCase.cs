using System.Globalization;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Benchmarks;

/// <summary>
/// Bookings decided over HTTP: all on one resource, whose row they lock in turn, and on 200 of them; and when 200 resources are free in a month,
/// among few and among many bookings.
/// </summary>
internal static class PoolCase
{
    private const int Writers = 8, Clients = 32, WarmUp = 100, Rooms = 200, Asked = 20;
    private const double MostGrowth = 1.5;
    private static readonly DateTimeOffset From = new(DateTime.UtcNow.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task Run(Bench bench, Pace pace, BudgetTable table)
    {
        await using var site = await Site.Start(bench);
        using var http = site.Client();
        var (cluster, firm) = await http.Found("Pool valley");
        var rooms = new List<string>();
        for (var i = 0; i <= Rooms; i++)
            rooms.Add(await http.Make($"resources/clusters/{cluster}/resources", new { firm, kind = "room", name = $"Room {i}", capacity = 20, unit = "seats", timeZone = "Europe/Berlin" }));
        var (hot, cold, next) = (rooms[0], rooms[1..], new int[Rooms + 1]);
        var bare = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Bare.Open(bench.ConnectionString)));
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RawClient.Open(site.Url, site.Token)));
        var (path, turn) = ($"resources/clusters/{cluster}/sessions", 0);
        await Task.WhenAll(clients.Select(async (_, worker) =>
        {
            for (var i = 0; i < WarmUp; i++) await OnMany(worker);
        }));

        var rates = await Rounds.Interleaved(
            pace, new("bare inserts", Writers, worker => bare[worker].Insert()), new("one hot resource", Clients, OnOne), new("200 resources", Clients, OnMany));
        table.Share("booking over HTTP, 200 resources, 32 clients", "two bare inserts", rates[0].Rate, rates[2].Rate, rates[2].Share, 0.35);
        table.Share("booking over HTTP, one hot resource, 32 clients", "the same on 200", rates[2].Rate, rates[1].Rate, rates[1].Share / rates[2].Share, 0.35);
        foreach (var client in clients) client.Dispose();
        foreach (var connection in bare) await connection.DisposeAsync();

        var few = await Availability(http, cluster);
        await Fill(site, 20);
        var many = await Availability(http, cluster);
        table.Figure(
            "200 resources free in a month, bookings of 20 years", "of one year", BudgetTable.Milliseconds(few), BudgetTable.Milliseconds(many), $"<= {BudgetTable.Number(MostGrowth, "0.0")}x: {BudgetTable.Number(many / few, "0.00")}x",
            many <= MostGrowth * few);

        Task OnOne(int worker) => clients[worker].Post(path, Body(firm, hot, Interlocked.Increment(ref next[0])));

        Task OnMany(int worker)
        {
            var room = Interlocked.Increment(ref turn) % Rooms;
            return clients[worker].Post(path, Body(firm, cold[room], Interlocked.Increment(ref next[room + 1])));
        }
    }

    /// <summary>A session of half an hour: the one in the room's order that <paramref name="number"/> tells.</summary>
    private static string Body(string firm, string room, int number) =>
        $$"""{"firm":"{{firm}}","kind":"workshop","title":"Session {{number}}","start":"{{Instant(number)}}","end":"{{Instant(number + 1)}}","seatCount":12,"resources":[{"resource":"{{room}}"}]}""";

    private static string Instant(int number) => From.AddMinutes(30 * number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What lies on the 200 resources lies there in the years before and after too. Guard rows are written as they stand: what is measured is reading.</summary>
    private static async Task Fill(Site site, int years)
    {
        await using var command = site.Services.GetRequiredService<Database>().Source.CreateCommand($"""
            set session_replication_role = replica;
            insert into resources.sessions select (jsonb_populate_record(s, jsonb_build_object(
                'id', md5(s.id || '-' || y)::uuid, 'starts_at', s.starts_at + y * interval '400 days', 'ends_at', s.ends_at + y * interval '400 days'))).*
            from resources.sessions s, generate_series(-{years / 2}, {years / 2}) y where y <> 0;
            insert into resources.allocation select (jsonb_populate_record(a, jsonb_build_object(
                'session', md5(a.session || '-' || y)::uuid, 'during', tstzrange(lower(a.during) + y * interval '400 days', upper(a.during) + y * interval '400 days')))).*
            from resources.allocation a, generate_series(-{years / 2}, {years / 2}) y where y <> 0;
            analyze resources.sessions, resources.allocation;
            """);
        command.CommandTimeout = 1800;
        await command.ExecuteNonQueryAsync();
    }

    private static Task<double> Availability(HttpClient http, string cluster) =>
        http.Median($"resources/clusters/{cluster}/availability?from={From:yyyy-MM-dd}T00:00:00Z&to={From.AddDays(31):yyyy-MM-dd}T00:00:00Z&limit={Rooms}", Asked, Asked);
}
