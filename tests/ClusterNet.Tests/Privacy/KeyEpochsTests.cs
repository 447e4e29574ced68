using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Privacy;

public class KeyEpochsTests
{
    [Fact]
    public async Task The_first_host_opens_the_first_epoch_and_the_next_one_uses_it()
    {
        await using var database = await NewKeyDatabase();
        var directory = Path.Combine(TestServer.NewFolder(), "keys");

        await Open(directory, database);
        var first = await KeyEpochs.Current(database, Rig.Ct);
        await Open(directory, database);

        (await KeyEpochs.Current(database, Rig.Ct)).ShouldBe(first);
        Directory.EnumerateFiles(directory).ShouldBe([KeyFile(directory, first)]);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(KeyFile(directory, first)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Hosts_that_start_at_the_same_moment_agree_on_one_key()
    {
        await using var database = await NewKeyDatabase();
        var directory = TestServer.NewFolder();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Open(directory, database))));

        Directory.EnumerateFiles(directory).ShouldBe([KeyFile(directory, await KeyEpochs.Current(database, Rig.Ct))]);
    }

    [Fact]
    public async Task A_host_without_the_key_does_not_start_and_says_in_one_line_which_one_is_missing()
    {
        await using var database = await NewKeyDatabase();
        await Open(TestServer.NewFolder(), database);
        var elsewhere = TestServer.NewFolder();

        var missing = await Should.ThrowAsync<KeyMissingException>(Open(elsewhere, database));

        var epoch = await KeyEpochs.Current(database, Rig.Ct);
        missing.Message.ShouldContain(epoch.Fingerprint[..16]);
        missing.Message.ShouldContain(KeyFile(elsewhere, epoch));
        missing.Message.ShouldContain("ClusterNet__KeyDirectory");
        missing.Message.ShouldNotContain('\n');
        Directory.EnumerateFiles(elsewhere).ShouldBeEmpty();
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
        await Open(directory, database);
        await File.WriteAllTextAsync(KeyFile(directory, await KeyEpochs.Current(database, Rig.Ct)), content, Rig.Ct);

        await Should.ThrowAsync<KeyMissingException>(Open(directory, database));
    }

    [Fact]
    public async Task A_key_database_that_was_lost_is_not_taken_for_a_new_installation()
    {
        await using var database = await NewKeyDatabase();
        var directory = TestServer.NewFolder();
        await Open(directory, database);
        await new KeyRotation(database, new KeyDirectory(directory), new TestClock()).Run(_ => true, Rig.Ct);
        await using var another = await NewKeyDatabase();

        (await Should.ThrowAsync<KeyMissingException>(Open(directory, another))).Message.ShouldContain("restore --keys");
    }

    [Fact]
    public async Task A_host_whose_key_vanishes_while_it_runs_reads_and_writes_no_personal_data()
    {
        await using var rig = await Rig.Start();
        HashSet<KeyName> known = [new(Guid.NewGuid(), "learning")], unknown = [new(Guid.NewGuid(), "learning")];
        await rig.Get<KeyRing>().FindOrMake(known, Rig.Ct);
        await using var host = await rig.SecondHost();
        File.Delete(KeyFile(rig.KeyDirectory, await KeyEpochs.Current(rig.Get<KeyDatabase>(), Rig.Ct)));

        await Should.ThrowAsync<KeyMissingException>(host.Get<KeyRing>().Find(known, Rig.Ct).AsTask());
        await Should.ThrowAsync<KeyMissingException>(host.Get<KeyRing>().FindOrMake(unknown, Rig.Ct).AsTask());
    }

    [Fact]
    public async Task A_damaged_data_key_is_an_error_and_not_an_erased_one()
    {
        await using var rig = await Rig.Start();
        await using var host = await rig.SecondHost();
        HashSet<KeyName> names = [new(Guid.NewGuid(), "learning")];
        await rig.Get<KeyRing>().FindOrMake(names, Rig.Ct);
        await using var damage = rig.Keys.CreateCommand("update keys.data_key set wrapped = set_byte(wrapped, 20, (get_byte(wrapped, 20) + 1) % 256)");
        (await damage.ExecuteNonQueryAsync(Rig.Ct)).ShouldBe(1);

        await Should.ThrowAsync<KeyDamagedException>(host.Get<KeyRing>().Find(names, Rig.Ct).AsTask());
    }

    private static Task Open(string directory, KeyDatabase database) => KeyEpochs.Open(database, new KeyDirectory(directory), new TestClock(), Rig.Ct);

    private static string KeyFile(string directory, EpochName epoch) => new KeyDirectory(directory).PlaceOf(epoch);

    private static async Task<KeyDatabase> NewKeyDatabase() => new(NpgsqlDataSource.Create(await (await TestServer.Instance()).CreateDatabase()));
}
