using ClusterNet.Auditing;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using ClusterNet.Tlog;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.Ledger;

/// <summary>Whatever is tampered with in the database, the check finds it, names it, and goes on.</summary>
public class FsckTests
{
    private const string Third = "(select seq_id from ledger.leaf where position = 3)";

    [Fact]
    public async Task An_untouched_log_has_no_fault()
    {
        await using var rig = await Filled();

        var (report, faults) = await Check(rig);
        faults.ShouldBeEmpty();
        (report.Events, report.Checkpoints, report.Cosignatures, report.Waiting).ShouldBe((608, 3, 1, 0));
    }

    [Theory]
    [InlineData($"update events.mt_events set data = jsonb_set(data, '{{Amount}}', '99') where seq_id = {Third}", "events.mt_events", "Position 3:", 1)]
    [InlineData("update ledger.leaf set salt = set_byte(salt, 0, get_byte(salt, 0) # 1) where position = 3", "events.mt_events", "its salt", 1)]
    [InlineData("update ledger.leaf set leaf_hash = set_byte(leaf_hash, 0, get_byte(leaf_hash, 0) # 1) where position = 3", "ledger.leaf", "Position 3:", 1)]
    [InlineData("update ledger.leaf set commitment = set_byte(commitment, 0, get_byte(commitment, 0) # 1) where position = 3", "ledger.leaf", "Position 3:", 1)]
    [InlineData("update ledger.tile set bytes = set_byte(bytes, 96, get_byte(bytes, 96) # 1) where level = 0 and n = 0", "ledger.tile", "position 3", 1)]
    [InlineData("update ledger.tile set bytes = set_byte(bytes, 0, get_byte(bytes, 0) # 1) where level = 1", "ledger.tile", "Tile 1/000.p/2", 1)]
    [InlineData("delete from ledger.tile where level = 0 and n = 1", "ledger.tile", "Tile 0/001 is missing", 1)]
    [InlineData("update ledger.tile set bytes = substr(bytes, 1, 100) where level = 0 and n = 1", "ledger.tile", "Tile 0/001", 2)]
    [InlineData("insert into ledger.tile values (0, 3, 1, sha256('x'))", "ledger.tile", "belongs to a log of", 1)]
    [InlineData("update ledger.leaf set seq_id = -seq_id where position in (2, 3); update ledger.leaf set seq_id = (5 - position) + 1 where position in (2, 3)",
        "events.mt_events", "but", 3)]
    [InlineData($"delete from events.mt_events where seq_id = {Third}", "events.mt_events", "is missing from events.mt_events", 3)]
    [InlineData("delete from ledger.leaf where position = 3", "ledger.leaf", "position 3 is missing", 2)]
    [InlineData("""
        alter table events.mt_events disable trigger enqueue;
        insert into events.mt_events (seq_id, id, stream_id, version, data, type) select 100000, gen_random_uuid(), stream_id, 100000, data, type from events.mt_events limit 1;
        alter table events.mt_events enable trigger enqueue
        """, "events.mt_events", "behind the queue's back", 3)]
    [InlineData("alter table events.mt_events disable trigger enqueue", "events.mt_events", "switched off", 1)]
    [InlineData("update events.mt_streams set version = version + 1 where id = (select min(id::text)::uuid from events.mt_streams)", "events.mt_streams", "but its last event has version", 1)]
    [InlineData("insert into ledger.pending values (999999)", "ledger.pending", "no such event", 1)]
    [InlineData($"insert into ledger.pending values ({Third})", "ledger.pending", "sealed again", 1)]
    [InlineData("update ledger.checkpoint set note = overlay(note placing 'A' from length(note) - 10) where size = 8", "ledger.checkpoint", "Size 8: the signature", 2)]
    [InlineData("update ledger.checkpoint set note = replace(note, E'\\n8\\n', E'\\n7\\n') where size = 8", "ledger.checkpoint", "Size 8:", 3)]
    [InlineData("update ledger.checkpoint set note = 'other' || note where size = 8", "ledger.checkpoint", "none of this installation's logs", 2)]
    [InlineData("update ledger.checkpoint set signed_at = signed_at + interval '1 year' where size = 0", "ledger.checkpoint", "before the smaller one", 1)]
    [InlineData("update ledger.checkpoint set size = 7 where size = 8", "ledger.checkpoint", "is a checkpoint of size 8", 2)]
    [InlineData("update ledger.cosignature set line = overlay(line placing 'AAA' from length(line) - 20)", "ledger.cosignature", "is not one of this checkpoint", 1)]
    [InlineData("update ledger.cosignature set size = 608", "ledger.cosignature", "is not one of this checkpoint", 1)]
    [InlineData("update ledger.cosignature set at = at + interval '1 second'", "ledger.cosignature", "the time beside it", 1)]
    [InlineData("update ledger.cosignature set witness = 'other'", "ledger.cosignature", "its key is not in ledger.witness", 1)]
    [InlineData("update ledger.state set size = size + 1", "ledger.state", "The size is 609", 1)]
    [InlineData("update ledger.state set root = sha256(root)", "ledger.state", "The root is not", 1)]
    [InlineData("update ledger.state set published = 700", "ledger.state", "is published", 1)]
    [InlineData("update privacy.envelope set envelope = envelope || '\\x00' where event_id = (select event_id from ledger.leaf where position = 3)", "privacy.envelope", "is not the one whose hash was sealed", 1)]
    [InlineData("update privacy.envelope set kc = sha256(kc) where event_id = (select event_id from ledger.leaf where position = 3)", "events.mt_events", "its envelopes were changed", 1)]
    [InlineData("insert into privacy.envelope select gen_random_uuid(), subject_id, key_class, ct, kc, envelope from privacy.envelope limit 1", "privacy.envelope", "there is no such event", 1)]
    public async Task Every_tampering_is_found_and_named(string tampering, string where, string what, int most)
    {
        await using var rig = await Filled();
        await rig.Execute(tampering);

        var (_, faults) = await Check(rig);
        faults.ShouldContain(f => f.Where == where && f.What.Contains(what, StringComparison.Ordinal), string.Join('\n', faults));
        faults.Count.ShouldBeLessThanOrEqualTo(most, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_fault_does_not_hide_the_next_one()
    {
        await using var rig = await Filled();
        await rig.Execute("update ledger.leaf set salt = sha256(salt) where position in (3, 300, 600); delete from ledger.tile where level = 1; update ledger.state set published = 700");

        var (_, faults) = await Check(rig);
        faults.Select(f => f.Position).ShouldBe([3, 300, 600, null, null]);
    }

    [Fact]
    public async Task More_faults_than_are_listed_are_counted()
    {
        await using var rig = await Filled();
        await rig.Execute("update events.mt_events set user_name = 'somebody else'");
        var faults = new AuditFaults(10);

        await new LogFsck(rig.Database, rig.Get<KeyDatabase>(), rig.Get<LogMirror>(), rig.Get<ErasureJournal>(), faults, new Progress<AuditStep>()).Run(Ct);
        (faults.Kept.Count, faults.Count).ShouldBe((10, 608));
    }

    [Fact]
    public async Task An_event_of_a_type_that_nobody_knows_is_sealed_like_any_other()
    {
        await using var rig = await Filled();
        await rig.Execute("""
            with s as (insert into events.mt_streams (id, version) values (gen_random_uuid(), 1) returning id)
            insert into events.mt_events (seq_id, id, stream_id, version, data, type) select 100000, gen_random_uuid(), id, 1, '{"n": 1.5}', 'of_another_program' from s
            """);
        await rig.Get<Sequencer>().Step(Ct);

        var (report, faults) = await Check(rig);
        faults.ShouldBeEmpty();
        report.Events.ShouldBe(609);
    }

    [Fact]
    public async Task A_second_copy_that_is_missing_or_ahead_is_named()
    {
        await using var rig = await Filled();
        var mirror = rig.Get<LogMirror>().File;
        var ours = await File.ReadAllTextAsync(mirror, Ct);
        var key = NoteSigner.Parse(await File.ReadAllTextAsync(Path.Combine(rig.KeyDirectory, LogKeys.File), Ct)).ShouldNotBeNull();

        File.Delete(mirror);
        (await Check(rig)).Faults.ShouldHaveSingleItem().What.ShouldContain("second copy of the last checkpoint is missing");
        await File.WriteAllTextAsync(mirror, SignedNote.Sign(new Checkpoint(key.Verifier.Name, 700, new byte[32]).ToText(), key).ToString(), Ct);
        (await Check(rig)).Faults.ShouldHaveSingleItem().What.ShouldContain("the database was rolled back");
        await File.WriteAllTextAsync(mirror, SignedNote.Sign(new Checkpoint(key.Verifier.Name, 608, new byte[32]).ToText(), key).ToString(), Ct);
        (await Check(rig)).Faults.ShouldHaveSingleItem().What.ShouldContain("the database was rewritten");
        await File.WriteAllTextAsync(mirror, ours.Replace("\n608\n", "\n607\n", StringComparison.Ordinal), Ct);
        (await Check(rig)).Faults.ShouldHaveSingleItem().What.ShouldContain("holds no checkpoint signed by");
    }

    [Fact]
    public async Task An_event_removed_together_with_its_salt_and_envelopes_is_a_removed_event()
    {
        await using var rig = await Filled();
        await rig.Execute("""
            delete from privacy.envelope where event_id = (select event_id from ledger.leaf where position = 3);
            delete from events.mt_events where seq_id = (select seq_id from ledger.leaf where position = 3);
            update ledger.leaf set salt = null where position = 3
            """);

        var (_, faults) = await Check(rig);
        faults.ShouldContain(f => f.Position == 3 && f.What.EndsWith("is missing from events.mt_events, and its salt with it.", StringComparison.Ordinal), string.Join('\n', faults));
        faults.ShouldContain(f => f.What.Contains("version 5 follows version 3", StringComparison.Ordinal), string.Join('\n', faults));
    }

    /// <summary>608 events under checkpoints of 0, 8 and 608, the middle one cosigned.</summary>
    private static async Task<Rig> Filled()
    {
        var rig = await Start();
        await rig.Sign();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 8), By(), Ct);
        await rig.Sign();
        await Cosign(rig, 8);
        for (var i = 0; i < 6; i++) await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 100), By(), Ct);
        await rig.Sign();
        return rig;
    }

    private static async Task Cosign(Rig rig, long size)
    {
        var witness = NoteSigner.Make("witness.example/w1", SignatureType.Cosignature);
        var text = SignedNote.Parse(await rig.Scalar<string>("select note from ledger.checkpoint where size = $1", size)).ShouldNotBeNull().Text;
        var at = DateTimeOffset.FromUnixTimeSeconds(rig.Clock.Now.ToUnixTimeSeconds());
        await rig.Execute("insert into ledger.witness values ('W1', $1, 'http://127.0.0.1:1')", witness.Verifier.ToString());
        await rig.Execute("insert into ledger.cosignature values ($1, 'W1', $2, $3)", size, Cosignature.Sign(witness, text, at).ToString(), at);
    }

    internal static async Task<(FsckReport Report, IReadOnlyList<AuditFault> Faults)> Check(Rig rig)
    {
        var faults = new AuditFaults(1000);
        var report = await new LogFsck(rig.Database, rig.Get<KeyDatabase>(), rig.Get<LogMirror>(), rig.Get<ErasureJournal>(), faults, new Progress<AuditStep>()).Run(Ct);
        return (report, faults.Kept);
    }
}
