using ClusterNet.Ledger;
using ClusterNet.Tests.EventStore.Fakes;
using ClusterNet.Tlog;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.Ledger;

/// <summary>Sealing, signing, proofs; and that nothing is signed that was changed after it was sealed.</summary>
public class SigningTests
{
    [Fact]
    public async Task Every_event_has_a_proof_that_verifies_without_the_database()
    {
        await using var rig = await Start();
        for (var i = 0; i < 300; i++) await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Sign();

        var (log, proofs) = ((await rig.Get<SignedLog>().Open(Ct)).Verifier, rig.Get<LogProofs>());
        var policy = LogPolicy.Parse($"log {log}\nquorum none\n");
        var ids = await rig.Scalar<Guid[]>("select array_agg(event_id order by position) from ledger.leaf");
        ids.Length.ShouldBe(300);
        foreach (var (position, id) in ids.Index())
        {
            var proof = (await proofs.OfEvent(id, Ct)).ShouldBeOfType<EventProof.Proven>().Proof;
            var read = LogProof.Parse(proof.ToString()).ShouldNotBeNull();
            var leaf = await rig.Scalar<byte[]>("select leaf_hash from ledger.leaf where event_id = $1", id);
            (read.Index, read.Fault(leaf, policy)).ShouldBe((position, null));
            read.Fault(MerkleTree.LeafHash("other"u8), policy).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task The_header_holds_every_column_and_the_commitment_covers_it()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, note: "A private note"), By(), Ct);
        await rig.Sign();
        await using var connection = await rig.Source.OpenConnectionAsync(Ct);
        var leaf = (await Sealed.Read(connection, 0, 1, Ct)).ShouldHaveSingleItem();
        var header = System.Text.Encoding.UTF8.GetString(EventSeal.Header(leaf.Event.ShouldNotBeNull()));

        header.ShouldStartWith("{\"at\":\"2026-03-01T09:00:00.000000Z\",\"bdata\":null,\"data\":\"");
        header.ShouldEndWith("\"v\":1,\"ver\":1}");
        header.ShouldContain("\"pii\":[{\"class\":");
        header.ShouldNotContain("private");
        Jcs.Canonical(System.Text.Encoding.UTF8.GetBytes(header)).ShouldBe(System.Text.Encoding.UTF8.GetBytes(header));
        Sealed.Fault(leaf, 0).ShouldBeNull();
    }

    [Theory]
    [InlineData("update events.mt_events set data = jsonb_set(data, '{Amount}', '99') where seq_id = (select max(seq_id) from events.mt_events)")]
    [InlineData("update events.mt_events set timestamp = timestamp + interval '1 microsecond'")]
    [InlineData("update events.mt_events set user_name = 'somebody else'")]
    [InlineData("update events.mt_events set headers = headers || '{\"schema\": 2}'")]
    [InlineData("update events.mt_events set mt_dotnet_type = 'Other'")]
    [InlineData("update events.mt_events set tenant_id = 'other'")]
    [InlineData("update events.mt_events set bdata = '\\x00'")]
    [InlineData("update events.mt_events set id = gen_random_uuid()")]
    [InlineData("update events.mt_events set correlation_id = null")]
    [InlineData("delete from events.mt_events where seq_id = (select max(seq_id) from events.mt_events)")]
    [InlineData("update ledger.leaf set salt = sha256(salt)")]
    [InlineData("update ledger.leaf set commitment = sha256(commitment)")]
    [InlineData("update ledger.leaf set leaf_hash = sha256(leaf_hash)")]
    [InlineData("delete from ledger.leaf where position = 1")]
    [InlineData("update ledger.state set root = sha256(root)")]
    [InlineData("update ledger.state set size = size + 1")]
    [InlineData("update ledger.leaf set seq_id = -seq_id; update ledger.leaf set seq_id = 4 + seq_id")]
    [InlineData("update privacy.envelope set ct = sha256(ct)")]
    [InlineData("update privacy.envelope set kc = sha256(kc)")]
    [InlineData("delete from privacy.envelope")]
    [InlineData("insert into privacy.envelope select event_id, gen_random_uuid(), key_class, ct, kc, envelope from privacy.envelope limit 1")]
    public async Task What_was_changed_after_it_was_sealed_is_not_signed(string tampering)
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.CatchUp();
        await rig.Execute(tampering);

        (await rig.Get<CheckpointPublisher>().Step(Ct)).ShouldBeFalse();
        rig.Get<CheckpointPublisher>().Halted.ShouldNotBeNull();
        (await rig.Scalar<long>("select count(*) from ledger.checkpoint")).ShouldBe(0);
    }

    [Theory]
    [InlineData("update ledger.tile set bytes = sha256(bytes) || substr(bytes, 33) where level = 0")]
    [InlineData("delete from ledger.tile where level = 0")]
    [InlineData("update ledger.checkpoint set note = replace(note, E'\\n3\\n', E'\\n2\\n')")]
    public async Task A_log_that_does_not_continue_the_last_checkpoint_is_not_signed(string tampering)
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.Sign();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Get<Sequencer>().Step(Ct);
        await rig.Execute(tampering);
        rig.Clock.Now += TimeSpan.FromHours(1);

        (await rig.Get<CheckpointPublisher>().Step(Ct)).ShouldBeFalse();
        rig.Get<CheckpointPublisher>().Halted.ShouldNotBeNull();
        (await rig.Scalar<long>("select count(*) from ledger.checkpoint")).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_was_rolled_back_behind_its_second_copy_is_refused()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.Sign();
        await RollBack(rig, "where position > 0", 1);
        await using var restarted = await rig.SecondHost();

        var refused = await Should.ThrowAsync<LogRolledBackException>(restarted.Get<SignedLog>().Open(Ct));
        refused.Message.ShouldContain("has 1 entries, but a checkpoint of 3 was signed");
    }

    [Theory]
    [InlineData("update ledger.state set size = size - 1")]
    [InlineData("update ledger.state set size = size - 1; delete from ledger.checkpoint")]
    [InlineData("delete from ledger.checkpoint; update events.mt_events set user_name = 'x'; update ledger.state set root = sha256(root)")]
    public async Task A_running_host_never_signs_less_or_other_than_it_signed_before(string tampering)
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.Sign();
        await rig.Execute(tampering);
        rig.Clock.Now += TimeSpan.FromHours(1);
        var before = await rig.Scalar<long>("select count(*) from ledger.checkpoint");

        (await rig.Get<CheckpointPublisher>().Step(Ct)).ShouldBeFalse();
        rig.Get<CheckpointPublisher>().Halted.ShouldNotBeNull();
        (await rig.Scalar<long>("select count(*) from ledger.checkpoint")).ShouldBe(before);
        rig.Get<LogMirror>().Read((await rig.Get<SignedLog>().Open(Ct)).Verifier).ShouldNotBeNull().Size.ShouldBe(3);
    }

    [Fact]
    public async Task A_rollback_under_a_running_host_is_not_signed_over()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.Sign();
        await RollBack(rig, "where position > 0", 1);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 4), By(), Ct);
        await rig.Sign();

        rig.Get<CheckpointPublisher>().Halted.ShouldNotBeNull().ShouldContain("do not give the root that was signed");
        (await rig.Scalar<long>("select count(*) from ledger.checkpoint")).ShouldBe(0);
        rig.Get<LogMirror>().Read((await rig.Get<SignedLog>().Open(Ct)).Verifier).ShouldNotBeNull().Size.ShouldBe(3);
    }

    [Fact]
    public async Task A_log_that_is_put_right_again_goes_on_by_itself()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.CatchUp();
        await rig.Execute("update events.mt_events set user_name = user_name || '!'");
        (await rig.Get<CheckpointPublisher>().Step(Ct)).ShouldBeFalse();
        await rig.Execute("update events.mt_events set user_name = rtrim(user_name, '!')");
        rig.Clock.Now += TimeSpan.FromMinutes(1);

        (await rig.Get<CheckpointPublisher>().Step(Ct)).ShouldBeTrue();
        rig.Get<CheckpointPublisher>().Halted.ShouldBeNull();
    }

    [Fact]
    public async Task A_rolled_back_log_goes_on_under_a_new_name_that_tells_the_old_one()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.Sign();
        var old = (await rig.Get<SignedLog>().Open(Ct)).Verifier;
        await RollBack(rig, "where position > 0", 1);
        await using var restarted = await rig.SecondHost();
        var log = await restarted.Get<SignedLog>().Reopen(null, Ct);
        await restarted.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        restarted.Clock.Now += TimeSpan.FromHours(1);
        await restarted.Sign();

        log.Verifier.Name.ShouldBe($"{old.Name}-2");
        (await restarted.Get<LogProofs>().Published(Ct)).ShouldNotBeNull().Checkpoint.ShouldSatisfyAllConditions(
            c => c.Origin.ShouldBe(log.Verifier.Name), c => c.Size.ShouldBe(2));
        (await restarted.Scalar<string>("select follows from ledger.log where number = 2")).ShouldContain($"{old.Name}\n3\n");
    }

    [Fact]
    public async Task The_second_copy_is_never_behind_what_is_published()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 3), By(), Ct);
        await rig.Sign();
        var log = (await rig.Get<SignedLog>().Open(Ct)).Verifier;

        rig.Get<LogMirror>().Read(log).ShouldNotBeNull().Size.ShouldBe(3);
    }

    [Fact]
    public async Task A_host_without_the_logs_key_does_not_sign()
    {
        await using var rig = await Start();
        await rig.Sign();
        File.Delete(Path.Combine(rig.KeyDirectory, LogKeys.File));
        await using var other = await rig.SecondHost();

        (await Should.ThrowAsync<LogKeyException>(other.Get<SignedLog>().Open(Ct))).Message.ShouldContain("Copy this installation's key directory");
    }

    private static async Task RollBack(Rig rig, string where, long size)
    {
        await rig.Execute($"delete from ledger.leaf {where}");
        await rig.Execute("delete from ledger.checkpoint");
        await rig.Execute("delete from events.mt_events where seq_id not in (select seq_id from ledger.leaf)");
        await rig.Execute("delete from ledger.tile");
        await rig.Execute("insert into ledger.tile select 0, 0, count(*), string_agg(leaf_hash, ''::bytea order by position) from ledger.leaf");
        await rig.Execute("update ledger.state set size = $1, published = 0, root = (select leaf_hash from ledger.leaf where position = 0)", size);
    }
}
