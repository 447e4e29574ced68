using ClusterNet.Backups;
using ClusterNet.EventStore;
using ClusterNet.Host.Composition;
using ClusterNet.Privacy;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Backups;

public sealed class RestoreAfterErasureTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Name = "Zacharias Unforgettable";
    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_erased_since_the_backup_stays_erased_and_a_log_that_was_rolled_back_is_found()
    {
        var operatorAccount = await host.Operator();
        var person = Guid.Parse((await host.Newcomer(operatorAccount, Name)).Person);
        var (events, keys) = (Path.Combine(_folder, "events.zip"), Path.Combine(_folder, "keys.zip"));
        await host.CaughtUp();
        await host.Services.GetRequiredService<Backup>().Take(events, Ct);
        await host.Services.GetRequiredService<Backup>().TakeKeys(keys, Ct);
        (await Readable(host.Services)).ShouldBeGreaterThan(0);
        await host.Services.GetRequiredService<ErasureJournal>().Append(new(Guid.NewGuid(), person, KeyClasses, DateTimeOffset.UtcNow), Ct);
        (await host.Services.GetRequiredService<KeyRing>().Erase(person, KeyClasses, Ct)).ShouldBeGreaterThan(0);

        await using (var restored = await Restored.WithKeys(host.Settings, keys))
        {
            (await restored.Events(events)).ShouldBe(0);
            restored.Said.ShouldContain(line => line.Contains("destroyed again"));
            (await Readable(restored.Services)).ShouldBe(0);
            (await restored.Services.GetRequiredService<KeyRing>().Find(KeyClasses.Select(c => new KeyName(person, c)).ToHashSet(), Ct)).ShouldBeEmpty();
        }

        await A_copy_of_both_databases_as_files_is_cleaned_at_the_start(person);
        await A_rolled_back_log_is_found(events, keys);
    }

    /// <summary>As a file-level copy would bring them back: read tables in the clear, and living keys.</summary>
    private async Task A_copy_of_both_databases_as_files_is_cleaned_at_the_start(Guid person)
    {
        var keys = Path.Combine(_folder, "keys.zip");
        await using var restored = await Restored.WithKeys(host.Settings with { MirrorDirectory = TestServer.NewFolder() }, keys);
        await restored.Events(Path.Combine(_folder, "events.zip"));
        (await Readable(restored.Services)).ShouldBeGreaterThan(0, "without the journal nobody knows of the erasure");
        Directory.CreateDirectory(restored.Services.GetRequiredService<ClusterNet.Ledger.MirrorDirectory>().Path);
        File.Copy(host.Services.GetRequiredService<ErasureJournal>().File, restored.Services.GetRequiredService<ErasureJournal>().File, overwrite: true);

        await restored.Services.Fill(_ => { }, Ct);

        (await Readable(restored.Services)).ShouldBe(0);
        (await restored.Services.GetRequiredService<RepeatedErasures>().Apply(Ct)).ShouldSatisfyAllConditions(
            r => r.Keys.ShouldBe(0), r => r.ReadTablesStale.ShouldBeFalse());
    }

    private async Task A_rolled_back_log_is_found(string events, string keys)
    {
        var mirror = TestServer.NewFolder();
        File.Copy(host.Services.GetRequiredService<ErasureJournal>().File, Path.Combine(mirror, "erasures"));
        var size = await host.Services.GetRequiredService<RepeatedErasures>().LogSize(Ct);
        await File.WriteAllTextAsync(Path.Combine(mirror, "checkpoint"), $"example.org/log\n{size + 7}\nAAAA\n", Ct);
        await using var restored = await Restored.WithKeys(host.Settings with { MirrorDirectory = mirror }, keys);

        (await restored.Events(events)).ShouldBe(3);

        restored.Said.ShouldContain(line => line.Contains("7 entries are lost"));
        File.Delete(Path.Combine(mirror, "erasures"));
        (await Should.ThrowAsync<ErasureJournalException>(restored.Services.Fill(_ => { }, Ct))).Message.ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_host_refuses_to_start_without_its_journal_or_with_an_empty_key_database()
    {
        var server = await TestServer.Instance();
        await using var first = await Restored.Start(host.Settings with
        {
            ConnectionString = await server.CreateDatabase(),
            KeysConnectionString = await server.CreateDatabase(),
            KeyDirectory = TestServer.NewFolder(),
            MirrorDirectory = TestServer.NewFolder(),
        });
        await first.Services.Fill(_ => { }, Ct);
        await first.Services.Fill(_ => { }, Ct);
        await first.Services.GetRequiredService<KeyRing>().Erase(Guid.NewGuid(), ["learning"], Ct);
        File.Delete(first.Services.GetRequiredService<ErasureJournal>().File);

        var missing = await Should.ThrowAsync<ErasureJournalException>(first.Services.Fill(_ => { }, Ct));

        missing.Message.ShouldContain("ClusterNet__MirrorDirectory");
        missing.Message.ShouldNotContain('\n');
        await Run(first.Services.GetRequiredService<KeyDatabase>().Source, "delete from keys.data_key");
        await Run(first.Services.GetRequiredService<Database>().Source, "insert into privacy.envelope values (gen_random_uuid(), gen_random_uuid(), 'learning', '', '', null)");
        (await Should.ThrowAsync<ErasureJournalException>(first.Services.Fill(_ => { }, Ct))).Message.ShouldContain("the database knows of erasures");
        first.Services.GetRequiredService<ErasureJournal>().Create();
        (await Should.ThrowAsync<KeyMissingException>(first.Services.Fill(_ => { }, Ct))).Message.ShouldContain("ClusterNetKeys");
    }

    private static string[] KeyClasses => [KeyClass.Identity, KeyClass.Contact, KeyClass.Learning, KeyClass.Accreditation, KeyClass.FreeText];

    /// <summary>How many read rows show the name.</summary>
    private static async Task<long> Readable(IServiceProvider services)
    {
        await using var select = services.GetRequiredService<Database>().Source.CreateCommand($"select count(*) from access.accounts t where t::text like '%{Name}%'");
        return (long)(await select.ExecuteScalarAsync(Ct))!; // count(*) is never null
    }

    private static async Task Run(Npgsql.NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
