using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClusterNet.Postgres;
using ClusterNet.Tests.Postgres;
using Shouldly;

namespace ClusterNet.Tests.Crashes;

/// <summary>What was acknowledged is there exactly once, whatever died meanwhile.</summary>
public sealed class CrashTests
{
    private const string Password = "eleven quiet lathes at dawn";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_done_twice_when_the_Host_and_its_database_are_killed()
    {
        const int Commands = 320;
        var installation = new EmbeddedHost();
        using var host = new HostProcess(installation.DataDirectory, HostProcess.FreePort());
        await host.Start(Stop);
        using var crowd = new Crowd([host.Url], await FirstToken(host), Commands);
        crowd.Start(Stop);

        await crowd.Reached(80, Stop);
        await host.Kill(Stop);
        await host.Start(Stop);
        await crowd.Reached(160, Stop);
        var database = installation.ServerProcess();
        installation.KillServer();
        await crowd.Reached(240, Stop);
        installation.ServerProcess().ShouldNotBe(database);
        await host.Kill(Stop);
        installation.KillServer();
        await host.Start(Stop);
        await crowd.Reached(Commands, Stop);

        crowd.Retries.Unanswered.ShouldBeGreaterThan(0, "The Host was never away.");
        crowd.Retries.Unavailable.ShouldBeGreaterThan(0, "The database was never away.");
        await Holds(installation, host, crowd, Commands);
    }

    [Fact]
    public async Task One_of_two_Hosts_on_the_same_data_is_killed_and_the_other_goes_on()
    {
        const int Commands = 240;
        var installation = new EmbeddedHost();
        using var first = new HostProcess(installation.DataDirectory, HostProcess.FreePort());
        using var second = new HostProcess(installation.DataDirectory, HostProcess.FreePort());
        await first.Start(Stop);
        await second.Start(Stop);
        using var crowd = new Crowd([first.Url, second.Url], await FirstToken(first), Commands);
        crowd.Start(Stop);

        await crowd.Reached(100, Stop);
        await first.Kill(Stop);
        await crowd.Reached(Commands, Stop);

        crowd.Retries.Unanswered.ShouldBeGreaterThan(0, "No Host was away.");
        await Holds(installation, second, crowd, Commands);
    }

    /// <param name="host">One that still serves.</param>
    private static async Task Holds(EmbeddedHost installation, HostProcess host, Crowd crowd, int commands)
    {
        crowd.Faults.ShouldBeEmpty(host.Said);
        crowd.Answers.Count.ShouldBe(commands);
        await crowd.Repeat(Stop);
        await using (var database = await installation.Start())
        {
            await Positions(database, host);
            await Accounts(database, commands);
            await Streams(database);
            await host.Kill(Stop);
            (await host.Verb(Stop, "replay", "--verify")).ShouldBe(0, host.Said);
            (await host.Verb(Stop, "audit", "fsck")).ShouldBe(0, host.Said);
        }

        Postmaster.Running(installation.Files).ShouldBeNull();
    }

    private static async Task Accounts(PostgresServer database, int commands)
    {
        (await Count(database, "select count(*) from access.accounts where email like 'person-%@crash.example'")).ShouldBe(commands);
        (await Count(database, "select count(distinct email) from access.accounts where email like 'person-%@crash.example'")).ShouldBe(commands);
        (await Count(database, "select count(*) from events.mt_events where type = 'account_opened'")).ShouldBe(commands + 1); // and the operator
        (await Count(database, "select count(*) from http.idempotency where route = 'POST /api/v1/access/accounts'")).ShouldBe(commands);
    }

    private static async Task Streams(PostgresServer database) => (await Count(
        database,
        """
        select count(*) from events.mt_streams s left join (
            select stream_id, count(*) as events, min(version) as first, max(version) as last from events.mt_events group by stream_id) e
        on e.stream_id = s.id where e.first is distinct from 1 or e.events is distinct from s.version or e.last is distinct from s.version
        """)).ShouldBe(0, "Versions have gaps.");

    /// <summary>The Host has given every event its place, all projections have passed it, and no place is empty.</summary>
    private static async Task Positions(PostgresServer database, HostProcess host)
    {
        const string Behind = """
            select (select count(*) from ledger.pending) + (select count(*) from projections.checkpoint, ledger.state where position < size - 1)
            """;
        (await EmbeddedHost.Eventually(() => Count(database, Behind), behind => behind == 0)).ShouldBe(0, host.Said);
        var events = await Count(database, "select count(*) from events.mt_events");
        (await Count(database, "select count(*) from ledger.leaf join events.mt_events using (seq_id)")).ShouldBe(events);
        (await Count(database, "select max(position) + 1 from ledger.leaf")).ShouldBe(events);
        (await Count(database, "select size from ledger.state")).ShouldBe(events);
    }

    internal static async Task<long> Count(PostgresServer database, string sql) => (long)(await EmbeddedHost.Run(database, sql))!; // all count something

    internal static async Task<string> FirstToken(HostProcess host)
    {
        using var client = new HttpClient { BaseAddress = host.Url };
        const string Email = "operator@crash.example";
        await Post(client, "first-operator", new { code = host.FirstOperatorCode(), email = Email, name = "Olga Operator", password = Password });
        await Post(client, "sign-in", new { email = Email, password = Password });
        var issued = await Post(client, "tokens", new { label = "crowd", validForDays = 1 });
        return issued["token"].ShouldNotBeNull().ToString();
    }

    private static async Task<JsonNode> Post(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync($"/api/v1/access/{path}", body, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!; // the API never says null
    }
}
