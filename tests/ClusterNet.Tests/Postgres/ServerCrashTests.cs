using System.Diagnostics;
using ClusterNet.Postgres;
using Shouldly;
using static ClusterNet.Tests.Postgres.EmbeddedHost;

namespace ClusterNet.Tests.Postgres;

public class ServerCrashTests
{
    [Fact]
    public async Task A_killed_server_is_started_again_with_its_data()
    {
        var host = new EmbeddedHost();
        await using var server = await host.Start();
        await Note(server, "kept");
        var killed = host.ServerProcess();

        host.KillServer();

        (await Eventually(() => Noted(server), text => text == "kept" && Postmaster.Running(host.Files) is not null)).ShouldBe("kept");
        host.ServerProcess().ShouldNotBe(killed);
        host.Reports.ShouldContain(line => line.StartsWith("PostgreSQL has died"));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_although_a_query_still_runs()
    {
        var host = new EmbeddedHost();
        await using var server = await host.Start();
        await Note(server, "kept");
        var query = Run(server, "select count(*) from generate_series(1, 1000000000)");
        await Eventually(() => Run(server, "select count(*) from pg_stat_activity where query like '%generate_series(%'"), n => n is > 1L);

        host.KillServer();

        (await Eventually(() => Noted(server), text => text == "kept")).ShouldBe("kept");
        await Should.ThrowAsync<Exception>(() => query);
    }

    [Fact]
    public async Task A_lock_file_of_a_dead_server_is_no_obstacle_even_if_its_number_is_somebody_elses()
    {
        var host = new EmbeddedHost();
        await using (var first = await host.Start())
            await Note(first, "kept");
        using var stranger = Process.Start("sleep", "60");
        await File.WriteAllTextAsync(
            host.Files.PostmasterPid,
            $"{stranger.Id}\n{host.Files.Cluster}\n1700000000\n5432\n{host.Files.Sockets}\n\n  12345 67890\nready\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(host.Files.Sockets, ".s.PGSQL.5432.lock"), $"{stranger.Id}\n", TestContext.Current.CancellationToken);

        await using var second = await host.Start();

        (await Noted(second)).ShouldBe("kept");
        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
    }

    [Fact]
    public async Task Two_Hosts_share_a_server_and_the_last_to_leave_stops_it()
    {
        var one = new EmbeddedHost();
        var two = new EmbeddedHost(one.DataDirectory);
        var first = await one.Start();
        var second = await two.Start();
        await Note(first, "shared");
        two.Reports.ShouldContain(line => line.StartsWith("Joined"));

        await first.DisposeAsync();
        (await Noted(second)).ShouldBe("shared");

        await second.DisposeAsync();
        Postmaster.Running(one.Files).ShouldBeNull();
    }

    [Fact]
    public async Task Two_Hosts_that_start_at_once_get_one_server()
    {
        var one = new EmbeddedHost();
        var two = new EmbeddedHost(one.DataDirectory);

        var both = await Task.WhenAll(one.Start(), two.Start());

        both[0].ConnectionString.ShouldBe(both[1].ConnectionString);
        foreach (var server in both)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task A_server_whose_Host_was_killed_is_joined_and_stopped_by_the_next()
    {
        var host = new EmbeddedHost();
        await using (var first = await host.Start())
            await Note(first, "kept");
        // A server without a Host, as a killed Host leaves it.
        var options = Options(host.DataDirectory);
        var orphan = await EmbeddedServer.Prepare(options, host.Files, _ => { }, TestContext.Current.CancellationToken);
        await orphan.StartOrJoin(TestContext.Current.CancellationToken);
        var process = host.ServerProcess();

        var next = await host.Start();

        host.ServerProcess().ShouldBe(process);
        (await Noted(next)).ShouldBe("kept");
        await next.DisposeAsync();
        Postmaster.Running(host.Files).ShouldBeNull();
    }
}
