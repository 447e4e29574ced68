using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.Ledger;

/// <summary>Forgetting needs an order: what was erased without one is a fault, whichever of the two databases it is gone from.</summary>
public class ForgettingTests
{
    [Fact]
    public async Task An_envelope_erased_without_an_order_is_named()
    {
        await using var rig = await Filled();
        var name = await Name(rig);
        await rig.Execute("update privacy.envelope set envelope = null where subject_id = $1 and key_class = $2", name.Subject, name.Class);

        await Unordered(rig, name, "privacy.envelope", "erased without an order");
    }

    [Fact]
    public async Task A_key_destroyed_without_an_order_is_named()
    {
        await using var rig = await Filled();
        var name = await Name(rig);
        await OnKeys(rig, "update keys.data_key set wrapped = null, epoch = null where subject_id = $1 and key_class = $2", name);

        await Unordered(rig, name, "keys.data_key", "erased without an order");
    }

    [Fact]
    public async Task A_key_that_is_gone_without_an_order_is_named()
    {
        await using var rig = await Filled();
        var name = await Name(rig);
        await OnKeys(rig, "delete from keys.data_key where subject_id = $1 and key_class = $2", name);

        await Unordered(rig, name, "keys.data_key", "its key is missing");
    }

    /// <summary>The one fault; and none once the journal has the order, which one of another person or class is not.</summary>
    private static async Task Unordered(Rig rig, KeyName name, string table, string what)
    {
        var journal = rig.Get<ErasureJournal>();
        await journal.Append(new(Guid.NewGuid(), Guid.NewGuid(), [name.Class], rig.Clock.Now), Ct);
        await journal.Append(new(Guid.NewGuid(), name.Subject, ["of-another-class"], rig.Clock.Now), Ct);
        var fault = (await FsckTests.Check(rig)).Faults.ShouldHaveSingleItem();
        fault.Where.ShouldBe(table);
        fault.What.ShouldStartWith($"Subject {name.Subject:D}, {name.Class}: {what}");

        await journal.Append(new(Guid.NewGuid(), name.Subject, [name.Class], rig.Clock.Now), Ct);
        (await FsckTests.Check(rig)).Faults.ShouldBeEmpty();
    }

    private static async Task<Rig> Filled()
    {
        var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 8), By(), Ct);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 8), By(), Ct);
        await rig.Sign();
        return rig;
    }

    private static async Task<KeyName> Name(Rig rig) => new(
        await rig.Scalar<Guid>("select subject_id from privacy.envelope order by 1, key_class limit 1"),
        await rig.Scalar<string>("select key_class from privacy.envelope order by subject_id, 1 limit 1"));

    private static async Task OnKeys(Rig rig, string sql, KeyName name)
    {
        await using var command = rig.Keys.CreateCommand(sql);
        command.Parameters.Add(new() { Value = name.Subject });
        command.Parameters.Add(new() { Value = name.Class });
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
    }
}
