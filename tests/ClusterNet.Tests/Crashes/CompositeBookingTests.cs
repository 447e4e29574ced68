using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Postgres;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Crashes;

/// <summary>A trainer, a room and twelve seats are booked together, and all dies when some of it is written.</summary>
public sealed class CompositeBookingTests
{
    private const string Halfway = """
        select coalesce(max(pid), 0)::bigint from pg_stat_activity where wait_event_type = 'Lock' and query like '%resources.allocation%'
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_booking_that_is_killed_in_the_middle_leaves_nothing_and_can_be_sent_again()
    {
        var installation = new EmbeddedHost();
        using var host = new HostProcess(installation.DataDirectory, HostProcess.FreePort());
        await host.Start(Stop);
        using var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await CrashTests.FirstToken(host));
        var (path, body) = await Composite(client);

        await using (var database = await installation.Start())
        {
            // Whoever holds the last resource stops the booking when it has written all but that one.
            await using var holder = new NpgsqlConnection(database.ConnectionString);
            await holder.OpenAsync(Stop);
            await using var transaction = await holder.BeginTransactionAsync(Stop);
            await using (var hold = new NpgsqlCommand("select id from resources.pool order by id desc limit 1 for update", holder, transaction)) await hold.ExecuteScalarAsync(Stop);
            var booking = Send(client, path, body, "the-same");
            var writing = await EmbeddedHost.Eventually(() => CrashTests.Count(database, Halfway), pid => pid > 0);
            writing.ShouldBeGreaterThan(0, host.Said);
            await host.Kill(Stop);
            // What writes dies before what it waits for can let it go on; PostgreSQL then ends all others and recovers.
            using (var process = Process.GetProcessById((int)writing)) process.Kill();
            await Should.ThrowAsync<HttpRequestException>(() => booking);
            (await EmbeddedHost.Eventually(() => CrashTests.Count(database, "select count(*) from resources.pool"), pooled => pooled == 2)).ShouldBe(2);
            await host.Start(Stop);
            (await CrashTests.Count(database, "select count(*) from events.mt_events where type = 'session_booked'")).ShouldBe(0);
            (await CrashTests.Count(database, "select count(*) from resources.allocation")).ShouldBe(0);
            (await CrashTests.Count(database, "select count(*) from resources.engagement")).ShouldBe(0);

            var first = await Send(client, path, body, "the-same");
            var again = await Send(client, path, body, "the-same");

            (first.Status, again.Status, again.Body).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created, first.Body), host.Said);
            (await CrashTests.Count(database, "select count(*) from events.mt_events where type = 'session_booked'")).ShouldBe(1);
            (await CrashTests.Count(database, "select count(*) from resources.allocation")).ShouldBe(13); // the room and twelve seats
            (await CrashTests.Count(database, "select count(*) from resources.engagement")).ShouldBe(1);
            await host.Kill(Stop);
        }
    }

    /// <summary>A cluster with one firm, its room and its seats, and what books both of them with a trainer.</summary>
    private static async Task<(string Path, object Body)> Composite(HttpClient client)
    {
        var cluster = await Made(
            client, "clusters", new { name = "Metalworkers", nuts = "DEA58", sectors = new[] { "24" }, charter = "We share.", businessObjective = "Whole assemblies" });
        var firm = await Made(client, "clusters/firms", new { name = "Acme", registrationNumber = "HRB 1", country = "DE", nuts = "DEA58", city = "Menden", nace = "24" });
        await Made(client, $"clusters/{cluster}/memberships", new { firm, reason = "to share" });
        await Made(client, $"clusters/{cluster}/memberships/{firm}/admission", new { reason = "welcome" });
        var room = await Made(client, $"resources/clusters/{cluster}/resources", new { firm, kind = "room", name = "Hall", unit = "seats", timeZone = "Europe/Berlin", capacity = 20 });
        var seats = await Made(client, $"resources/clusters/{cluster}/resources", new { firm, kind = "seats", name = "Course", unit = "seats", timeZone = "Europe/Berlin", capacity = 12 });
        var start = DateTimeOffset.UtcNow.Date.AddDays(20).AddHours(9);
        var me = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/v1/access/me", UriKind.Relative), Stop)).ShouldNotBeNull()["person"].ShouldNotBeNull().ToString();
        return ($"resources/clusters/{cluster}/sessions", new
        {
            firm,
            kind = "course",
            title = "Law",
            start = Iso(start),
            end = Iso(start.AddHours(2)),
            seatCount = 12,
            trainer = me,
            resources = new[] { new { resource = room, units = 1 }, new { resource = seats, units = 12 } },
        });
    }

    private static string Iso(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task<string> Made(HttpClient client, string path, object body)
    {
        var answer = await Send(client, path, body, Guid.NewGuid().ToString());
        answer.Status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
        return JsonNode.Parse(answer.Body).ShouldNotBeNull()["id"].ShouldNotBeNull().ToString();
    }

    private static async Task<(HttpStatusCode Status, string Body)> Send(HttpClient client, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request, Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }
}
