using System.Net;
using ClusterNet.Backups;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Backups;

public sealed class BackupTests(BackedUp house) : IClassFixture<BackedUp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restored_installation_is_the_one_that_was_backed_up()
    {
        await using var restored = await Restored.WithKeys(house.Host.Settings, house.Keys);

        (await restored.Events(house.Events)).ShouldBe(0, string.Join('\n', restored.Said));

        // What is neither a read table nor made by the program is the same, row by row.
        var (before, after) = (await Digests(house.Host.Services), await Digests(restored.Services));
        before.Count.ShouldBeGreaterThan(10);
        before.Keys.ShouldContain("access.password");
        // The first installation goes on signing and following its log.
        foreach (var moving in (string[])["ledger.state", "ledger.checkpoint", "projections.checkpoint"])
            (before.Remove(moving) && after.Remove(moving)).ShouldBeTrue(moving);
        string.Join('\n', after).ShouldBe(string.Join('\n', before));
        foreach (var sql in (string[])["select last_value::text from events.mt_events_sequence", "select size || ' ' || encode(root, 'hex') from ledger.state"])
            (await Text(restored.Services, sql)).ShouldBe(await Text(house.Host.Services, sql));
        // Personal data is readable: the read tables, rebuilt, are equal to those that were never lost.
        var (live, rebuilt) = (await Digests(house.Host.Services, readTables: true), await Digests(restored.Services, readTables: true));
        live.Count.ShouldBeGreaterThan(15);
        rebuilt.ShouldBe(live);
        (await restored.Services.GetRequiredService<Restore>().LostKeys(Ct)).ShouldBe(0);
        await restored.Services.GetRequiredService<LogWorker>().CatchUp(Ct);
    }

    [Fact]
    public async Task Only_what_is_needed_and_no_read_table_is_in_a_backup()
    {
        using var events = await ArchiveReader.Open(house.Events, Ct);
        using var keys = await ArchiveReader.Open(house.Keys, Ct);

        var read = house.Host.Services.GetRequiredService<ReadModels>().Tables.Select(t => $"{t.Schema}.{t.Name}").ToHashSet();
        events.Manifest.Tables.Select(t => t.Name).ShouldNotContain(t => read.Contains(t) || t.StartsWith("keys."));
        keys.Manifest.Tables.Select(t => t.Name).ShouldBe(["keys.data_key", "keys.epoch"], ignoreOrder: true);
        events.Manifest.LogSize.ShouldBe(await house.Host.EventCount());
        (await AllSchemas()).Except(house.Host.Services.GetRequiredService<Backup>().Schemas).ShouldBe(["http", "mail", "public"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_table_that_is_added_later_is_in_the_next_backup()
    {
        await Run(house.Host.Services, "create table access.later (a int, b text generated always as ('x') stored); insert into access.later values (1), (2)");
        var file = Path.Combine(TestServer.NewFolder(), "later.zip");

        var manifest = await house.Host.Services.GetRequiredService<Backup>().Take(file, Ct);

        await Run(house.Host.Services, "drop table access.later");
        var later = manifest.Tables.Single(t => t.Name == "access.later");
        (later.Rows, string.Join(' ', later.Columns)).ShouldBe((2, "a"));
        await using var without = await Restored.WithKeys(house.Host.Settings, house.Keys);
        (await Should.ThrowAsync<ArchiveException>(without.Events(file))).Message.ShouldContain("access.later");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task A_backup_that_was_cut_off_is_found_before_anything_is_written(double part)
    {
        var bytes = await File.ReadAllBytesAsync(house.Events, Ct);

        var refusal = await Refused(bytes[..(int)(bytes.Length * part)]);

        refusal.ShouldContain("cut off");
    }

    [Fact]
    public async Task A_changed_byte_is_found_wherever_it_matters_and_its_part_is_named()
    {
        var bytes = await File.ReadAllBytesAsync(house.Events, Ct);
        var largest = new Dictionary<string, int>();
        var found = 0;
        for (var at = 200; at < bytes.Length; at += bytes.Length / 60)
        {
            bytes[at] ^= 0x10;
            if (await Fault(bytes) is { } fault)
            {
                found++;
                largest[fault] = at;
            }

            bytes[at] ^= 0x10;
        }

        // What is left are bytes that carry nothing, such as times in the zip's own directory.
        found.ShouldBeGreaterThan(55);
        largest.Keys.ShouldContain(f => f.Contains("events.mt_events"));
        (await Fault(bytes)).ShouldBeNull();
    }

    [Fact]
    public async Task An_installation_that_holds_something_is_not_written_over()
    {
        var before = await house.Host.EventCount();
        await using var same = await Restored.Start(house.Host.Settings);

        var refusal = await Should.ThrowAsync<ArchiveException>(same.Events(house.Events));
        var keys = await Should.ThrowAsync<ArchiveException>(
            Restore.Keys(house.Keys, house.Host.Services.GetRequiredService<KeyDatabase>(), house.Host.Services.GetRequiredService<IKeyVault>(), Ct));

        refusal.Message.ShouldContain("ConnectionStrings__ClusterNet");
        keys.Message.ShouldContain("keys.data_key");
        (await house.Host.EventCount()).ShouldBe(before);
        (await house.Host.Anonymous().Get("/skills?q=weld")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Events_without_their_keys_and_the_wrong_file_are_refused()
    {
        var elsewhere = house.Host.Settings with { KeyDirectory = TestServer.NewFolder() };
        await using var bare = await Restored.WithKeys(elsewhere, null);

        (await Should.ThrowAsync<ArchiveException>(bare.Events(house.Events))).Message.ShouldContain("restore --keys");
        (await Should.ThrowAsync<ArchiveException>(bare.Events(house.Keys))).Message.ShouldContain("--keys");
        (await Should.ThrowAsync<ArchiveException>(Restored.WithKeys(elsewhere, house.Keys))).Message.ShouldContain("ClusterNet__KeyDirectory");
    }

    private static async Task<string> Refused(byte[] archive)
    {
        var file = Path.Combine(TestServer.NewFolder(), "damaged.zip");
        await File.WriteAllBytesAsync(file, archive, Ct);
        return (await Should.ThrowAsync<ArchiveException>(ArchiveReader.Open(file, Ct))).Message;
    }

    private static async Task<string?> Fault(byte[] archive)
    {
        var file = Path.Combine(TestServer.NewFolder(), "damaged.zip");
        await File.WriteAllBytesAsync(file, archive, Ct);
        try
        {
            (await ArchiveReader.Open(file, Ct)).Dispose();
            return null;
        }
        catch (ArchiveException e)
        {
            return e.Message;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<List<string>> AllSchemas()
    {
        await using var select = house.Host.Services.GetRequiredService<Database>().Source.CreateCommand(
            "select nspname::text from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'");
        await using var reader = await select.ExecuteReaderAsync(Ct);
        var schemas = new List<string>();
        while (await reader.ReadAsync(Ct)) schemas.Add(reader.GetString(0));
        return schemas;
    }

    private static async Task<SortedDictionary<string, string>> Digests(IServiceProvider services, bool readTables = false)
    {
        await using var connection = await services.GetRequiredService<Database>().Source.OpenConnectionAsync(Ct);
        var backup = services.GetRequiredService<Backup>();
        var read = services.GetRequiredService<ReadModels>().Tables.Select(t => $"{t.Schema}.{t.Name}").ToHashSet();
        var names = readTables ? read : (await StoredTables.Of(connection, backup.Schemas, await backup.Excluded(connection, Ct), Ct)).Select(t => t.Name);
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            await using var select = new NpgsqlCommand($"select count(*) || ' ' || coalesce(md5(string_agg(h, '' order by h)), '') from (select md5(t::text) h from {name} t) x", connection);
            digests[name] = (string)(await select.ExecuteScalarAsync(Ct))!; // count(*) is never null
        }

        return digests;
    }

    private static async Task<string> Text(IServiceProvider services, string sql)
    {
        await using var select = services.GetRequiredService<Database>().Source.CreateCommand(sql);
        return (string)(await select.ExecuteScalarAsync(Ct))!; // asked for what is one row
    }

    private static async Task Run(IServiceProvider services, string sql)
    {
        await using var command = services.GetRequiredService<Database>().Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
