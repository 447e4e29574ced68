using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class PersonalDataTests
{
    [Fact]
    public async Task Personal_values_are_read_back_while_their_key_exists()
    {
        await using var rig = await Start();
        var id = await Planned(rig);

        (await Read(rig, id)).ShouldBe(("Ada Guest", "ada@example.org", "Ben Host"));
        await using var second = await rig.SecondHost();
        (await Read(second, id)).ShouldBe(("Ada Guest", "ada@example.org", "Ben Host"));
    }

    [Fact]
    public async Task One_event_has_an_envelope_for_each_person_and_class_and_no_plaintext()
    {
        await using var rig = await Start();
        await Planned(rig);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, note: "canary-7f3a"), Once("k"), Ct);

        (await rig.Scalar<string[]>("select array_agg(key_class order by subject_id, key_class) from privacy.envelope")).ShouldBe(["contact", "identity", "learning", "identity"]);
        foreach (var table in new[] { "events.mt_events", "events.mt_streams", "privacy.envelope", "http.idempotency", "ledger.pending" })
        {
            foreach (var marker in new[] { "canary-7f3a", "Ada Guest", "ada@example.org", "Ben Host" })
                (await rig.Scalar<long>($"select count(*) from {table} t where t::text like '%' || $1 || '%' or t::text like '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'", marker)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Without_a_persons_keys_all_members_of_that_person_read_erased_and_no_others()
    {
        await using var rig = await Start();
        var id = await Planned(rig);
        await DropKeys(rig, Ada.Value);
        await using var afterwards = await rig.SecondHost();

        (await Read(afterwards, id)).ShouldBe((default, default, "Ben Host"));
    }

    [Fact]
    public async Task Classes_are_erased_apart_from_each_other()
    {
        await using var rig = await Start();
        var id = await Planned(rig);
        await using var drop = rig.Keys.CreateCommand("delete from keys.data_key where key_class = 'contact'");
        await drop.ExecuteNonQueryAsync(Ct);
        await using var afterwards = await rig.SecondHost();

        (await Read(afterwards, id)).ShouldBe(("Ada Guest", default, "Ben Host"));
    }

    [Fact]
    public async Task A_host_forgets_a_destroyed_key_within_minutes()
    {
        await using var rig = await Start();
        var id = await Planned(rig);
        await DropKeys(rig, Ada.Value);

        rig.Clock.Now += TimeSpan.FromMinutes(5);

        (await Read(rig, id)).GuestName.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_said_later_about_an_erased_person_is_not_kept()
    {
        await using var rig = await Start();
        await Planned(rig);
        await using var bury = rig.Keys.CreateCommand("update keys.data_key set wrapped = null");
        await bury.ExecuteNonQueryAsync(Ct);
        await using var afterwards = await rig.SecondHost();

        var id = await Planned(afterwards, "red");

        (await Read(afterwards, id)).ShouldBe((default, default, default));
        (await rig.Scalar<long>("select count(*) from privacy.envelope p join events.mt_events e on e.id = p.event_id where e.stream_id = $1", id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_ciphertext_opens_in_its_own_event_only()
    {
        await using var rig = await Start();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await rig.Tallies.Execute(one, Adding(1, note: "first"), By(), Ct);
        await rig.Tallies.Execute(two, Adding(1, note: "second"), By(), Ct);

        await rig.Execute("""
            update privacy.envelope p set envelope = (select envelope from privacy.envelope o where o.event_id <> p.event_id)
            """);

        // What was changed never looks like what was erased.
        foreach (var id in new[] { one, two })
            (await Should.ThrowAsync<LogDamagedException>(rig.Tallies.Load(id, Ct))).Message.ShouldContain("was changed");
    }

    [Theory]
    [InlineData("identity", true)]
    [InlineData("contact", false)]
    public void An_envelope_opens_with_its_key_class_and_event_only(string keyClass, bool opens)
    {
        var (key, other, id) = (new byte[32], Enumerable.Repeat((byte)1, 32).ToArray(), Guid.CreateVersion7());
        var envelope = Envelope.Seal(id, Ada.Value, "identity", key, "plain"u8);

        (Envelope.Open(envelope.Sealed, id, keyClass, key) is not null).ShouldBe(opens);
        Envelope.Open(envelope.Sealed, id, keyClass, other).ShouldBeNull();
        Envelope.Open(envelope.Sealed, Guid.CreateVersion7(), keyClass, key).ShouldBeNull();
        Envelope.Open([], id, keyClass, key).ShouldBeNull();
        Envelope.Open([2, .. envelope.Sealed.AsSpan(1)], id, keyClass, key).ShouldBeNull();
    }

    [Fact]
    public async Task Writers_who_need_the_same_new_key_agree_on_one()
    {
        await using var rig = await Start();
        await using var second = await rig.SecondHost();
        var ids = Enumerable.Range(0, 16).Select(_ => Guid.CreateVersion7()).ToArray();

        await Task.WhenAll(ids.Select((id, n) => Task.Run(() => (n % 2 == 0 ? rig : second).Tallies.Execute(id, Adding(1, note: $"note {n}"), By(), Ct))));

        await using var third = await rig.SecondHost();
        for (var n = 0; n < ids.Length; n++)
            ((TallyAdded)(await third.Tallies.Load(ids[n], Ct)).Events[0].Fact).Note.ShouldBe($"note {n}");
    }

    private static async Task<Guid> Planned(Rig rig, string room = "blue")
    {
        var id = Guid.CreateVersion7();
        (await rig.Visits.Execute(id, Planning(room, 9, 11), By(), Ct)).Written();
        return id;
    }

    private static async Task<(Personal<string> GuestName, Personal<string> GuestAddress, Personal<string> HostName)> Read(Rig rig, Guid id)
    {
        var planned = (VisitPlanned)(await rig.Visits.Load(id, Ct)).Events[0].Fact;
        return (planned.GuestName, planned.GuestAddress, planned.HostName);
    }

    private static async Task DropKeys(Rig rig, Guid person)
    {
        await using var drop = rig.Keys.CreateCommand("delete from keys.data_key where subject_id = $1");
        drop.Parameters.Add(new() { Value = person });
        await drop.ExecuteNonQueryAsync(Ct);
    }
}
