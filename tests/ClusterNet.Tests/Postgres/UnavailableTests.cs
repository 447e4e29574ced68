using ClusterNet.Postgres;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Postgres;

public class UnavailableTests
{
    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(TestServer.NewFolder(), "data");
        await File.WriteAllTextAsync(file, "in the way", TestContext.Current.CancellationToken);

        var refusal = await new EmbeddedHost(file).Refusal();

        refusal.ShouldContain($"The data directory {file} cannot be written");
        refusal.ShouldContain("ClusterNet__DataDirectory");
    }

    [Fact]
    public async Task A_server_too_old_is_named_with_what_to_do()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The fake server is a shell script.");
        var folder = Fake("postgres (PostgreSQL) 13.2");

        var refusal = await new EmbeddedHost().Refusal(o => o with { SearchFolders = [folder], HostDirectory = folder });

        refusal.ShouldStartWith($"Only PostgreSQL 13.2 is installed ({folder}), and 15 or newer is needed");
        refusal.ShouldContain("install PostgreSQL");
    }

    [Fact]
    public async Task Data_of_another_version_are_left_alone_and_both_versions_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The fake server is a shell script.");
        var folder = Fake("postgres (PostgreSQL) 16.4 (Debian 16.4-1)");
        var host = new EmbeddedHost();
        host.Files.Create();
        ServerFiles.CreatePrivate(host.Files.Cluster);
        await File.WriteAllTextAsync(host.Files.Version, "15\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(host.Files.Password, "secret", TestContext.Current.CancellationToken);

        var refusal = await host.Refusal(o => o with { SearchFolders = [folder] });

        refusal.ShouldContain("written by PostgreSQL 15");
        refusal.ShouldContain("PostgreSQL 16.4");
        refusal.ShouldContain("install PostgreSQL 15");
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_quoted()
    {
        var refusal = await new EmbeddedHost().Refusal(o => o with
        {
            Settings = new Dictionary<string, string> { ["fsync"] = "off", ["shared_preload_libraries"] = "no_such_library" },
        });

        refusal.ShouldContain("does not start");
        refusal.ShouldContain("no_such_library");
    }

    [Fact]
    public async Task A_lost_password_file_is_named()
    {
        var host = new EmbeddedHost();
        await (await host.Start()).DisposeAsync();
        File.Delete(host.Files.Password);

        (await host.Refusal()).ShouldContain($"The password file {host.Files.Password} of the embedded PostgreSQL is gone");
    }

    [Fact]
    public async Task A_configured_server_that_does_not_answer_is_named()
    {
        const string Nobody = "Host=127.0.0.1;Port=1;Username=x;Password=secret";

        var refusal = await new EmbeddedHost().Refusal(o => o with { ConnectionString = Nobody });

        refusal.ShouldContain("(127.0.0.1:1)");
        refusal.ShouldContain("ConnectionStrings__ClusterNet");
        refusal.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_refused() =>
        (await new EmbeddedHost().Refusal(o => o with { ConnectionString = "Hots=127.0.0.1" }))
            .ShouldContain("ConnectionStrings__ClusterNet cannot be read");

    [Fact]
    public async Task A_configured_server_is_used_with_its_own_settings_and_left_running()
    {
        await using var embedded = await new EmbeddedHost().Start();
        var configured = new NpgsqlConnectionStringBuilder(embedded.ConnectionString) { Database = "elsewhere", MaxPoolSize = 7 };

        var server = await new EmbeddedHost("/nowhere").Start(o => o with { ConnectionString = configured.ConnectionString });
        server.Owned.ShouldBeFalse();
        new NpgsqlConnectionStringBuilder(server.ConnectionString).MaxPoolSize.ShouldBe(7);
        (await EmbeddedHost.Run(server, "select current_database()")).ShouldBe("elsewhere");
        await server.DisposeAsync();

        (await EmbeddedHost.Run(embedded, "select 1")).ShouldBe(1);
    }

    [Fact]
    public void Data_lie_beside_the_Host_where_they_can()
    {
        var open = TestServer.NewFolder();

        DataDirectories.Default(open).ShouldBe(Path.Combine(open, "data"));
        Directory.GetFileSystemEntries(open).ShouldBeEmpty();
    }

    [Fact]
    public void Root_does_not_keep_data_where_the_server_cannot_go()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root has this trouble.");
        var closed = Path.Combine(TestServer.NewFolder(), "closed");
        ServerFiles.CreatePrivate(closed);

        DataDirectories.Default(closed).ShouldBe("/var/lib/clusternet");
    }

    [Fact]
    public async Task Root_is_told_when_the_server_cannot_reach_its_data()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root has this trouble.");
        var closed = Path.Combine(TestServer.NewFolder(), "closed");
        ServerFiles.CreatePrivate(closed);

        (await new EmbeddedHost(Path.Combine(closed, "data")).Refusal()).ShouldContain("who cannot reach");
    }

    private static string Fake(string version)
    {
        var folder = TestServer.NewFolder();
        foreach (var tool in new[] { "postgres", "initdb", "pg_ctl" })
        {
            var path = Path.Combine(folder, tool);
            File.WriteAllText(path, $"#!/bin/sh\necho '{version}'\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        return folder;
    }
}
