using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

/// <summary>A newer program replaces read tables while an older one serves.</summary>
public class BlueGreenTests
{
    private const int Tallies = 40, Writes = 30, Writers = 4;

    [Fact]
    public async Task An_older_host_serves_on_while_a_newer_one_replaces_its_tables_and_nothing_is_missed()
    {
        await using var older = await Start();
        var ids = Enumerable.Range(0, Tallies).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids) await older.Tallies.Execute(id, Adding(1), By(), Ct);
        await older.Log.StartAsync(Ct);
        await using var newer = await older.NewerHost();
        using var replaced = new CancellationTokenSource();
        var reading = Task.Run(() => Read(older, replaced.Token), Ct);

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => Write(older, ids, n), Ct)));
        var changed = await newer.Get<Installation>().Apply(Ct);
        await newer.Get<Replay>().Rebuild(changed, null, Ct);
        await older.Tallies.Execute(ids[0], Adding(7, "weeks"), By(), Ct);
        await writing;
        await replaced.CancelAsync();

        changed.Select(t => t.Name).Order(StringComparer.Ordinal).ShouldBe(["tallies", "tally_units", "unit_totals"]);
        (await reading).ShouldBeGreaterThan(0);
        await newer.CatchUp();
        await older.Log.StopAsync(Ct);
        (await newer.Scalar<long>("select sum(count) from fake.tallies")).ShouldBe(Tallies + (Writers * Writes) + 1);
        (await newer.Scalar<long>("select count(*) from fake.tally_units where unit = 'weeks'")).ShouldBe(1);
        (await newer.Scalar<decimal>("select sum(sum) from fake.unit_totals")).ShouldBe((Tallies + (Writers * Writes) + 7) * 1000);
        (await newer.Get<Replay>().Verify(null, Ct)).ShouldAllBe(t => t.Equal);
        (await newer.Scalar<long>("select count(*) from pg_namespace where nspname like 'replay%'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_older_hosts_followers_leave_the_newer_tables_alone()
    {
        await using var older = await Start();
        await older.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await older.CatchUp();
        await using var newer = await older.NewerHost();
        await newer.Get<Replay>().Rebuild(await newer.Get<Installation>().Apply(Ct), null, Ct);
        await newer.Tallies.Execute(Guid.CreateVersion7(), Adding(2), By(), Ct);

        await older.CatchUp();
        await newer.CatchUp();

        (await newer.Get<Replay>().Verify(null, Ct)).ShouldAllBe(t => t.Equal);
        (await newer.Scalar<long>("select count(*) from fake.tallies where count = 1")).ShouldBe(2);
    }

    [Fact]
    public async Task A_guard_stays_the_table_that_it_is_and_others_are_replaced_with_all_that_belongs_to_them()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning("blue", 9, 11), By(), Ct);
        await rig.Execute("create schema replay_killed; create table replay_killed.tallies (id uuid)");
        var before = await Tables(rig);

        await rig.Get<Replay>().Rebuild([.. rig.Get<ReadModels>().Tables], null, Ct);

        var after = await Tables(rig);
        after["room_uses"].Oid.ShouldBe(before["room_uses"].Oid);
        after["tallies"].Oid.ShouldNotBe(before["tallies"].Oid);
        after["tallies"].Parts.ShouldBe(before["tallies"].Parts);
        (await rig.Scalar<long>("select count(*) from pg_namespace where nspname like 'replay%'")).ShouldBe(0);
        (await rig.Database.Query(Fake.Module, Statement.Of("select sum from fake.tallies"), r => r.GetInt64(0), Ct)).ShouldBe([1]);
    }

    [Fact]
    public async Task Two_newer_hosts_that_start_at_once_agree()
    {
        await using var older = await Start();
        await older.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await using var one = await older.NewerHost();
        await using var two = await older.NewerHost();

        await Task.WhenAll(new[] { one, two }.Select(async rig => await rig.Get<Replay>().Rebuild(await rig.Get<Installation>().Apply(Ct), null, Ct)));

        await one.CatchUp();
        (await two.Get<Replay>().Verify(null, Ct)).ShouldAllBe(t => t.Equal);
    }

    private static async Task Write(Rig rig, Guid[] ids, int writer)
    {
        for (var i = 0; i < Writes; i++) (await rig.Tallies.Execute(ids[(writer + (i * 3)) % Tallies], Adding(1, $"unit {i % 3}"), By(), Ct)).Written();
    }

    /// <summary>Every read sees all rows that there are.</summary>
    private static async Task<int> Read(Rig rig, CancellationToken until)
    {
        var reads = 0;
        while (!until.IsCancellationRequested)
        {
            var rows = await rig.Database.Query(Fake.Module, Statement.Of(TallyList.Table.Select("order by id")), TallyList.Table.Read, Ct);
            rows.Count.ShouldBe(Tallies);
            rows.ShouldAllBe(r => r.Sum > 0);
            reads++;
        }

        return reads;
    }

    private static async Task<Dictionary<string, (uint Oid, string Parts)>> Tables(Rig rig)
    {
        await using var command = rig.Source.CreateCommand("""
            select c.relname, c.oid, (select string_agg(indexdef, ';' order by indexdef) from pg_indexes i where i.schemaname = 'fake' and i.tablename = c.relname)
                || coalesce(array_to_string(c.relacl, ','), '') from pg_class c where c.relnamespace = 'fake'::regnamespace and c.relkind = 'r'
            """);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var tables = new Dictionary<string, (uint, string)>();
        while (await reader.ReadAsync(Ct)) tables[reader.GetString(0)] = (reader.GetFieldValue<uint>(1), reader.GetString(2));
        return tables;
    }
}
