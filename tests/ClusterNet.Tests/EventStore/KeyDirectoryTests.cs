using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.EventStore;

public class KeyDirectoryTests
{
    [Fact]
    public async Task The_first_host_makes_the_key_and_the_next_one_uses_it()
    {
        await using var database = await NewKeyDatabase();
        var directory = Path.Combine(TestServer.NewFolder(), "keys");

        var first = await KeyDirectory.Open(directory, database, Rig.Ct);
        var second = await KeyDirectory.Open(directory, database, Rig.Ct);

        second.Fingerprint.ShouldBe(first.Fingerprint);
        Directory.EnumerateFiles(directory).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(KeyFile(directory)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Hosts_that_start_at_the_same_moment_agree_on_one_key()
    {
        await using var database = await NewKeyDatabase();
        var directory = TestServer.NewFolder();

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => KeyDirectory.Open(directory, database, Rig.Ct))));

        keys.Select(k => k.Fingerprint).Distinct().Count().ShouldBe(1);
        Directory.EnumerateFiles(directory).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_host_without_the_key_does_not_start_and_says_which_one_is_missing()
    {
        await using var database = await NewKeyDatabase();
        var kek = await KeyDirectory.Open(TestServer.NewFolder(), database, Rig.Ct);
        var elsewhere = TestServer.NewFolder();

        var missing = await Should.ThrowAsync<KeyMissingException>(KeyDirectory.Open(elsewhere, database, Rig.Ct));

        missing.Message.ShouldContain(kek.Fingerprint[..16]);
        missing.Message.ShouldContain(KeyFile(elsewhere));
        missing.Message.ShouldContain("ClusterNet__KeyDirectory");
        File.Exists(KeyFile(elsewhere)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAA")]
    [InlineData("no key at all")]
    [InlineData("")]
    public async Task A_host_with_another_key_does_not_start(string content)
    {
        await using var database = await NewKeyDatabase();
        var directory = TestServer.NewFolder();
        await KeyDirectory.Open(directory, database, Rig.Ct);
        await File.WriteAllTextAsync(KeyFile(directory), content, Rig.Ct);

        await Should.ThrowAsync<KeyMissingException>(KeyDirectory.Open(directory, database, Rig.Ct));
    }

    private static string KeyFile(string directory) => Path.Combine(directory, "key-encryption-key");

    private static async Task<KeyDatabase> NewKeyDatabase() => new(NpgsqlDataSource.Create(await (await TestServer.Instance()).CreateDatabase()));
}
