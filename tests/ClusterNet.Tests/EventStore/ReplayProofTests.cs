using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

/// <summary>What a replay claims, and who can repeat or refute it.</summary>
public class ReplayProofTests
{
    [Fact]
    public async Task A_changed_row_is_located_in_its_bucket_and_named_by_key_and_column_without_its_value()
    {
        await using var rig = await Populated();
        var id = await rig.Scalar<Guid>("update fake.tallies set last_note = 'forged words', sum = 7 where sum = 20 returning id");

        var found = (await Prove(rig)).Tables.Where(t => !t.Equal).ShouldHaveSingleItem();

        found.Buckets.ShouldBe([SHA256.HashData(Encoding.UTF8.GetBytes($"[\"{id}\"]"))[0]]);
        found.Differences.ShouldHaveSingleItem().ToString().ShouldBe($"id={id} differs in sum, last_note");
    }

    [Theory]
    [InlineData("delete from fake.tallies where sum = 20", "is only in the replay, or more often there")]
    [InlineData("insert into fake.tallies values (gen_random_uuid(), 1, 0, null, null)", "is only in the live table, or more often there")]
    [InlineData("alter table fake.tallies drop constraint tallies_key; insert into fake.tallies select * from fake.tallies where sum = 20", "is only in the live table, or more often there")]
    public async Task A_row_too_few_or_too_many_is_named(string tamper, string said)
    {
        await using var rig = await Populated();
        await rig.Execute(tamper);

        var found = (await Prove(rig)).Tables.Where(t => !t.Equal).ShouldHaveSingleItem();

        found.Differences.ShouldHaveSingleItem().ToString().ShouldEndWith(said);
    }

    [Fact]
    public async Task A_changed_event_shows_in_every_table_that_it_gave_rows_to()
    {
        await using var rig = await Populated();
        await rig.Execute("update events.mt_events set data = jsonb_set(data, '{Amount}', '21') where (data->>'Amount')::int = 20");

        var different = (await Prove(rig)).Tables.Where(t => !t.Equal).ToList();

        different.Select(t => t.Table).ShouldBe(["fake.tallies", "fake.unit_totals"]);
        different[1].Differences.ShouldHaveSingleItem().ToString().ShouldBe("unit=hours differs in sum");
    }

    [Fact]
    public async Task The_digest_of_a_position_stays_the_same_when_history_goes_on_and_when_people_are_forgotten()
    {
        await using var rig = await Populated();
        var then = await Prove(rig);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(3), By(), Ct);
        await rig.CatchUp();
        await using var drop = rig.Keys.CreateCommand("delete from keys.data_key");
        await drop.ExecuteNonQueryAsync(Ct);
        await rig.Execute("update privacy.envelope set envelope = null");
        await using var afterwards = await rig.SecondHost();

        var again = await Prove(afterwards, new() { Until = then.Until });

        again.Compared.ShouldBeFalse();
        again.Tables.Select(t => (t.Table, t.Digest, t.Rows)).ShouldBe(then.Tables.Select(t => (t.Table, t.Digest, t.Rows)));
        (await Prove(afterwards)).Tables.ShouldAllBe(t => t.Digest != then.Tables.First(o => o.Table == t.Table).Digest || t.Table == "fake.room_uses");
    }

    [Fact]
    public async Task Without_keys_only_personal_columns_differ()
    {
        await using var rig = await Populated();

        var erased = await Prove(rig, new() { Erased = true });

        erased.Equal.ShouldBeTrue();
        erased.Tables.Select(t => t.Digest).ShouldBe((await Prove(rig)).Tables.Select(t => t.Digest));
        await rig.Execute("update fake.tallies set last_note = 'forged'");
        (await Prove(rig, new() { Erased = true })).Equal.ShouldBeTrue();
        (await Prove(rig)).Equal.ShouldBeFalse();
    }

    /// <summary>By the definition alone: rows as an export would have them, JSON, SHA-256.</summary>
    [Fact]
    public async Task An_outsider_who_has_the_rows_repeats_the_digest()
    {
        await using var rig = await Populated();
        var notes = """
            select v.id, encode(v.ct, 'hex') from (select distinct on (e.stream_id) e.stream_id as id, p.ct from events.mt_events e
                join privacy.envelope p on p.event_id = e.id where e.type = 'tally_added' order by e.stream_id, e.version desc) v
            """;
        var tallies = await Rows(rig, $"select t.id::text, t.version, t.sum, t.kind, n.encode from fake.tallies t join ({notes}) n using (id)", 1);
        var rooms = await Rows(rig, "select visit::text, room, '[2026-03-02T09:00:00.000000Z,2026-03-02T11:00:00.000000Z)' from fake.room_uses", 2);

        var report = await Prove(rig);

        report.Tables.Single(t => t.Table == "fake.tallies").Digest.ShouldBe(Digest(tallies));
        report.Tables.Single(t => t.Table == "fake.room_uses").Digest.ShouldBe(Digest(rooms));
    }

    [Fact]
    public async Task Nothing_of_a_run_that_was_broken_off_stays()
    {
        await using var rig = await Populated();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var stop = new Stop(stopping);

        await Should.ThrowAsync<OperationCanceledException>(rig.Get<Replay>().Prove(new(), stop, stopping.Token));

        stop.Stopped.ShouldBeTrue();
        await rig.Until("select not exists (select from pg_namespace where nspname like 'replay%')");
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(1000)]
    public async Task A_position_that_the_log_does_not_have_is_refused(long until)
    {
        await using var rig = await Populated();

        (await Should.ThrowAsync<BeyondTheLogException>(Prove(rig, new() { Until = until }))).Message.ShouldContain("0 to 6");
    }

    [Fact]
    public async Task An_event_of_ours_that_nobody_knows_stops_the_replay_and_is_named()
    {
        await using var rig = await Populated();
        await rig.Execute("update events.mt_events set type = 'tally_forgotten' where seq_id = 3");

        var stopped = await Should.ThrowAsync<UnknownEventException>(Prove(rig));

        stopped.Message.ShouldContain("tally_forgotten");
        stopped.Message.ShouldContain("Event 1 of stream");
    }

    private static Task<ReplayReport> Prove(Rig rig, ReplayRequest? request = null) => rig.Get<Replay>().Prove(request ?? new(), null, Ct);

    private static async Task<Rig> Populated()
    {
        var rig = await Start();
        for (var n = 1; n <= 5; n++) await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(n * 10, n % 2 == 0 ? "hours" : "days", $"nöte \"{n}\""), By(), Ct);
        await rig.Tallies.Execute((await rig.Scalar<Guid>("select id from fake.tallies where sum = 50")), new AddToTally(-5, "hours", Ada, "less"), By(), Ct);
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning(Slot("blue", 9, 11), Slot("réd", 9, 11)), By(), Ct);
        await rig.CatchUp();
        return rig;
    }

    private static async Task<List<(string Key, string Row)>> Rows(Rig rig, string sql, int keys)
    {
        var options = new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        await using var command = rig.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<(string, string)>();
        while (await reader.ReadAsync(Ct))
        {
            var values = Enumerable.Range(0, reader.FieldCount).Select(i => JsonSerializer.Serialize(reader.IsDBNull(i) ? null : reader.GetValue(i), options)).ToList();
            rows.Add(($"[{string.Join(", ", values.Take(keys))}]", $"[{string.Join(", ", values)}]"));
        }

        return rows;
    }

    private static string Digest(List<(string Key, string Row)> rows)
    {
        var buckets = Enumerable.Range(0, 256).Select(b => rows
            .Where(r => SHA256.HashData(Encoding.UTF8.GetBytes(r.Key))[0] == b)
            .OrderBy(r => Convert.ToHexString(Encoding.UTF8.GetBytes(r.Key)), StringComparer.Ordinal)
            .SelectMany(r => SHA256.HashData(Encoding.UTF8.GetBytes(r.Row))).ToArray());
        return Convert.ToHexStringLower(SHA256.HashData(buckets.SelectMany(b => SHA256.HashData(b)).ToArray()));
    }

    /// <summary>Breaks a run off when its side schema stands.</summary>
    private sealed class Stop(CancellationTokenSource stopping) : IProgress<ReplayProgress>
    {
        public bool Stopped { get; private set; }

        public void Report(ReplayProgress value)
        {
            if (value.Doing is null) return;
            Stopped = true;
            stopping.Cancel();
        }
    }
}
